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
		if err := s.Changes.SoftDelete(ctx, module.IDs(changes, func(c *Change) string { return c.ID })...); err != nil {
			return err
		}
		return s.Orders.SoftDelete(ctx, o.ID)
	})
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
		c, err = s.begin(ctx, o, n)
		return err
	})
	return c, err
}
