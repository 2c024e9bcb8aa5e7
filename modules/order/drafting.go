package order

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
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
	if err == nil && !o.IsDraftOrder {
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

// properties are the columns of an order that nothing else follows from.
var properties = []string{
	"billing_address_id", "custom_display_id", "customer_id", "email", "locale", "metadata", "no_notification", "region_id", "sales_channel_id", "shipping_address_id",
}

// UpdateOrder sets columns of an order, and records each for its history: a confirmed
// change with the old and the new value. It makes no version, and works while another
// change is open.
func (s *Service) UpdateOrder(ctx context.Context, orderID, by string, p module.Patch) error {
	for name := range p {
		if !slices.Contains(properties, name) {
			return fault.New(fault.InvalidData, "order.%s cannot be set; want one of %q", fault.Clip(name), properties)
		}
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.changeable(ctx, orderID)
		if err != nil {
			return err
		}
		old, err := columns(o)
		if err != nil {
			return err
		}
		if _, err := s.Orders.Update(ctx, []string{o.ID}, p); err != nil {
			return err
		}
		if o, err = s.Orders.Retrieve(ctx, o.ID); err != nil {
			return err
		}
		now, err := columns(o)
		if err != nil {
			return err
		}
		var changes []*Change
		for _, name := range slices.Sorted(maps.Keys(p)) {
			if string(old[name]) != string(now[name]) {
				changes = append(changes, s.updated(o, by, name, old[name], now[name]))
			}
		}
		return s.Changes.Create(ctx, changes...)
	})
}

// columns returns the columns of an order as JSON.
func columns(o *Order) (out map[string]json.RawMessage, err error) {
	b, err := json.Marshal(o)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	return out, err
}

// updated returns the change that records a new value of a column.
func (s *Service) updated(o *Order, by, name string, old, now json.RawMessage) *Change {
	n := NewChange{OrderID: o.ID, Type: ChangeUpdateOrder, By: by, Actions: []NewAction{{
		Action: UpdateOrderProperties, Details: Details{Type: name, Old: model.RawJSON(old), New: model.RawJSON(now)},
	}}}
	c := n.record(o)
	c.Version, c.Status, c.ConfirmedAt, c.ConfirmedBy = o.Version, ChangeConfirmed, s.now(), text(by)
	for _, a := range c.Actions {
		a.Applied = true
	}
	return c
}
