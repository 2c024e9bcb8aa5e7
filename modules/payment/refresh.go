package payment

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// refresh computes the amounts and the status of a collection, which is locked, from
// its sessions and payments.
func (s *Service) refresh(ctx context.Context, id string) error {
	c, err := s.Collections.Retrieve(ctx, id)
	if err != nil {
		return err
	}
	all, err := s.sessionsOf(ctx, id)
	if err != nil {
		return err
	}
	payments, err := s.Payments.List(ctx, module.Where{"payment_collection_id": id}, module.Page{})
	if err != nil {
		return err
	}
	next := c.refreshed(all, payments)
	_, err = s.Collections.Update(ctx, []string{id}, module.Patch{
		"authorized_amount": *next.AuthorizedAmount, "captured_amount": *next.CapturedAmount, "refunded_amount": *next.RefundedAmount,
		"status": string(next.Status), "completed_at": next.completed(s.store.Now()),
	})
	return err
}

// refreshed returns the collection with the amounts and the status that follow from
// its sessions and payments.
func (c *Collection) refreshed(all []*Session, payments []*Payment) *Collection {
	out, begun := *c, len(all) > 0 || len(payments) > 0
	authorized, captured, refunded := money.Zero, money.Zero, money.Zero
	approved := false
	for _, s := range all {
		if s.Status.approved() {
			approved, authorized = true, authorized.Add(s.Amount)
		}
	}
	for _, p := range payments {
		captured, refunded = captured.Add(p.CapturedAmount), refunded.Add(p.RefundedAmount)
	}
	out.AuthorizedAmount, out.CapturedAmount, out.RefundedAmount = &authorized, &captured, &refunded
	covers := func(a money.Amount) bool { return reaches(a, c.Amount, c.CurrencyCode) }
	switch {
	case captured.Equal(refunded) && (c.Status == CollectionCanceled || c.Status == CollectionFailed): // nothing is kept
	case covers(captured) && (captured.Sign() > 0 || approved):
		out.Status = CollectionCompleted
	case c.Status == CollectionPartiallyCaptured || c.Status == CollectionCanceled: // it was canceled with something captured
		out.Status = CollectionPartiallyCaptured
	case approved && covers(authorized):
		out.Status = CollectionAuthorized
	case authorized.Sign() > 0:
		out.Status = CollectionPartiallyAuthorized
	case begun:
		out.Status = CollectionAwaiting
	default:
		out.Status = CollectionNotPaid
	}
	return &out
}

// completed returns when the collection was completed: now, unless it was before. It
// returns nil if it is not.
func (c *Collection) completed(now time.Time) *time.Time {
	switch {
	case c.Status != CollectionCompleted:
		return nil
	case c.CompletedAt != nil:
		return c.CompletedAt
	}
	return &now
}

// reaches reports whether an amount is at least another, as the currency counts.
func reaches(a, b money.Amount, currency string) bool {
	digits := int32(totals.Digits(currency))
	return a.Round(digits).Cmp(b.Round(digits)) >= 0
}
