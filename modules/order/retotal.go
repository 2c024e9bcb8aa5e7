package order

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Total computes the totals of orders again, in all their versions, and writes those
// that differ from what is stored: one statement a table. It locks the orders. Orders
// that do not exist are ignored.
//
// Whatever this module writes calls it before the commit. Call it after a row of an
// order was written by other means, or permanently deleted.
func (s *Service) Total(ctx context.Context, orders ...string) error {
	if len(orders) == 0 {
		return nil
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		locked, err := s.Orders.Lock(ctx, orders...)
		if err != nil || len(locked) == 0 {
			return err
		}
		b, err := s.read(ctx, locked)
		if err != nil {
			return err
		}
		c, err := b.compute()
		if err != nil {
			return err
		}
		return c.write(ctx, s)
	})
}

// books are the rows of several orders that have totals, and their sheets.
type books struct {
	sheets        map[string]*sheet
	orders        []*Order
	summaries     []*Summary
	items         []*Item
	shippings     []*Shipping
	lineTaxes     []*LineItemTaxLine
	lineOffs      []*LineItemAdjustment
	shippingTaxes []*ShippingMethodTaxLine
	shippingOffs  []*ShippingMethodAdjustment
}

// read reads what the totals of orders follow from, with one query a table.
func (s *Service) read(ctx context.Context, orders map[string]*Order) (*books, error) {
	b := &books{sheets: map[string]*sheet{}}
	ids := make([]string, 0, len(orders))
	for id, o := range orders {
		ids = append(ids, id)
		b.orders, b.sheets[id] = append(b.orders, o), &sheet{order: o}
	}
	slices.Sort(ids)
	of := module.Where{"order_id": ids}
	r := reader{ctx: ctx}
	b.items = list(&r, s.Items, of)
	b.shippings = list(&r, s.Shippings, of)
	b.summaries = list(&r, s.Summaries, of)
	credits, paid := list(&r, s.CreditLines, of), list(&r, s.Transactions, of)
	lineIDs := module.IDs(b.items, func(i *Item) string { return i.ItemID })
	methodIDs := module.IDs(b.shippings, func(m *Shipping) string { return m.ShippingMethodID })
	lines := list(&r, s.LineItems, module.Where{"id": lineIDs})
	methods := list(&r, s.ShippingMethods, module.Where{"id": methodIDs})
	b.lineTaxes = list(&r, s.LineItemTaxLines, module.Where{"item_id": lineIDs})
	b.lineOffs = list(&r, s.LineItemAdjustments, module.Where{"item_id": lineIDs})
	b.shippingTaxes = list(&r, s.ShippingMethodTaxLines, module.Where{"shipping_method_id": methodIDs})
	b.shippingOffs = list(&r, s.ShippingMethodAdjustments, module.Where{"shipping_method_id": methodIDs})
	if r.err != nil {
		return nil, r.err
	}
	b.nest(lines, methods)
	b.arrange(credits, paid)
	return b, nil
}

// reader keeps the first error of several queries.
type reader struct {
	ctx context.Context
	err error
}

// list returns the records that match, in the order of their ids.
func list[T any](r *reader, records module.Records[T], w module.Where) []*T {
	for _, value := range w {
		if ids, ok := value.([]string); ok && len(ids) == 0 {
			return nil
		}
	}
	if r.err != nil {
		return nil
	}
	var out []*T
	out, r.err = records.List(r.ctx, w, module.Page{Order: []string{"id"}})
	return out
}

// nest nests lines and methods in the rows that place them, and in those their taxes
// and discounts.
func (b *books) nest(lines []*LineItem, methods []*ShippingMethod) {
	line, method := map[string]*LineItem{}, map[string]*ShippingMethod{}
	for _, l := range lines {
		line[l.ID] = l
	}
	for _, m := range methods {
		method[m.ID] = m
	}
	for _, t := range b.lineTaxes {
		if l := line[t.ItemID]; l != nil {
			l.TaxLines = append(l.TaxLines, t)
		}
	}
	for _, a := range b.lineOffs {
		if l := line[a.ItemID]; l != nil {
			l.Adjustments = append(l.Adjustments, a)
		}
	}
	for _, t := range b.shippingTaxes {
		if m := method[t.ShippingMethodID]; m != nil {
			m.TaxLines = append(m.TaxLines, t)
		}
	}
	for _, a := range b.shippingOffs {
		if m := method[a.ShippingMethodID]; m != nil {
			m.Adjustments = append(m.Adjustments, a)
		}
	}
	for _, i := range b.items {
		i.Item = line[i.ItemID]
	}
	for _, p := range b.shippings {
		p.ShippingMethod = method[p.ShippingMethodID]
	}
}

// arrange sorts the rows into the sheets of their orders.
func (b *books) arrange(credits []*CreditLine, paid []*Transaction) {
	for _, i := range b.items {
		if i.Item != nil {
			e := b.sheets[i.OrderID].at(i.Version)
			e.items = append(e.items, i)
		}
	}
	for _, p := range b.shippings {
		if p.ShippingMethod != nil {
			e := b.sheets[p.OrderID].at(p.Version)
			e.shippings = append(e.shippings, p)
		}
	}
	for _, c := range credits {
		e := b.sheets[c.OrderID].at(c.Version)
		e.credits = append(e.credits, c)
	}
	for _, r := range b.summaries {
		b.sheets[r.OrderID].at(r.Version).summary = r
	}
	for _, t := range paid {
		s := b.sheets[t.OrderID]
		s.paid = append(s.paid, t)
	}
}

// corrections are the rows whose stored totals differ from the computed ones, which
// they have now.
type corrections struct {
	orders        []*Order
	summaries     []*Summary
	items         []*Item
	shippings     []*Shipping
	lineTaxes     []*LineItemTaxLine
	lineOffs      []*LineItemAdjustment
	shippingTaxes []*ShippingMethodTaxLine
	shippingOffs  []*ShippingMethodAdjustment
	wrong         []module.Wrong
}

// compute computes all sheets and returns the rows that change.
func (b *books) compute() (*corrections, error) {
	changed := []func(*corrections) error{
		track(Orders, b.orders, func(o *Order) totals.Order { return o.Order }, func(c *corrections, all []*Order) { c.orders = all }),
		track(Summaries, b.summaries, func(r *Summary) content { return content{r.Totals} }, func(c *corrections, all []*Summary) { c.summaries = all }),
		track(Items, b.items, (*Item).stored, func(c *corrections, all []*Item) { c.items = all }),
		track(Shippings, b.shippings, func(p *Shipping) totals.Charge { return p.Charge }, func(c *corrections, all []*Shipping) { c.shippings = all }),
		track(LineItemTaxLines, b.lineTaxes, func(t *LineItemTaxLine) totals.Part { return t.Part }, func(c *corrections, all []*LineItemTaxLine) { c.lineTaxes = all }),
		track(LineItemAdjustments, b.lineOffs, func(a *LineItemAdjustment) totals.Part { return a.Part }, func(c *corrections, all []*LineItemAdjustment) { c.lineOffs = all }),
		track(ShippingMethodTaxLines, b.shippingTaxes, func(t *ShippingMethodTaxLine) totals.Part { return t.Part }, func(c *corrections, all []*ShippingMethodTaxLine) { c.shippingTaxes = all }),
		track(ShippingMethodAdjustments, b.shippingOffs, func(a *ShippingMethodAdjustment) totals.Part { return a.Part }, func(c *corrections, all []*ShippingMethodAdjustment) { c.shippingOffs = all }),
	}
	for _, s := range b.sheets {
		s.compute()
	}
	c := &corrections{}
	for _, collect := range changed {
		if err := collect(c); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// itemStored is what is stored of an item's totals.
type itemStored struct {
	totals.Charge
	totals.Progress
	totals.Refundable
}

func (i *Item) stored() itemStored { return itemStored{i.Charge, i.Progress, i.Refundable} }

// content is what is stored in a summary.
type content struct {
	Totals model.RawJSON `json:"totals"`
}

// track remembers the totals of rows and returns a function that collects those that
// have changed since.
func track[R, T any](m *model.Model, rows []*R, of func(*R) T, to func(*corrections, []*R)) func(*corrections) error {
	before := make([]T, len(rows))
	for i, r := range rows {
		before[i] = of(r)
	}
	return func(c *corrections) error {
		var out []*R
		for i, r := range rows {
			if reflect.DeepEqual(before[i], of(r)) {
				continue
			}
			wrong, err := differences(m, r, before[i], of(r))
			if err != nil {
				return err
			}
			if len(wrong) > 0 {
				out, c.wrong = append(out, r), append(c.wrong, wrong...)
			}
		}
		to(c, out)
		return nil
	}
}

// differences returns the values in which two forms of a row's totals differ, as
// numbers are equal, whatever their digits.
func differences(m *model.Model, row, stored, computed any) ([]module.Wrong, error) {
	var of struct {
		ID string `json:"id"`
	}
	var was, is map[string]json.RawMessage
	for _, v := range []struct{ from, to any }{{row, &of}, {stored, &was}, {computed, &is}} {
		b, err := json.Marshal(v.from)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(b, v.to); err != nil {
			return nil, err
		}
	}
	var out []module.Wrong
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if string(was[name]) != string(is[name]) {
			out = append(out, module.Wrong{Model: m, ID: of.ID, Column: name, Stored: string(was[name]), Computed: string(is[name])})
		}
	}
	return out, nil
}

func (c *corrections) write(ctx context.Context, s *Service) error {
	return module.FirstError(
		s.Items.Derive(ctx, itemTotals, c.items...),
		s.Shippings.Derive(ctx, chargeTotals, c.shippings...),
		s.LineItemTaxLines.Derive(ctx, partTotals, c.lineTaxes...),
		s.LineItemAdjustments.Derive(ctx, partTotals, c.lineOffs...),
		s.ShippingMethodTaxLines.Derive(ctx, partTotals, c.shippingTaxes...),
		s.ShippingMethodAdjustments.Derive(ctx, partTotals, c.shippingOffs...),
		s.Summaries.Derive(ctx, []string{"totals"}, c.summaries...),
		s.Orders.Derive(ctx, orderTotals, c.orders...),
	)
}
