package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/module"
)

// DeclineChange closes a change without effect. A return, claim or exchange that it drafts
// is canceled.
func (s *Service) DeclineChange(ctx context.Context, changeID, by, reason string) error {
	return s.inOpen(ctx, changeID, "decline", func(ctx context.Context, o *Order, c *Change) error {
		c.Status, c.DeclinedAt, c.DeclinedBy, c.DeclinedReason = ChangeDeclined, s.now(), text(by), text(reason)
		return s.close(ctx, o, c)
	})
}

// CancelChange closes a change without effect. A return, claim or exchange that it drafts
// is canceled.
func (s *Service) CancelChange(ctx context.Context, changeID, by string) error {
	return s.inOpen(ctx, changeID, "cancel", func(ctx context.Context, o *Order, c *Change) error {
		c.Status, c.CanceledAt, c.CanceledBy = ChangeCanceled, s.now(), text(by)
		return s.close(ctx, o, c)
	})
}

// close saves a change that is closed without effect, and drops what it drafted.
func (s *Service) close(ctx context.Context, o *Order, c *Change) error {
	actions, err := s.actions(ctx, c)
	if err != nil {
		return err
	}
	if err := s.Changes.Save(ctx, c); err != nil {
		return err
	}
	if err := s.dropDrafted(ctx, o, actions); err != nil {
		return err
	}
	return s.endDraft(ctx, c)
}

// endDraft cancels the return, claim or exchange that a change has drafted.
func (s *Service) endDraft(ctx context.Context, c *Change) error {
	drafts := c.drafts()
	if drafts == draftNothing || drafts == draftReceipt {
		return nil
	}
	return inTurn(
		func() error {
			_, err := s.Returns.Update(ctx, given(c.ReturnID), module.Patch{"status": ReturnCanceled, "canceled_at": s.now()})
			return err
		},
		func() error {
			_, err := s.Claims.Update(ctx, given(c.ClaimID), module.Patch{"canceled_at": s.now()})
			return err
		},
		func() error {
			_, err := s.Exchanges.Update(ctx, given(c.ExchangeID), module.Patch{"canceled_at": s.now()})
			return err
		},
	)
}

// DiscardChange deletes an open change with all that it drafted, such as a return.
func (s *Service) DiscardChange(ctx context.Context, changeID string) error {
	return s.inOpen(ctx, changeID, "change", func(ctx context.Context, o *Order, c *Change) error {
		switch c.drafts() {
		case draftReturn:
			return s.DiscardReturn(ctx, *c.ReturnID)
		case draftClaim:
			return s.DiscardClaim(ctx, *c.ClaimID)
		case draftExchange:
			return s.DiscardExchange(ctx, *c.ExchangeID)
		}
		return s.discard(ctx, o, c)
	})
}

func (s *Service) discard(ctx context.Context, o *Order, c *Change) error {
	actions, err := s.actions(ctx, c)
	if err != nil {
		return err
	}
	if err := s.Changes.SoftDelete(ctx, c.ID); err != nil {
		return err
	}
	return s.dropDrafted(ctx, o, actions)
}

// dropDrafted deletes the lines and methods that actions would have added, unless some
// version of an order has them, or one of the actions that are left adds them.
func (s *Service) dropDrafted(ctx context.Context, o *Order, actions []*ChangeAction, left ...*ChangeAction) error {
	lines, methods, err := drafted(actions)
	if err != nil {
		return err
	}
	leftLines, leftMethods, err := drafted(left)
	if err != nil {
		return err
	}
	lines, methods = without(lines, leftLines), without(methods, leftMethods)
	if len(lines) > 0 {
		kept, err := s.Items.List(ctx, module.Where{"item_id": lines}, module.Page{})
		if err != nil {
			return err
		}
		if err := s.LineItems.SoftDelete(ctx, without(lines, module.IDs(kept, func(i *Item) string { return i.ItemID }))...); err != nil {
			return err
		}
	}
	if len(methods) == 0 {
		return nil
	}
	placed, err := s.Shippings.List(ctx, module.Where{"shipping_method_id": methods}, module.Page{})
	if err != nil {
		return err
	}
	var kept, leftover []string
	for _, p := range placed {
		if p.OrderID != o.ID || p.Version <= o.Version {
			kept = append(kept, p.ShippingMethodID)
		} else {
			leftover = append(leftover, p.ID) // an imported draft has placed it already
		}
	}
	if err := s.Shippings.SoftDelete(ctx, leftover...); err != nil {
		return err
	}
	return s.ShippingMethods.SoftDelete(ctx, without(methods, kept)...)
}

// without returns the values that are not among others.
func without(all, others []string) (out []string) {
	for _, v := range all {
		if !slices.Contains(others, v) {
			out = append(out, v)
		}
	}
	return out
}
