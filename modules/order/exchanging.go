package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// BeginExchange begins an exchange: a draft, with an open change. of needs its order_id.
func (s *Service) BeginExchange(ctx context.Context, of *Exchange, n NewChange) (*Change, error) {
	if err := of.begins(); err != nil {
		return nil, err
	}
	return s.beginFor(ctx, of.OrderID, n, func(ctx context.Context, o *Order) (NewChange, error) {
		of.OrderVersion = o.Version
		err := s.Exchanges.Create(ctx, of)
		n.OrderID, n.Type, n.ExchangeID, n.By = o.ID, ChangeExchange, of.ID, deref(of.CreatedBy)
		return n, err
	})
}

// ExchangeBack adds lines that are sent back to a draft of an exchange, whose return it
// begins with the first: to a stock location, if one is given.
func (s *Service) ExchangeBack(ctx context.Context, exchangeID string, location *string, items ...Back) ([]*ChangeAction, error) {
	return s.requestBack(ctx, "exchange", exchangeID, location, items)
}

// ConfirmExchange confirms a draft of an exchange, which must have lines that are sent
// back and lines that are sent out.
func (s *Service) ConfirmExchange(ctx context.Context, exchangeID, by string) (*Snapshot, error) {
	return s.confirmDeal(ctx, "exchange", exchangeID, by, func(d *deal, actions []*ChangeAction) error {
		out := 0
		for _, a := range actions {
			if a.Action == ItemAdd {
				out++
			}
		}
		if back := requestedBy(actions); back == 0 || out == 0 {
			return fault.New(fault.InvalidData, "exchange %q has %d items that are sent back and %d that are sent out; it needs at least one of each", d.id, back, out)
		}
		return nil
	}, func(ctx context.Context, actions []*ChangeAction) error {
		items, err := exchanged(exchangeID, actions)
		if err != nil {
			return err
		}
		return s.ExchangeItems.Create(ctx, items...)
	})
}

// exchanged returns the items of an exchange that actions confirm.
func exchanged(exchangeID string, actions []*ChangeAction) (items []*ExchangeItem, err error) {
	for _, a := range actions {
		if a.Action != ItemAdd {
			continue
		}
		d, err := a.details()
		if err != nil {
			return nil, err
		}
		items = append(items, &ExchangeItem{ExchangeID: exchangeID, ItemID: d.ReferenceID, Quantity: orZero(d.Quantity), Note: a.InternalNote})
	}
	return items, nil
}

// DiscardExchange deletes a draft of an exchange.
func (s *Service) DiscardExchange(ctx context.Context, exchangeID string) error {
	return s.discardDeal(ctx, "exchange", exchangeID)
}

// CancelExchange cancels a confirmed exchange: what was to be sent out is removed, and
// its return is canceled.
func (s *Service) CancelExchange(ctx context.Context, exchangeID, by string) error {
	return s.cancelDeal(ctx, "exchange", exchangeID, by, func(ctx context.Context) (NewChange, error) {
		items, err := s.ExchangeItems.List(ctx, module.Where{"exchange_id": exchangeID}, module.Page{Order: []string{"id"}})
		n := NewChange{ExchangeID: exchangeID}
		for _, i := range items {
			n.Actions = append(n.Actions, NewAction{
				Action: ItemRemove, Reference: "exchange", ReferenceID: exchangeID, Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity},
			})
		}
		return n, err
	})
}
