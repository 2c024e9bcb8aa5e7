package order

import (
	"cmp"
	"context"
	"crypto/subtle"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// To is the customer that an order is given to.
type To struct {
	CustomerID string
	Email      *string // the new email of the order; nil leaves it
	Token      string  // who has it may accept; see AcceptTransfer
}

// action returns the action that gives an order to the customer.
func (t To) action(o *Order) NewAction {
	return NewAction{Action: TransferCustomer, Reference: "customer", ReferenceID: t.CustomerID, Details: Details{
		Token: t.Token, OriginalEmail: o.Email, NewEmail: t.Email, OriginalCustomerID: new(deref(o.CustomerID)),
	}}
}

// check checks that the order belongs to another customer.
func (t To) check(o *Order) error {
	if t.CustomerID == "" {
		return fault.New(fault.InvalidData, "order %q: the customer that it is given to is missing", o.ID)
	}
	if deref(o.CustomerID) == t.CustomerID {
		return fault.New(fault.InvalidData, "order %q belongs to customer %q already", o.ID, t.CustomerID)
	}
	if t.Email != nil && !isEmail(*t.Email) {
		return notEmail(*t.Email)
	}
	return nil
}

// renewTransfers writes into the actions that give an order away who has it now: it may
// have been updated since they were requested.
func (s *Service) renewTransfers(ctx context.Context, o *Order, actions []*ChangeAction) error {
	for _, a := range actions {
		if a.Action != TransferCustomer {
			continue
		}
		if err := (To{CustomerID: deref(a.ReferenceID)}).check(o); err != nil {
			return err
		}
		d, err := a.details()
		if err != nil {
			return err
		}
		d.OriginalEmail, d.OriginalCustomerID = o.Email, new(deref(o.CustomerID))
		a.Details = model.ToJSON(d)
		if err := s.ChangeActions.Save(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// RequestTransfer requests that an order is given to a customer, who accepts it with the
// token.
func (s *Service) RequestTransfer(ctx context.Context, n NewChange, to To) (*Change, error) {
	var c *Change
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.toChange(ctx, n.OrderID)
		if err != nil {
			return err
		}
		if err := cmp.Or(n.names(o), to.check(o)); err != nil {
			return err
		}
		if to.Token == "" {
			return fault.New(fault.InvalidData, "order %q: a transfer needs a token", o.ID)
		}
		n.Type, n.Actions = ChangeTransfer, []NewAction{to.action(o)}
		if c, err = s.begin(ctx, o, n); err != nil {
			return err
		}
		c.Status, c.RequestedAt, c.RequestedBy = ChangeRequested, s.now(), text(n.By)
		return s.Changes.Save(ctx, c)
	})
	return c, err
}

// AcceptTransfer gives an order to the customer for whom it was requested.
func (s *Service) AcceptTransfer(ctx context.Context, orderID, token string) (*Snapshot, error) {
	return s.applyTo(ctx, orderID, func(ctx context.Context, o *Order) (*Snapshot, error) {
		c, actions, err := s.transferOf(ctx, o, token)
		if err != nil {
			return nil, err
		}
		return s.confirm(ctx, o, c, actions, "")
	})
}

// DeclineTransfer declines a requested transfer.
func (s *Service) DeclineTransfer(ctx context.Context, orderID, token string) error {
	_, err := s.applyTo(ctx, orderID, func(ctx context.Context, o *Order) (*Snapshot, error) {
		c, _, err := s.transferOf(ctx, o, token)
		if err != nil {
			return nil, err
		}
		return nil, s.DeclineChange(ctx, c.ID, "", "")
	})
	return err
}

// CancelTransfer deletes a requested transfer. If customer is not empty, it must be the
// one for whom it was requested.
func (s *Service) CancelTransfer(ctx context.Context, orderID, customer string) error {
	_, err := s.applyTo(ctx, orderID, func(ctx context.Context, o *Order) (*Snapshot, error) {
		c, actions, err := s.openTransfer(ctx, o)
		if err != nil {
			return nil, err
		}
		if customer != "" && deref(actions[0].ReferenceID) != customer {
			return nil, fault.New(fault.NotAllowed, "customer %q cannot cancel the transfer of order %q; it is for another", fault.Clip(customer), o.ID)
		}
		return nil, s.discard(ctx, o, c)
	})
	return err
}

// Transfer gives an order to a customer at once.
func (s *Service) Transfer(ctx context.Context, n NewChange, to To) (*Snapshot, error) {
	return s.applyTo(ctx, n.OrderID, func(ctx context.Context, o *Order) (*Snapshot, error) {
		if err := cmp.Or(n.names(o), to.check(o)); err != nil {
			return nil, err
		}
		n.Type, n.Actions = ChangeTransfer, []NewAction{to.action(o)}
		return s.applyChange(ctx, o, n)
	})
}

// openTransfer returns the open transfer of an order.
func (s *Service) openTransfer(ctx context.Context, o *Order) (*Change, []*ChangeAction, error) {
	c, err := s.openChange(ctx, o.ID)
	if err != nil {
		return nil, nil, err
	}
	if c == nil || !c.is(ChangeTransfer) {
		return nil, nil, fault.New(fault.InvalidData, "no transfer of order %q is requested", o.ID)
	}
	actions, err := s.actions(ctx, c)
	if err == nil && len(actions) == 0 {
		err = fault.New(fault.UnexpectedState, "the transfer %q of order %q has no action", c.ID, o.ID)
	}
	return c, actions, err
}

// transferOf returns the open transfer of an order that a token is for.
func (s *Service) transferOf(ctx context.Context, o *Order, token string) (*Change, []*ChangeAction, error) {
	c, actions, err := s.openTransfer(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	d, err := actions[0].details()
	if err != nil {
		return nil, nil, err
	}
	if d.Token == "" || subtle.ConstantTimeCompare([]byte(d.Token), []byte(token)) != 1 {
		return nil, nil, fault.New(fault.NotAllowed, "the token is not that of the transfer of order %q", o.ID)
	}
	return c, actions, nil
}
