package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Fault is a quantity of a line that is claimed.
type Fault struct {
	ItemID       string
	Quantity     money.Amount
	Reason       ClaimReason // may be empty
	InternalNote *string
}

// BeginClaim begins a claim: a draft, with an open change. of needs its order_id and
// its type.
func (s *Service) BeginClaim(ctx context.Context, of *Claim, n NewChange) (*Change, error) {
	if err := of.begins(); err != nil {
		return nil, err
	}
	return s.beginFor(ctx, of.OrderID, n, func(ctx context.Context, o *Order) (NewChange, error) {
		of.OrderVersion = o.Version
		err := s.Claims.Create(ctx, of)
		n.OrderID, n.Type, n.ClaimID, n.By = o.ID, ChangeClaim, of.ID, deref(of.CreatedBy)
		return n, err
	})
}

// ClaimFaults adds claimed lines to a draft of a claim.
func (s *Service) ClaimFaults(ctx context.Context, claimID string, items ...Fault) ([]*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inDeal(ctx, "claim", claimID, "draft", func(ctx context.Context, o *Order, _ *deal, c *Change) error {
		if err := s.haveItems(ctx, o, module.IDs(pointers(items), func(i *Fault) string { return i.ItemID })); err != nil {
			return err
		}
		var all []NewAction
		for _, i := range items {
			all = append(all, NewAction{
				Action: WriteOffItem, Reference: "claim", ReferenceID: claimID, InternalNote: i.InternalNote,
				Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity, Reason: i.Reason},
			})
		}
		var err error
		added, err = s.add(ctx, o, c, all...)
		return err
	})
	return added, err
}

// ClaimBack adds lines that are sent back to a draft of a claim, whose return it begins
// with the first: to a stock location, if one is given.
func (s *Service) ClaimBack(ctx context.Context, claimID string, location *string, items ...Back) ([]*ChangeAction, error) {
	return s.requestBack(ctx, "claim", claimID, location, items)
}

// ConfirmClaim confirms a draft of a claim.
func (s *Service) ConfirmClaim(ctx context.Context, claimID, by string) (*Snapshot, error) {
	return s.confirmDeal(ctx, "claim", claimID, by, func(d *deal, actions []*ChangeAction) error {
		for _, a := range actions {
			if a.Action == WriteOffItem || a.Action == ItemAdd || a.Action == ReturnItemAction {
				return nil
			}
		}
		return fault.New(fault.InvalidData, "claim %q has no items; claim, send back or send out at least one", d.id)
	}, func(ctx context.Context, actions []*ChangeAction) error {
		items, err := claimed(claimID, actions)
		if err != nil {
			return err
		}
		return s.ClaimItems.Create(ctx, items...)
	})
}

// claimed returns the items of a claim that actions confirm.
func claimed(claimID string, actions []*ChangeAction) (items []*ClaimItem, err error) {
	for _, a := range actions {
		if a.Action != WriteOffItem && a.Action != ItemAdd {
			continue
		}
		d, err := a.details()
		if err != nil {
			return nil, err
		}
		i := &ClaimItem{ClaimID: claimID, ItemID: d.ReferenceID, Quantity: orZero(d.Quantity), Note: a.InternalNote, IsAdditionalItem: a.Action == ItemAdd}
		if d.Reason != "" {
			i.Reason = &d.Reason
		}
		items = append(items, i)
	}
	return items, nil
}

// DiscardClaim deletes a draft of a claim.
func (s *Service) DiscardClaim(ctx context.Context, claimID string) error {
	return s.discardDeal(ctx, "claim", claimID)
}

// CancelClaim cancels a confirmed claim: what was written off is reinstated, what was to
// be sent out is removed, and its return is canceled.
func (s *Service) CancelClaim(ctx context.Context, claimID, by string) error {
	return s.cancelDeal(ctx, "claim", claimID, by, func(ctx context.Context) (NewChange, error) {
		items, err := s.ClaimItems.List(ctx, module.Where{"claim_id": claimID}, module.Page{Order: []string{"id"}})
		n := NewChange{ClaimID: claimID}
		for _, i := range items {
			a := NewAction{Action: ReinstateItem, Reference: "claim", ReferenceID: claimID, Details: Details{ReferenceID: i.ItemID, Quantity: &i.Quantity}}
			if i.IsAdditionalItem {
				a.Action = ItemRemove
			}
			n.Actions = append(n.Actions, a)
		}
		return n, err
	})
}
