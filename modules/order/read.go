package order

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Snapshot returns the version of an order that is in force, without its open change.
func (s *Service) Snapshot(ctx context.Context, orderID string) (*Snapshot, error) {
	o, err := s.Orders.Retrieve(ctx, orderID)
	if err != nil {
		return nil, err
	}
	return s.snapshot(ctx, o, nil)
}

// snapshot reads the version in force of an order, and the lines and methods that
// actions add to it, with one query a table.
func (s *Service) snapshot(ctx context.Context, o *Order, actions []*ChangeAction) (*Snapshot, error) {
	out := &Snapshot{Order: o}
	lineIDs, added, err := drafted(actions)
	if err != nil {
		return nil, err
	}
	of := module.Where{"order_id": o.ID, "version": o.Version}
	r := module.NewReader(ctx)
	out.Items, out.Credits = module.Read(r, s.Items, of), module.Read(r, s.CreditLines, of)
	for _, p := range module.Read(r, s.Shippings, module.Where{"order_id": o.ID, "version": []int64{o.Version, o.Version + 1}}) {
		if p.Version == o.Version {
			out.Shippings = append(out.Shippings, p)
		} else {
			out.leftover = append(out.leftover, p)
		}
	}
	out.Payments = module.Read(r, s.Transactions, module.Where{"order_id": o.ID})
	lineIDs = append(lineIDs, module.IDs(out.Items, func(i *Item) string { return i.ItemID })...)
	methodIDs := append(slices.Clone(added), module.IDs(out.Shippings, func(p *Shipping) string { return p.ShippingMethodID })...)
	b := &books{items: out.Items, shippings: out.Shippings}
	lines := module.Read(r, s.LineItems, module.Where{"id": lineIDs})
	methods := module.Read(r, s.ShippingMethods, module.Where{"id": methodIDs})
	b.lineTaxes = module.Read(r, s.LineItemTaxLines, module.Where{"item_id": lineIDs})
	b.lineOffs = module.Read(r, s.LineItemAdjustments, module.Where{"item_id": lineIDs, "version": o.Version})
	b.shippingTaxes = module.Read(r, s.ShippingMethodTaxLines, module.Where{"shipping_method_id": methodIDs})
	b.shippingOffs = module.Read(r, s.ShippingMethodAdjustments, module.Where{"shipping_method_id": methodIDs, "version": o.Version})
	if r.Err() != nil {
		return nil, r.Err()
	}
	b.nest(lines, methods)
	out.draft(lines, methods, added)
	if err := s.ownDrafts(ctx, out); err != nil {
		return nil, err
	}
	out.whole()
	return out, nil
}

// drafted returns the lines and the shipping methods that actions add.
func drafted(actions []*ChangeAction) (lines, methods []string, err error) {
	for _, a := range actions {
		switch a.Action {
		case ItemAdd:
			d, err := a.details()
			if err != nil {
				return nil, nil, err
			}
			lines = append(lines, d.ReferenceID)
		case ShippingAdd:
			if a.ReferenceID != nil {
				methods = append(methods, *a.ReferenceID)
			}
		}
	}
	return lines, methods, nil
}

// draft keeps the lines and methods that the order does not have yet, and the methods
// that are added: they may be removed before.
func (s *Snapshot) draft(lines []*LineItem, methods []*ShippingMethod, added []string) {
	s.Drafted = Drafted{Lines: map[string]*LineItem{}, Methods: map[string]*ShippingMethod{}}
	for _, l := range lines {
		if s.item(l.ID) == nil {
			s.Drafted.Lines[l.ID] = l
		}
	}
	for _, m := range methods {
		if s.shipping(m.ID) < 0 || slices.Contains(added, m.ID) {
			s.Drafted.Methods[m.ID] = m
		}
	}
}

// ownDrafts leaves out drafted lines and methods that another order has placed: they are
// its own.
func (s *Service) ownDrafts(ctx context.Context, of *Snapshot) error {
	r := module.NewReader(ctx)
	if lines := slices.Collect(maps.Keys(of.Drafted.Lines)); len(lines) > 0 {
		for _, i := range module.Read(r, s.Items, module.Where{"item_id": lines}) {
			if i.OrderID != of.Order.ID {
				delete(of.Drafted.Lines, i.ItemID)
			}
		}
	}
	if methods := slices.Collect(maps.Keys(of.Drafted.Methods)); len(methods) > 0 {
		for _, p := range module.Read(r, s.Shippings, module.Where{"shipping_method_id": methods}) {
			if p.OrderID != of.Order.ID {
				delete(of.Drafted.Methods, p.ShippingMethodID)
			}
		}
	}
	return r.Err()
}

// whole leaves out items and shippings whose line or method is deleted, as queries do.
func (s *Snapshot) whole() {
	s.Items = slices.DeleteFunc(s.Items, func(i *Item) bool { return i.Item == nil })
	s.Shippings = slices.DeleteFunc(s.Shippings, func(p *Shipping) bool { return p.ShippingMethod == nil })
}

// lock locks an order until the transaction ends, and returns it.
func (s *Service) lock(ctx context.Context, orderID string) (*Order, error) {
	locked, err := s.Orders.Lock(ctx, orderID)
	if err != nil {
		return nil, err
	}
	if o := locked[orderID]; o != nil {
		return o, nil
	}
	return nil, fault.New(fault.NotFound, "order %q does not exist", fault.Clip(orderID))
}
