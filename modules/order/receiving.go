package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// BeginReceipt begins to receive goods of a requested return: it opens a change.
func (s *Service) BeginReceipt(ctx context.Context, returnID string, n NewChange) (*Change, error) {
	var c *Change
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, r, err := s.ofReturn(ctx, returnID, "receive")
		if err == nil {
			err = n.names(o)
		}
		if err != nil {
			return err
		}
		n.OrderID, n.Type, n.ReturnID, n.ClaimID, n.ExchangeID = o.ID, ChangeReturnReceive, r.ID, deref(r.ClaimID), deref(r.ExchangeID)
		c, err = s.begin(ctx, o, n)
		return err
	})
	return c, err
}

// ReceiveItems adds lines that arrived in good order to a receipt, or damaged ones,
// which are written off.
func (s *Service) ReceiveItems(ctx context.Context, returnID string, damaged bool, items ...Back) ([]*ChangeAction, error) {
	action := ReceiveReturnItem
	if damaged {
		action = ReceiveDamagedReturnItem
	}
	var added []*ChangeAction
	err := s.inReturn(ctx, returnID, "receive", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		var all []NewAction
		for _, i := range items {
			all = append(all, NewAction{
				Action: action, Reference: "return", ReferenceID: r.ID, InternalNote: i.InternalNote,
				Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity, Metadata: i.Metadata},
			})
		}
		var err error
		added, err = s.add(ctx, o, c, all...)
		return err
	})
	return added, err
}

// receivedBy returns how many of each line actions receive, good and damaged.
func receivedBy(actions []*ChangeAction) (good, damaged map[string]money.Amount, err error) {
	good, damaged = map[string]money.Amount{}, map[string]money.Amount{}
	for _, a := range actions {
		to := good
		switch a.Action {
		case ReceiveReturnItem:
		case ReceiveDamagedReturnItem:
			to = damaged
		default:
			continue
		}
		d, err := a.details()
		if err != nil {
			return nil, nil, err
		}
		if d.Quantity != nil {
			to[d.ReferenceID] = to[d.ReferenceID].Add(*d.Quantity)
		}
	}
	return good, damaged, nil
}

// received returns the items of a return with what actions receive added, in the order in
// which they were requested. No more can be received than is left of the return.
func (s *Service) received(ctx context.Context, returnID string, actions []*ChangeAction) ([]*ReturnItem, error) {
	good, damaged, err := receivedBy(actions)
	if err != nil {
		return nil, err
	}
	items, err := s.ReturnItems.List(ctx, module.Where{"return_id": returnID}, module.Page{Order: []string{"id"}})
	if err != nil {
		return nil, err
	}
	for _, i := range items { // a line may be in several items
		broken := least(damaged[i.ItemID], i.Quantity.Sub(i.ReceivedQuantity))
		i.take(broken, damaged)
		i.DamagedQuantity = i.DamagedQuantity.Add(broken)
		i.take(least(good[i.ItemID], i.Quantity.Sub(i.ReceivedQuantity)), good)
	}
	for _, left := range []map[string]money.Amount{damaged, good} {
		for line, n := range left {
			if n.Sign() > 0 {
				return nil, fault.New(fault.InvalidData, "return %q: %s more of item %q would be received than was requested", returnID, n, line)
			}
		}
	}
	return items, nil
}

// take receives some of what is left of a line.
func (i *ReturnItem) take(n money.Amount, left map[string]money.Amount) {
	left[i.ItemID] = left[i.ItemID].Sub(n)
	i.ReceivedQuantity = i.ReceivedQuantity.Add(n)
}

// ConfirmReceipt confirms what was received of a return. The return is received when all
// of it is.
func (s *Service) ConfirmReceipt(ctx context.Context, returnID, by string) (*Snapshot, error) {
	var after *Snapshot
	err := s.inReturn(ctx, returnID, "receive", func(ctx context.Context, o *Order, r *Return, c *Change) error {
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		items, err := s.received(ctx, r.ID, actions)
		if err != nil {
			return err
		}
		if after, err = s.confirm(ctx, o, c, actions, by); err != nil {
			return err
		}
		r.Status, r.ReceivedAt = ReturnReceived, s.now()
		for _, i := range items {
			if i.ReceivedQuantity.Cmp(i.Quantity) < 0 {
				r.Status, r.ReceivedAt = ReturnPartiallyReceived, nil
			}
		}
		if err := s.ReturnItems.Save(ctx, items...); err != nil {
			return err
		}
		return s.Returns.Save(ctx, r)
	})
	return after, err
}

// DiscardReceipt deletes the open change of a receipt.
func (s *Service) DiscardReceipt(ctx context.Context, returnID string) error {
	return s.inReturn(ctx, returnID, "receive", func(ctx context.Context, o *Order, _ *Return, c *Change) error {
		return s.discard(ctx, o, c)
	})
}

func least(a, b money.Amount) money.Amount {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}
