package order

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Total computes the totals of orders again, in all their versions, and writes those
// that differ from what is stored: one statement a table. It locks the orders. Orders
// that do not exist are ignored.
//
// Whatever this module writes calls it before the commit. Call it after a row of an
// order was written by other means.
func (s *Service) Total(ctx context.Context, orders ...string) error {
	return s.totals().Run(ctx, orders, nil)
}

// totals keeps the totals of orders right.
func (s *Service) totals() module.Derivation[Order] {
	return module.Derivation[Order]{Owners: s.Orders, Compute: s.compute}
}

// compute computes the totals of orders.
func (s *Service) compute(ctx context.Context, t *module.Tracker, orders map[string]*Order) error {
	b, err := s.read(ctx, orders)
	if err != nil {
		return err
	}
	b.track(t, s)
	for _, s := range b.sheets {
		s.compute()
	}
	return nil
}

// books are the rows of several orders that have totals, and their sheets.
type books struct {
	orders        []*Order
	summaries     []*Summary
	items         []*Item
	shippings     []*Shipping
	lineTaxes     []*LineItemTaxLine
	lineOffs      []*LineItemAdjustment
	shippingTaxes []*ShippingMethodTaxLine
	shippingOffs  []*ShippingMethodAdjustment
	credits       []*CreditLine

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
	r := module.NewReader(ctx)
	b.items = module.Read(r, s.Items, of)
	b.shippings = module.Read(r, s.Shippings, of)
	b.summaries = module.Read(r, s.Summaries, of)
	b.credits = module.Read(r, s.CreditLines, of)
	paid := module.Read(r, s.Transactions, of)
	lineIDs := module.IDs(b.items, func(i *Item) string { return i.ItemID })
	methodIDs := module.IDs(b.shippings, func(m *Shipping) string { return m.ShippingMethodID })
	lines := module.Read(r, s.LineItems, module.Where{"id": lineIDs})
	methods := module.Read(r, s.ShippingMethods, module.Where{"id": methodIDs})
	b.lineTaxes = module.Read(r, s.LineItemTaxLines, module.Where{"item_id": lineIDs})
	b.lineOffs = module.Read(r, s.LineItemAdjustments, module.Where{"item_id": lineIDs})
	b.shippingTaxes = module.Read(r, s.ShippingMethodTaxLines, module.Where{"shipping_method_id": methodIDs})
	b.shippingOffs = module.Read(r, s.ShippingMethodAdjustments, module.Where{"shipping_method_id": methodIDs})
	if r.Err() != nil {
		return nil, r.Err()
	}
	b.nest(lines, methods)
	b.arrange(paid)
	return b, nil
}

// nest nests lines and methods in the rows that place them, and in those their taxes
// and discounts.
func (b *books) nest(lines []*LineItem, methods []*ShippingMethod) {
	taxes := module.Group(b.lineTaxes, func(t *LineItemTaxLine) string { return t.ItemID })
	offs := module.Group(b.lineOffs, func(a *LineItemAdjustment) string { return a.ItemID })
	line := make(map[string]*LineItem, len(lines))
	for _, l := range lines {
		l.TaxLines, l.Adjustments, line[l.ID] = taxes[l.ID], offs[l.ID], l
	}
	for _, i := range b.items {
		i.Item = line[i.ItemID]
	}
	shippingTaxes := module.Group(b.shippingTaxes, func(t *ShippingMethodTaxLine) string { return t.ShippingMethodID })
	shippingOffs := module.Group(b.shippingOffs, func(a *ShippingMethodAdjustment) string { return a.ShippingMethodID })
	method := make(map[string]*ShippingMethod, len(methods))
	for _, m := range methods {
		m.TaxLines, m.Adjustments, method[m.ID] = shippingTaxes[m.ID], shippingOffs[m.ID], m
	}
	for _, p := range b.shippings {
		p.ShippingMethod = method[p.ShippingMethodID]
	}
}

// arrange sorts the rows into the sheets of their orders.
func (b *books) arrange(paid []*Transaction) {
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
	for _, c := range b.credits {
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

// track tracks the rows that have totals.
func (b *books) track(t *module.Tracker, s *Service) {
	module.Track(t, s.Orders, b.orders, func(o *Order) totals.Order { return o.Order })
	module.Track(t, s.Summaries, b.summaries, func(r *Summary) content { return content{r.Totals, r.Figures} })
	module.Track(t, s.Items, b.items, (*Item).stored)
	module.Track(t, s.Shippings, b.shippings, func(p *Shipping) totals.Charge { return p.Charge })
	module.Track(t, s.LineItemTaxLines, b.lineTaxes, func(t *LineItemTaxLine) totals.Part { return t.Part })
	module.Track(t, s.LineItemAdjustments, b.lineOffs, func(a *LineItemAdjustment) totals.Part { return a.Part })
	module.Track(t, s.ShippingMethodTaxLines, b.shippingTaxes, func(t *ShippingMethodTaxLine) totals.Part { return t.Part })
	module.Track(t, s.CreditLines, b.credits, func(c *CreditLine) totals.Part { return c.Part })
	module.Track(t, s.ShippingMethodAdjustments, b.shippingOffs, func(a *ShippingMethodAdjustment) totals.Part { return a.Part })
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
