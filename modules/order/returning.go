package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Back is a quantity of a line that is sent back.
type Back struct {
	ItemID       string
	Quantity     money.Amount
	ReasonID     string // may be empty
	InternalNote *string
	Metadata     model.RawJSON
}

// BeginReturn begins a return of an order's goods: a draft, with an open change. of
// needs its order_id.
func (s *Service) BeginReturn(ctx context.Context, of *Return, n NewChange) (*Change, error) {
	if err := of.begins(); err != nil {
		return nil, err
	}
	return s.beginFor(ctx, of.OrderID, n, func(ctx context.Context, o *Order) (NewChange, error) {
		of.Status, of.OrderVersion = ReturnOpen, o.Version
		err := s.Returns.Create(ctx, of)
		n.OrderID, n.Type, n.ReturnID, n.By = o.ID, ChangeReturnRequest, of.ID, deref(of.CreatedBy)
		return n, err
	})
}

// RequestItems adds lines to a draft of a return, or to that of a claim or an exchange
// with a return.
func (s *Service) RequestItems(ctx context.Context, returnID string, items ...Back) ([]*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inReturn(ctx, returnID, "change the draft of", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		if err := s.haveItems(ctx, o, module.IDs(pointers(items), func(i *Back) string { return i.ItemID })); err != nil {
			return err
		}
		var all []NewAction
		for _, i := range items {
			all = append(all, NewAction{
				Action: ReturnItemAction, Reference: "return", ReferenceID: r.ID, ReturnID: r.ID, InternalNote: i.InternalNote,
				Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity, ReasonID: i.ReasonID, Metadata: i.Metadata},
			})
		}
		var err error
		added, err = s.add(ctx, o, c, all...)
		return err
	})
	return added, err
}

// draftReasons is checkReasons for a draft, of which an unknown reason is invalid.
func (s *Service) draftReasons(ctx context.Context, reasons []string) error {
	err := s.checkReasons(ctx, reasons)
	if fault.TypeOf(err) == fault.NotFound {
		return fault.New(fault.InvalidData, "%s", fault.Public(err).Message)
	}
	return err
}

// haveItems checks that the version in force of an order has lines.
func (s *Service) haveItems(ctx context.Context, o *Order, lines []string) error {
	if len(lines) == 0 {
		return nil
	}
	have, err := s.Items.List(ctx, module.Where{"order_id": o.ID, "version": o.Version, "item_id": lines}, module.Page{})
	if err != nil {
		return err
	}
	if missing := without(lines, module.IDs(have, func(i *Item) string { return i.ItemID })); len(missing) > 0 {
		return fault.New(fault.InvalidData, "order %q has no item %q", o.ID, fault.Clip(missing[0]))
	}
	return nil
}

// inReturn calls do with a return, its order, which it locks, and the order's open
// change, which must be of the return. The operation must be allowed in the return's
// state.
func (s *Service) inReturn(ctx context.Context, returnID, by string, do func(context.Context, *Order, *Return, *Change) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, r, err := s.ofReturn(ctx, returnID, by)
		if err != nil {
			return err
		}
		c, err := s.OpenChange(ctx, o.ID)
		if err != nil {
			return err
		}
		if drafts := c.drafts(); drafts == draftNothing || deref(c.ReturnID) != r.ID {
			return fault.New(fault.InvalidData, "the open change of order %q is not of return %q", o.ID, r.ID)
		} else if (drafts == draftReceipt) != (by == "receive") {
			return fault.New(fault.InvalidData, "the open change of order %q is the %s of return %q; confirm or discard that", o.ID, drafts, r.ID)
		}
		return do(ctx, o, r, c)
	})
}

// ofReturn locks the order of a return and returns both. The operation must be allowed
// in the return's state.
func (s *Service) ofReturn(ctx context.Context, returnID, by string) (*Order, *Return, error) {
	r, err := s.Returns.Retrieve(ctx, returnID)
	if err != nil {
		return nil, nil, err
	}
	o, err := s.lock(ctx, r.OrderID)
	if err != nil {
		return nil, nil, err
	}
	if r, err = s.Returns.Retrieve(ctx, returnID); err != nil {
		return nil, nil, err
	}
	if r.CanceledAt != nil {
		return nil, nil, fault.New(fault.InvalidData, "return %q was canceled", r.ID)
	}
	if by != "cancel" {
		if err := o.notCanceled(); err != nil {
			return nil, nil, err
		}
	}
	return o, r, ReturnStates.Check(by, r.ID, r.Status)
}

// ReturnShipping adds a shipping method, which carries the goods back, to a draft of a
// return. A draft has at most one: it replaces the one that is there.
func (s *Service) ReturnShipping(ctx context.Context, returnID string, m *ShippingMethod, note *string) (*ChangeAction, error) {
	var added *ChangeAction
	err := s.inReturn(ctx, returnID, "change the draft of", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		if !c.is(ChangeReturnRequest) && requestedBy(actions) == 0 {
			return fault.New(fault.InvalidData, "nothing is sent back with %s %q; add items before their shipping method", dealOf(c), dealID(c))
		}
		added, err = s.addMethod(ctx, o, c, m, r.ID, note)
		return err
	})
	return added, err
}

// addMethod adds a shipping method to an open change, for a return or, if returnID is
// empty, for what is sent out. It replaces the one that the change has.
func (s *Service) addMethod(ctx context.Context, o *Order, c *Change, m *ShippingMethod, returnID string, note *string) (*ChangeAction, error) {
	if m == nil {
		return nil, fault.New(fault.InvalidData, "order %q: the shipping method to be added is missing", o.ID)
	}
	n := NewAction{Action: ShippingAdd, Reference: "order_shipping_method", Amount: &m.Amount, InternalNote: note, ReturnID: returnID}
	if err := c.takes(n); err != nil {
		return nil, err
	}
	if len(m.Adjustments) > 0 {
		return nil, fault.New(fault.InvalidData, "order %q: method %q cannot be added with adjustments; add it, and then %s", o.ID, fault.Clip(m.Name), ShippingAdjustmentsReplace)
	}
	actions, err := s.actions(ctx, c)
	if err != nil {
		return nil, err
	}
	replaced, _ := carriage(actions, returnID)
	if err := s.ChangeActions.SoftDelete(ctx, idsOf(replaced)...); err != nil {
		return nil, err
	}
	if err := s.dropDrafted(ctx, o, replaced); err != nil {
		return nil, err
	}
	if err := fits("shipping_method.amount", &m.Amount); err != nil {
		return nil, err
	}
	if err := s.ShippingMethods.Create(s.totals().Without(ctx, o.ID), m); err != nil {
		return nil, err
	}
	n.ReferenceID = m.ID
	a := n.record(c)
	a.ReturnID = text(returnID)
	if err := s.ChangeActions.Create(ctx, a); err != nil {
		return nil, err
	}
	return a, s.replay(ctx, o, c)
}

// ConfirmReturn confirms a draft of a return: it is requested from then on.
func (s *Service) ConfirmReturn(ctx context.Context, returnID, by string) (*Snapshot, error) {
	var after *Snapshot
	err := s.inReturn(ctx, returnID, "request", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		if err := ownChange(r, c); err != nil {
			return err
		}
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		if requestedBy(actions) == 0 {
			return fault.New(fault.InvalidData, "return %q of order %q has no items; request at least one", r.ID, o.ID)
		}
		if after, err = s.confirm(ctx, o, c, actions, by); err != nil {
			return err
		}
		return s.requestReturn(ctx, r, actions)
	})
	return after, err
}

// ownChange returns an error unless a change drafts a return alone, and no claim or
// exchange.
func ownChange(r *Return, c *Change) error {
	if c.is(ChangeReturnRequest) {
		return nil
	}
	return fault.New(fault.InvalidData, "return %q is drafted with %s %q; confirm or discard that", r.ID, dealOf(c), dealID(c))
}

// requestedBy returns how many of the actions request items back.
func requestedBy(actions []*ChangeAction) (n int) {
	for _, a := range actions {
		if a.Action == ReturnItemAction {
			n++
		}
	}
	return n
}

// requestReturn writes the items that actions request back, and marks the return as
// requested.
func (s *Service) requestReturn(ctx context.Context, r *Return, actions []*ChangeAction) error {
	var items []*ReturnItem
	for _, a := range actions {
		if a.Action != ReturnItemAction {
			continue
		}
		d, err := a.details()
		if err != nil {
			return err
		}
		items = append(items, &ReturnItem{
			Base: model.Base{Metadata: mergedMetadata(nil, d.Metadata)}, ReturnID: r.ID, ItemID: d.ReferenceID, Quantity: *d.Quantity, ReasonID: text(d.ReasonID), Note: a.InternalNote,
		})
	}
	if err := s.ReturnItems.Create(ctx, items...); err != nil {
		return err
	}
	r.Status, r.RequestedAt = ReturnRequested, s.now()
	return s.Returns.Save(ctx, r)
}

// DiscardReturn deletes a draft of a return with its change.
func (s *Service) DiscardReturn(ctx context.Context, returnID string) error {
	return s.inReturn(ctx, returnID, "change the draft of", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		if err := ownChange(r, c); err != nil {
			return err
		}
		if err := s.discard(ctx, o, c); err != nil {
			return err
		}
		return s.Returns.SoftDelete(ctx, r.ID)
	})
}

// CancelReturn cancels a requested return of which nothing was received. Its order may
// have been canceled. The caller
// checks that none of it is on its way. What was paid or refunded stays.
func (s *Service) CancelReturn(ctx context.Context, returnID, by string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, r, err := s.ofReturn(ctx, returnID, "cancel")
		if err != nil {
			return err
		}
		return s.cancelReturn(ctx, o, r, by)
	})
}

func (s *Service) cancelReturn(ctx context.Context, o *Order, r *Return, by string) error {
	items, err := s.ReturnItems.List(ctx, module.Where{"return_id": r.ID}, module.Page{})
	if err != nil {
		return err
	}
	n := NewChange{OrderID: o.ID, ReturnID: r.ID, ClaimID: deref(r.ClaimID), ExchangeID: deref(r.ExchangeID), By: by}
	for _, i := range items {
		if i.ReceivedQuantity.Sign() > 0 {
			return fault.New(fault.NotAllowed, "return %q cannot be canceled: %s of item %q came back", r.ID, i.ReceivedQuantity, i.ItemID)
		}
		n.Actions = append(n.Actions, NewAction{
			Action: CancelReturnItem, Reference: "return", ReferenceID: r.ID, Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity},
		})
	}
	remove, err := s.removing(ctx, o, func(p *Shipping) bool { return deref(p.ReturnID) == r.ID })
	if err != nil {
		return err
	}
	n.Actions = append(n.Actions, remove...)
	if _, err := s.applyChange(ctx, o, n); err != nil {
		return err
	}
	r.Status, r.CanceledAt = ReturnCanceled, s.now()
	return s.Returns.Save(ctx, r)
}

// removing returns the actions that remove shipping methods of an order.
func (s *Service) removing(ctx context.Context, o *Order, which func(*Shipping) bool) (out []NewAction, err error) {
	placed, err := s.Shippings.List(ctx, module.Where{"order_id": o.ID, "version": o.Version}, module.Page{Order: []string{"id"}})
	for _, p := range placed {
		if which(p) {
			out = append(out, NewAction{Action: ShippingRemove, Reference: "order_shipping_method", ReferenceID: p.ShippingMethodID})
		}
	}
	return out, err
}

// deref returns a text, which is empty if there is none.
func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
