package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Part is a quantity of a line of an order.
type Part struct {
	ItemID   string
	Quantity money.Amount
}

// Fulfill records that parts of an order were packed for a fulfillment. It makes a
// version, as Ship, Deliver and Unfulfill do.
func (s *Service) Fulfill(ctx context.Context, orderID, fulfillmentID, by string, parts ...Part) (*Snapshot, error) {
	return s.move(ctx, FulfillItem, orderID, fulfillmentID, by, parts)
}

// Ship records that parts of an order were shipped.
func (s *Service) Ship(ctx context.Context, orderID, fulfillmentID, by string, parts ...Part) (*Snapshot, error) {
	return s.move(ctx, ShipItem, orderID, fulfillmentID, by, parts)
}

// Deliver records that parts of an order have arrived.
func (s *Service) Deliver(ctx context.Context, orderID, fulfillmentID, by string, parts ...Part) (*Snapshot, error) {
	return s.move(ctx, DeliverItem, orderID, fulfillmentID, by, parts)
}

// Unfulfill records that a fulfillment was canceled.
func (s *Service) Unfulfill(ctx context.Context, orderID, fulfillmentID, by string, parts ...Part) (*Snapshot, error) {
	return s.move(ctx, CancelItemFulfillment, orderID, fulfillmentID, by, parts)
}

// move makes a change with one action for each part.
func (s *Service) move(ctx context.Context, action ActionType, orderID, fulfillmentID, by string, parts []Part) (*Snapshot, error) {
	if len(parts) == 0 {
		return nil, fault.New(fault.InvalidData, "%s: order %q: no items are given", action, fault.Clip(orderID))
	}
	n := NewChange{OrderID: orderID, By: by}
	for _, p := range parts {
		n.Actions = append(n.Actions, NewAction{
			Action: action, Reference: "fulfillment", ReferenceID: fulfillmentID, Details: Details{ReferenceID: p.ItemID, Quantity: &p.Quantity},
		})
	}
	return s.applyTo(ctx, orderID, func(ctx context.Context, o *Order) (*Snapshot, error) { return s.applyChange(ctx, o, n) })
}

// applyTo calls do with an order that is locked and not canceled.
func (s *Service) applyTo(ctx context.Context, orderID string, do func(context.Context, *Order) (*Snapshot, error)) (*Snapshot, error) {
	var after *Snapshot
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.changeable(ctx, orderID)
		if err != nil {
			return err
		}
		after, err = do(ctx, o)
		return err
	})
	return after, err
}

// Entry is money that was paid for an order or, if negative, refunded.
type Entry struct {
	Amount      money.Amount
	Reference   string // "capture" or "refund"
	ReferenceID string
	Currency    string // that of the order, if it is empty
}

// Record adds money to the ledger of an order. An entry whose reference the ledger has
// already is not added again. It works while a change is open, and on canceled orders.
func (s *Service) Record(ctx context.Context, orderID string, entries ...Entry) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.lock(ctx, orderID)
		if err != nil {
			return err
		}
		_, err = s.record(ctx, o, entries)
		return err
	})
}

// record adds entries to the ledger of a locked order, and returns those that were new.
func (s *Service) record(ctx context.Context, o *Order, entries []Entry) (added []*Transaction, err error) {
	known, err := s.Transactions.List(ctx, module.Where{"order_id": o.ID}, module.Page{})
	if err != nil {
		return nil, err
	}
	seen := map[[2]string]bool{}
	for _, t := range known {
		seen[[2]string{deref(t.Reference), deref(t.ReferenceID)}] = true
	}
	for _, e := range entries {
		if err := e.check(o); err != nil {
			return nil, err
		}
		key := [2]string{e.Reference, e.ReferenceID}
		if e.ReferenceID != "" && seen[key] {
			continue
		}
		seen[key] = true
		added = append(added, &Transaction{
			OrderID: o.ID, Version: o.Version, Amount: e.Amount, CurrencyCode: o.CurrencyCode, Reference: text(e.Reference), ReferenceID: text(e.ReferenceID),
		})
	}
	return added, s.Transactions.Create(ctx, added...)
}

func (e Entry) check(o *Order) error {
	if e.Amount.IsZero() {
		return fault.New(fault.InvalidData, "order %q: an entry of 0 %s cannot be recorded; no money was moved", o.ID, o.CurrencyCode)
	}
	if e.Currency != "" {
		if code, _ := money.Code(e.Currency); code != o.CurrencyCode {
			return fault.New(fault.InvalidData, "order %q is in %s; %s %s cannot be recorded for it", o.ID, o.CurrencyCode, e.Amount, fault.Clip(e.Currency))
		}
	}
	return fits("order_transaction.amount", &e.Amount)
}

// Credit is a credit line to be added to an order.
type Credit struct {
	Amount      money.Amount // if negative, the customer owes it
	Reference   string
	ReferenceID string
}

// AddCredit adds a credit line. Its amount must be between 0 and what is pending.
func (s *Service) AddCredit(ctx context.Context, orderID, by string, credit Credit) (*Snapshot, error) {
	return s.applyTo(ctx, orderID, func(ctx context.Context, o *Order) (*Snapshot, error) {
		now, err := s.snapshot(ctx, o, nil)
		if err != nil {
			return nil, err
		}
		pending := now.Summary(o.Total, money.Zero).PendingDifference
		within := credit.Amount.Sign() == pending.Sign() && credit.Amount.Abs().Cmp(pending.Abs()) <= 0
		if pending.IsZero() || !within && !credit.Amount.IsZero() {
			return nil, fault.New(fault.InvalidData, "order %q: a credit line of %s cannot be added; %s %s are pending, and it must be between 0 and that", o.ID, credit.Amount, pending, o.CurrencyCode)
		}
		return s.credit(ctx, o, by, credit)
	})
}

// credit adds a credit line to a locked order, whatever is pending.
func (s *Service) credit(ctx context.Context, o *Order, by string, c Credit) (*Snapshot, error) {
	return s.applyChange(ctx, o, NewChange{OrderID: o.ID, Type: ChangeCreditLine, By: by, Actions: []NewAction{{
		Action: CreditLineAdd, Reference: c.Reference, ReferenceID: c.ReferenceID, Amount: &c.Amount,
	}}})
}
