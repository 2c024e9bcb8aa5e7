package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// ConvertDraft makes an order of a draft order.
func (s *Service) ConvertDraft(ctx context.Context, orderID string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.draft(ctx, orderID)
		if err != nil {
			return err
		}
		if err := OrderStates.Check("convert", o.ID, o.Status); err != nil {
			return err
		}
		o.Status, o.IsDraftOrder = StatusPending, false
		return s.Orders.Save(ctx, o)
	})
}

// DeleteDraft deletes a draft order with its changes.
func (s *Service) DeleteDraft(ctx context.Context, orderID string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.draft(ctx, orderID)
		if err != nil {
			return err
		}
		changes, err := s.Changes.List(ctx, module.Where{"order_id": o.ID}, module.Page{})
		if err != nil {
			return err
		}
		if err := s.dropLines(ctx, o, changes); err != nil {
			return err
		}
		return inTurn(
			func() error {
				return s.Changes.SoftDelete(ctx, module.IDs(changes, func(c *Change) string { return c.ID })...)
			},
			func() error { return s.dropAfterSale(ctx, o) },
			func() error { return s.Orders.SoftDelete(ctx, o.ID) },
		)
	})
}

// dropAfterSale deletes the returns, claims and exchanges of an order.
func (s *Service) dropAfterSale(ctx context.Context, o *Order) error {
	r := module.NewReader(ctx)
	of := module.Where{"order_id": o.ID}
	returns, claims, exchanges := module.Read(r, s.Returns, of), module.Read(r, s.Claims, of), module.Read(r, s.Exchanges, of)
	return inTurn(
		r.Err,
		func() error {
			return s.Returns.SoftDelete(ctx, module.IDs(returns, func(r *Return) string { return r.ID })...)
		},
		func() error {
			return s.Claims.SoftDelete(ctx, module.IDs(claims, func(c *Claim) string { return c.ID })...)
		},
		func() error {
			return s.Exchanges.SoftDelete(ctx, module.IDs(exchanges, func(e *Exchange) string { return e.ID })...)
		},
	)
}

// dropLines deletes the lines and shipping methods of an order in all versions, and those
// that changes of it have drafted.
func (s *Service) dropLines(ctx context.Context, o *Order, changes []*Change) error {
	ctx = s.totals().Without(ctx, o.ID)
	r := module.NewReader(ctx)
	items := module.Read(r, s.Items, module.Where{"order_id": o.ID})
	placed := module.Read(r, s.Shippings, module.Where{"order_id": o.ID})
	actions := module.Read(r, s.ChangeActions, module.Where{"order_change_id": module.IDs(changes, func(c *Change) string { return c.ID })})
	return inTurn(
		r.Err,
		func() error { return s.dropDrafted(ctx, o, actions) },
		func() error {
			return s.LineItems.SoftDelete(ctx, module.IDs(items, func(i *Item) string { return i.ItemID })...)
		},
		func() error {
			return s.ShippingMethods.SoftDelete(ctx, module.IDs(placed, func(p *Shipping) string { return p.ShippingMethodID })...)
		},
	)
}

// draft locks a draft order and returns it.
func (s *Service) draft(ctx context.Context, orderID string) (*Order, error) {
	o, err := s.lock(ctx, orderID)
	if err == nil && (!o.IsDraftOrder || o.Status != StatusDraft) {
		return nil, fault.New(fault.InvalidData, "order %q is %s; it is no draft order", o.ID, o.Status)
	}
	return o, err
}

// BeginDraftEdit opens an edit of a draft order.
func (s *Service) BeginDraftEdit(ctx context.Context, n NewChange) (*Change, error) {
	var c *Change
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.draft(ctx, n.OrderID)
		if err != nil {
			return err
		}
		n.Type = ChangeEdit
		if err := n.check(ctx, s, o, ChangeEdit); err != nil {
			return err
		}
		c, err = s.begin(ctx, o, n)
		return err
	})
	return c, err
}
