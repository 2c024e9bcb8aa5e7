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
	return s.total(ctx, orders, func(module.Wrong) {})
}

// total is Total. It calls found with every value that it changes.
func (s *Service) total(ctx context.Context, orders []string, found func(module.Wrong)) error {
	if len(orders) == 0 {
		return nil
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		locked, err := s.Orders.Lock(ctx, orders...)
		if err != nil || len(locked) == 0 {
			return err
		}
		c, err := s.compared(ctx, locked, found)
		if err != nil {
			return err
		}
		return c.write(ctx, s)
	})
}

// compared computes the totals of orders. It returns the rows whose stored totals
// differ, with the computed ones, and calls found with every difference.
func (s *Service) compared(ctx context.Context, orders map[string]*Order, found func(module.Wrong)) (*rows, error) {
	b, err := s.read(ctx, orders)
	if err != nil {
		return nil, err
	}
	return b.compute(found)
}

// rows are rows that have totals.
type rows struct {
	orders        []*Order
	summaries     []*Summary
	items         []*Item
	shippings     []*Shipping
	lineTaxes     []*LineItemTaxLine
	lineOffs      []*LineItemAdjustment
	shippingTaxes []*ShippingMethodTaxLine
	shippingOffs  []*ShippingMethodAdjustment
}

// books are the rows of several orders, and their sheets.
type books struct {
	rows
	sheets map[string]*sheet
}

// read reads what the totals of orders follow from, with one query a table.
func (s *Service) read(ctx context.Context, orders map[string]*Order) (*books, error) {
	b := &books{sheets: map[string]*sheet{}}
	ids := slices.Sorted(maps.Keys(orders))
	for _, id := range ids {
		b.orders, b.sheets[id] = append(b.orders, orders[id]), &sheet{order: orders[id]}
	}
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
	taxes := group(b.lineTaxes, func(t *LineItemTaxLine) string { return t.ItemID })
	offs := group(b.lineOffs, func(a *LineItemAdjustment) string { return a.ItemID })
	line := make(map[string]*LineItem, len(lines))
	for _, l := range lines {
		l.TaxLines, l.Adjustments, line[l.ID] = taxes[l.ID], offs[l.ID], l
	}
	for _, i := range b.items {
		i.Item = line[i.ItemID]
	}
	shippingTaxes := group(b.shippingTaxes, func(t *ShippingMethodTaxLine) string { return t.ShippingMethodID })
	shippingOffs := group(b.shippingOffs, func(a *ShippingMethodAdjustment) string { return a.ShippingMethodID })
	method := make(map[string]*ShippingMethod, len(methods))
	for _, m := range methods {
		m.TaxLines, m.Adjustments, method[m.ID] = shippingTaxes[m.ID], shippingOffs[m.ID], m
	}
	for _, p := range b.shippings {
		p.ShippingMethod = method[p.ShippingMethodID]
	}
}

// group returns records by a key.
func group[T any](records []*T, key func(*T) string) map[string][]*T {
	out := map[string][]*T{}
	for _, r := range records {
		out[key(r)] = append(out[key(r)], r)
	}
	return out
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

// compute computes all sheets. It returns the rows that change, and calls found with
// every value that does.
func (b *books) compute(found func(module.Wrong)) (*rows, error) {
	c := &rows{}
	collect := []func(func(module.Wrong)) error{
		track(Orders, b.orders, func(o *Order) totals.Order { return o.Order }, &c.orders),
		track(Summaries, b.summaries, func(r *Summary) content { return content{r.Totals, r.Figures} }, &c.summaries),
		track(Items, b.items, (*Item).stored, &c.items),
		track(Shippings, b.shippings, func(p *Shipping) totals.Charge { return p.Charge }, &c.shippings),
		track(LineItemTaxLines, b.lineTaxes, func(t *LineItemTaxLine) totals.Part { return t.Part }, &c.lineTaxes),
		track(LineItemAdjustments, b.lineOffs, func(a *LineItemAdjustment) totals.Part { return a.Part }, &c.lineOffs),
		track(ShippingMethodTaxLines, b.shippingTaxes, func(t *ShippingMethodTaxLine) totals.Part { return t.Part }, &c.shippingTaxes),
		track(ShippingMethodAdjustments, b.shippingOffs, func(a *ShippingMethodAdjustment) totals.Part { return a.Part }, &c.shippingOffs),
	}
	for _, s := range b.sheets {
		s.compute()
	}
	for _, changed := range collect {
		if err := changed(found); err != nil {
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
	Figures
}

// track remembers the totals of rows. It returns a function that adds the rows whose
// totals have changed since to a list.
func track[R, T any](m *model.Model, all []*R, of func(*R) T, to *[]*R) func(func(module.Wrong)) error {
	before := make([]T, len(all))
	for i, r := range all {
		before[i] = of(r)
	}
	return func(found func(module.Wrong)) error {
		for i, r := range all {
			if reflect.DeepEqual(before[i], of(r)) {
				continue
			}
			wrong, err := differences(m, r, before[i], of(r))
			if err != nil {
				return err
			}
			for _, w := range wrong {
				found(w)
			}
			if len(wrong) > 0 {
				*to = append(*to, r)
			}
		}
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

// write writes the totals of the rows, with one statement a table.
func (c *rows) write(ctx context.Context, s *Service) error {
	for _, write := range []func() error{
		func() error { return s.Items.Derive(ctx, itemTotals, c.items...) },
		func() error { return s.Shippings.Derive(ctx, chargeTotals, c.shippings...) },
		func() error { return s.LineItemTaxLines.Derive(ctx, partTotals, c.lineTaxes...) },
		func() error { return s.LineItemAdjustments.Derive(ctx, partTotals, c.lineOffs...) },
		func() error { return s.ShippingMethodTaxLines.Derive(ctx, partTotals, c.shippingTaxes...) },
		func() error { return s.ShippingMethodAdjustments.Derive(ctx, partTotals, c.shippingOffs...) },
		func() error { return s.Summaries.Derive(ctx, summaryTotals, c.summaries...) },
		func() error { return s.Orders.Derive(ctx, orderTotals, c.orders...) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}
