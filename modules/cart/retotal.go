package cart

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Total computes the totals of carts again, and writes those that differ from what is
// stored: one statement a table. It locks the carts. Carts that do not exist are
// ignored.
//
// Whatever this module writes calls it before the commit. Call it after a row of a
// cart was written by other means.
func (s *Service) Total(ctx context.Context, carts ...string) error {
	return s.totals().Run(ctx, carts, nil)
}

// settle computes the totals of all carts; see module.Module.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	return New(store).totals().Settle(ctx, dry, found)
}

// totals keeps the totals of carts right.
func (s *Service) totals() module.Derivation[Cart] {
	return module.Derivation[Cart]{Owners: s.Carts, Compute: s.compute}
}

// compute computes the totals of carts, of which it reads what they follow from with
// one query a table.
func (s *Service) compute(ctx context.Context, t *module.Tracker, carts map[string]*Cart) error {
	r, ids := module.NewReader(ctx), slices.Sorted(maps.Keys(carts))
	items := module.Read(r, s.LineItems, module.Where{"cart_id": ids})
	methods := module.Read(r, s.ShippingMethods, module.Where{"cart_id": ids})
	credits := module.Read(r, s.CreditLines, module.Where{"cart_id": ids})
	s.readItems(r, t, items)
	s.readMethods(r, t, methods)
	if r.Err() != nil {
		return r.Err()
	}
	itemsOf := module.Group(items, func(l *LineItem) string { return l.CartID })
	methodsOf := module.Group(methods, func(m *ShippingMethod) string { return m.CartID })
	creditsOf := module.Group(credits, func(c *CreditLine) string { return c.CartID })
	var all []*Cart
	for _, id := range ids {
		c := carts[id]
		c.Items, c.ShippingMethods, c.CreditLines = itemsOf[id], methodsOf[id], creditsOf[id]
		all = append(all, c)
	}
	module.Track(t, s.Carts, all, func(c *Cart) totals.Cart { return c.Cart })
	for _, c := range all {
		c.compute()
	}
	return nil
}

// readItems nests the taxes and discounts of lines in them, and tracks the totals of
// all.
func (s *Service) readItems(r *module.Reader, t *module.Tracker, items []*LineItem) {
	of := module.Where{"item_id": module.IDs(items, func(l *LineItem) string { return l.ID })}
	taxes, discounts := module.Read(r, s.LineItemTaxLines, of), module.Read(r, s.LineItemAdjustments, of)
	taxesOf := module.Group(taxes, func(t *LineItemTaxLine) string { return t.ItemID })
	discountsOf := module.Group(discounts, func(a *LineItemAdjustment) string { return a.ItemID })
	for _, l := range items {
		l.TaxLines, l.Adjustments = taxesOf[l.ID], discountsOf[l.ID]
	}
	module.Track(t, s.LineItems, items, func(l *LineItem) totals.Charge { return l.Charge })
	module.Track(t, s.LineItemTaxLines, taxes, func(t *LineItemTaxLine) totals.Part { return t.Part })
	module.Track(t, s.LineItemAdjustments, discounts, func(a *LineItemAdjustment) totals.Part { return a.Part })
}

// readMethods does for shipping methods what readItems does for lines.
func (s *Service) readMethods(r *module.Reader, t *module.Tracker, methods []*ShippingMethod) {
	of := module.Where{"shipping_method_id": module.IDs(methods, func(m *ShippingMethod) string { return m.ID })}
	taxes, discounts := module.Read(r, s.ShippingMethodTaxLines, of), module.Read(r, s.ShippingMethodAdjustments, of)
	taxesOf := module.Group(taxes, func(t *ShippingMethodTaxLine) string { return t.ShippingMethodID })
	discountsOf := module.Group(discounts, func(a *ShippingMethodAdjustment) string { return a.ShippingMethodID })
	for _, m := range methods {
		m.TaxLines, m.Adjustments = taxesOf[m.ID], discountsOf[m.ID]
	}
	module.Track(t, s.ShippingMethods, methods, func(m *ShippingMethod) totals.Charge { return m.Charge })
	module.Track(t, s.ShippingMethodTaxLines, taxes, func(t *ShippingMethodTaxLine) totals.Part { return t.Part })
	module.Track(t, s.ShippingMethodAdjustments, discounts, func(a *ShippingMethodAdjustment) totals.Part { return a.Part })
}
