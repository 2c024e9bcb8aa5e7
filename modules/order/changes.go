package order

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// ChangeType is the kind of a change.
type ChangeType string

// The kinds of change. A change without one is a shipment or the like, or the
// cancellation of a return, claim or exchange.
const (
	ChangeEdit          ChangeType = "edit"
	ChangeReturnRequest ChangeType = "return_request"
	ChangeReturnReceive ChangeType = "return_receive"
	ChangeClaim         ChangeType = "claim"
	ChangeExchange      ChangeType = "exchange"
	ChangeTransfer      ChangeType = "transfer"
	ChangeCreditLine    ChangeType = "credit_line"
	ChangeUpdateOrder   ChangeType = "update_order"
)

// NewChange is a change of an order that is to be made. Its actions have the return,
// claim and exchange of the change unless they name others.
type NewChange struct {
	OrderID        string
	Type           ChangeType // may be empty
	ReturnID       string
	ClaimID        string
	ExchangeID     string
	Description    *string
	InternalNote   *string
	NoNotification *bool
	Metadata       model.RawJSON
	By             string // who makes it; may be empty
	Actions        []NewAction
}

// NewAction is a step of a change.
type NewAction struct {
	Action       ActionType
	Reference    string // the kind of record that ReferenceID refers to, such as "fulfillment"
	ReferenceID  string
	Details      Details
	Amount       *money.Amount
	InternalNote *string
	ReturnID     string
}

// BeginChange opens a change of an order, which must have no other open one: an edit, one
// that adds credit, or one without a type. The order changes when it is confirmed.
func (s *Service) BeginChange(ctx context.Context, n NewChange) (*Change, error) {
	var c *Change
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.toChange(ctx, n.OrderID)
		if err != nil {
			return err
		}
		if err := n.check(ctx, s, o, general...); err != nil {
			return err
		}
		c, err = s.begin(ctx, o, n)
		return err
	})
	return c, err
}

// beginFor creates a record of an order, such as a return, and opens its change, which
// is n with what create adds.
func (s *Service) beginFor(ctx context.Context, orderID string, n NewChange, create func(ctx context.Context, o *Order) (NewChange, error)) (*Change, error) {
	var c *Change
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.toChange(ctx, orderID)
		if err == nil {
			err = n.names(o)
		}
		if err != nil {
			return err
		}
		n, err := create(ctx, o)
		if err != nil {
			return err
		}
		c, err = s.begin(ctx, o, n)
		return err
	})
	return c, err
}

// toChange is changeable for an order that the caller names in what is to be created. If
// it does not exist, that is invalid_data.
func (s *Service) toChange(ctx context.Context, orderID string) (*Order, error) {
	o, err := s.changeable(ctx, orderID)
	if fault.TypeOf(err) == fault.NotFound {
		return nil, fault.New(fault.InvalidData, "order %q does not exist", fault.Clip(orderID))
	}
	return o, err
}

// changeable locks an order for a change. The order must not be canceled.
func (s *Service) changeable(ctx context.Context, orderID string) (*Order, error) {
	o, err := s.lock(ctx, orderID)
	if err != nil {
		return nil, err
	}
	return o, o.notCanceled()
}

// notCanceled returns an error if the order was canceled.
func (o *Order) notCanceled() error {
	if o.Status == StatusCanceled || o.CanceledAt != nil {
		return fault.New(fault.InvalidData, "order %q was canceled", o.ID)
	}
	return nil
}

// begin opens a change of a locked order and checks its actions.
func (s *Service) begin(ctx context.Context, o *Order, n NewChange) (*Change, error) {
	c := n.record(o)
	if err := s.takeAll(ctx, c, n.Actions); err != nil {
		return nil, err
	}
	if err := s.Changes.Create(ctx, c); err != nil || len(c.Actions) == 0 {
		return c, err
	}
	_, err := s.preview(ctx, o, c.Actions)
	return c, err
}

// record returns the change with its actions, as pending.
func (n NewChange) record(o *Order) *Change {
	c := n.head(o)
	for _, a := range n.Actions {
		c.Actions = append(c.Actions, a.record(c))
	}
	return c
}

// head returns the change without its actions.
func (n NewChange) head(o *Order) *Change {
	c := &Change{
		OrderID: o.ID, Version: o.Version + 1, ChangeType: text(string(n.Type)), Status: ChangePending,
		ReturnID: text(n.ReturnID), ClaimID: text(n.ClaimID), ExchangeID: text(n.ExchangeID),
		Description: n.Description, InternalNote: n.InternalNote, NoNotification: n.NoNotification, CreatedBy: text(n.By),
	}
	c.Metadata = n.Metadata
	return c
}

// record returns the action as a step of a change.
func (n NewAction) record(c *Change) *ChangeAction {
	a := &ChangeAction{
		OrderID: &c.OrderID, Version: &c.Version, ReturnID: c.ReturnID, ClaimID: c.ClaimID, ExchangeID: c.ExchangeID,
		Action: n.Action, Reference: text(n.Reference), ReferenceID: text(n.ReferenceID), Details: model.ToJSON(n.Details),
		Amount: n.Amount, InternalNote: n.InternalNote,
	}
	if n.ReturnID != "" {
		a.ReturnID = &n.ReturnID
	}
	if c.ID != "" {
		a.OrderChangeID = &c.ID
	}
	return a
}

// text returns a text, or nil if it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// AddActions adds steps to an open change. If the change cannot be made with them, none
// is added.
func (s *Service) AddActions(ctx context.Context, changeID string, all ...NewAction) ([]*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		var err error
		added, err = s.add(ctx, o, c, all...)
		return err
	})
	return added, err
}

// add adds steps to an open change of a locked order.
func (s *Service) add(ctx context.Context, o *Order, c *Change, all ...NewAction) ([]*ChangeAction, error) {
	if err := s.takeAll(ctx, c, all); err != nil {
		return nil, err
	}
	var added []*ChangeAction
	for _, n := range all {
		added = append(added, n.record(c))
	}
	if err := s.ChangeActions.Create(ctx, added...); err != nil {
		return nil, err
	}
	return added, s.replay(ctx, o, c)
}

// replay checks that the actions of an open change can be applied, and that a receipt
// receives no more than its return has.
func (s *Service) replay(ctx context.Context, o *Order, c *Change) error {
	actions, err := s.actions(ctx, c)
	if err != nil {
		return err
	}
	if err := s.restate(ctx, o, actions); err != nil || c.drafts() != draftReceipt {
		return err
	}
	_, err = s.received(ctx, *c.ReturnID, actions)
	return err
}

// restate checks that actions can be applied, and writes the details that follow from the
// actions before.
func (s *Service) restate(ctx context.Context, o *Order, actions []*ChangeAction) error {
	after, err := s.preview(ctx, o, actions)
	if err != nil {
		return err
	}
	var stale []*ChangeAction
	for n, a := range after.Actions {
		if string(a.Details) != string(actions[n].Details) {
			actions[n].Details = a.Details
			stale = append(stale, actions[n])
		}
	}
	if len(stale) == 0 {
		return nil
	}
	return s.ChangeActions.Save(ctx, stale...)
}

// ActionPatch is new values for an action of an open change; nil means unchanged.
type ActionPatch struct {
	Quantity           *money.Amount
	UnitPrice          *money.Amount
	CompareAtUnitPrice *money.Amount
	ReasonID           *string
	Amount             *money.Amount
	InternalNote       *string
	Metadata           model.RawJSON
}

// UpdateAction changes a step of an open change.
func (s *Service) UpdateAction(ctx context.Context, changeID, actionID string, p ActionPatch) error {
	return s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		if c.is(ChangeTransfer) {
			return fault.New(fault.InvalidData, "change %q gives order %q to a customer, and cannot be changed; cancel it", c.ID, o.ID)
		}
		a, err := s.action(ctx, c, actionID)
		if err != nil {
			return err
		}
		if err := a.patch(p); err != nil {
			return err
		}
		if p.ReasonID != nil && *p.ReasonID != "" {
			if err := s.draftReasons(ctx, []string{*p.ReasonID}); err != nil {
				return err
			}
		}
		if err := s.ChangeActions.Save(ctx, a); err != nil {
			return err
		}
		return s.replay(ctx, o, c)
	})
}

// patch sets the values that are given.
func (a *ChangeAction) patch(p ActionPatch) error {
	d, err := a.details()
	if err != nil {
		return err
	}
	d.Metadata = orJSON(p.Metadata, d.Metadata)
	if err := d.readable(a.Action); err != nil {
		return err
	}
	for _, v := range []struct {
		to   **money.Amount
		from *money.Amount
	}{{&d.Quantity, p.Quantity}, {&d.UnitPrice, p.UnitPrice}, {&d.CompareAtUnitPrice, p.CompareAtUnitPrice}, {&a.Amount, p.Amount}} {
		if v.from != nil {
			*v.to = v.from
		}
	}
	if p.Amount == nil && (p.Quantity != nil || p.UnitPrice != nil) {
		a.Amount = nil // it is computed again
	}
	if p.ReasonID != nil {
		d.ReasonID = *p.ReasonID
	}
	if p.InternalNote != nil {
		a.InternalNote = p.InternalNote
	}
	a.Details = model.ToJSON(d)
	return nil
}

// RemoveActions removes steps of an open change, and the lines and shipping methods that
// only they would have added. With the last item of a return go the method that carries it
// and the location that it goes to.
func (s *Service) RemoveActions(ctx context.Context, changeID string, actionIDs ...string) error {
	return s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		if c.is(ChangeTransfer) {
			return fault.New(fault.InvalidData, "change %q gives order %q to a customer, and nothing can be taken out of it; cancel it", c.ID, o.ID)
		}
		var removed []*ChangeAction
		for _, id := range actionIDs {
			a, err := s.action(ctx, c, id)
			if err != nil {
				return err
			}
			removed = append(removed, a)
		}
		if err := s.ChangeActions.SoftDelete(ctx, actionIDs...); err != nil {
			return err
		}
		left, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		if c.ReturnID != nil && requestedBy(removed) > 0 && requestedBy(left) == 0 {
			var carrying []*ChangeAction
			if carrying, left, err = s.nothingBack(ctx, *c.ReturnID, left); err != nil {
				return err
			}
			removed = append(removed, carrying...)
		}
		if err := s.dropDrafted(ctx, o, removed, left...); err != nil {
			return err
		}
		return s.restate(ctx, o, left)
	})
}

// nothingBack deletes those of the actions that are left which would carry a return of
// which no item is left, and forgets where it goes.
func (s *Service) nothingBack(ctx context.Context, returnID string, left []*ChangeAction) (carrying, rest []*ChangeAction, err error) {
	carrying, rest = carriage(left, returnID)
	if err := s.ChangeActions.SoftDelete(ctx, idsOf(carrying)...); err != nil {
		return nil, nil, err
	}
	_, err = s.Returns.Update(ctx, []string{returnID}, module.Patch{"location_id": nil})
	return carrying, rest, err
}

// action returns an action of a change.
func (s *Service) action(ctx context.Context, c *Change, id string) (*ChangeAction, error) {
	a, err := s.ChangeActions.Retrieve(ctx, id)
	if err != nil {
		return nil, err
	}
	if a.OrderChangeID == nil || *a.OrderChangeID != c.ID {
		return nil, fault.New(fault.NotFound, "change %q of order %q has no action %q", c.ID, c.OrderID, fault.Clip(id))
	}
	return a, nil
}

// actions returns the actions of a change, in their order.
func (s *Service) actions(ctx context.Context, c *Change) ([]*ChangeAction, error) {
	return s.ChangeActions.List(ctx, module.Where{"order_change_id": c.ID}, module.Page{Order: []string{"ordering", "id"}})
}

// inOpen calls do with a change and its order, which it locks. The operation must be
// allowed in the change's state.
func (s *Service) inOpen(ctx context.Context, changeID, by string, do func(context.Context, *Order, *Change) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		c, err := s.Changes.Retrieve(ctx, changeID)
		if fault.TypeOf(err) == fault.NotFound {
			return fault.New(fault.InvalidData, "change %q does not exist", fault.Clip(changeID))
		}
		if err != nil {
			return err
		}
		o, err := s.lock(ctx, c.OrderID)
		if err != nil {
			return err
		}
		if c, err = s.Changes.Retrieve(ctx, changeID); err != nil { // as it is under the lock
			return err
		}
		if !ChangeStates.Allows(by, c.Status) {
			return fault.New(fault.InvalidData, "change %q of order %q is %s; it cannot be changed", c.ID, o.ID, c.Status)
		}
		return do(ctx, o, c)
	})
}

// OpenChange returns the open change of an order. If there is none, the error is
// invalid_data.
func (s *Service) OpenChange(ctx context.Context, orderID string) (*Change, error) {
	open, err := s.openChange(ctx, orderID)
	if err == nil && open == nil {
		return nil, fault.New(fault.InvalidData, "order %q has no open change; begin one first", fault.Clip(orderID))
	}
	return open, err
}

// openChange returns the open change of an order, or nil.
func (s *Service) openChange(ctx context.Context, orderID string) (*Change, error) {
	open, err := s.Changes.List(ctx, module.Where{"order_id": orderID, "status": []ChangeStatus{ChangePending, ChangeRequested}}, module.Page{Limit: 1})
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return open[0], nil
}

// RequestChange marks a change as waiting for confirmation.
func (s *Service) RequestChange(ctx context.Context, changeID, by string) error {
	return s.inOpen(ctx, changeID, "request", func(ctx context.Context, _ *Order, c *Change) error {
		c.Status, c.RequestedAt, c.RequestedBy = ChangeRequested, s.now(), text(by)
		return s.Changes.Save(ctx, c)
	})
}

func (s *Service) now() *time.Time {
	now := s.store.Now()
	return &now
}
