package payment

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// No more than the amount of a payment can be captured, and no more than was
// captured can be refunded. Whoever writes an entry (a capture, a refund, an
// attempt) locks the payment first, and the transaction that writes it writes the
// sums of the payment, which the database holds the bounds of.

// sums are the columns of a payment that follow from its entries.
var sums = []string{"captured_amount", "refunded_amount", "capture_claims", "refund_claims", "overdrawn"}

// blank clears the sums of a new payment.
func blank(p *Payment) error {
	p.CapturedAmount, p.RefundedAmount, p.CaptureClaims, p.RefundClaims, p.Overdrawn = money.Zero, money.Zero, money.Zero, money.Zero, false
	return nil
}

// lockCaptured locks the payments of captures, and returns an error if one was
// canceled. Payments created in the same call do not exist yet and need no lock.
func (s *Service) lockCaptured(ctx context.Context, captures []*Capture) error {
	payments, err := s.lockPayments(ctx, paidBy(captures))
	for _, p := range payments {
		if p.CanceledAt != nil {
			return fault.New(fault.InvalidData, "payment %q was canceled; it cannot be captured", p.ID)
		}
	}
	return err
}

// lockPayments locks payments, and before them their collections, which follow from them.
func (s *Service) lockPayments(ctx context.Context, ids []string) (map[string]*Payment, error) {
	if err := s.lockCollections(ctx, ids); err != nil {
		return nil, err
	}
	return s.Payments.Lock(ctx, ids...)
}

func (s *Service) lockRefunded(ctx context.Context, refunds []*Refund) error {
	_, err := s.lockPayments(ctx, paidBackBy(refunds))
	return err
}

func (s *Service) lockAttempted(ctx context.Context, all []*Attempt) error {
	_, err := s.Payments.Lock(ctx, attemptedBy(all)...)
	return err
}

func (s *Service) boundCaptures(ctx context.Context, captures []*Capture) error {
	return s.addUp(ctx, paidBy(captures), false)
}

func (s *Service) boundRefunds(ctx context.Context, refunds []*Refund) error {
	return s.addUp(ctx, paidBackBy(refunds), false)
}

func (s *Service) boundAttempts(ctx context.Context, all []*Attempt) error {
	return s.addUp(ctx, attemptedBy(all), false)
}

// coverPayments returns an error unless payments that are about to be changed still
// cover what is claimed. It keeps their sums, which a record read before may have old.
func (s *Service) coverPayments(ctx context.Context, payments []*Payment) error {
	stored, err := s.Payments.Lock(ctx, module.IDs(payments, func(p *Payment) string { return p.ID })...)
	if err != nil {
		return err
	}
	for _, p := range payments {
		was := stored[p.ID]
		if was == nil {
			continue
		}
		p.CapturedAmount, p.RefundedAmount, p.CaptureClaims, p.RefundClaims, p.Overdrawn = was.CapturedAmount, was.RefundedAmount, was.CaptureClaims, was.RefundClaims, was.Overdrawn
		if !p.Overdrawn && p.CaptureClaims.Cmp(p.Amount) > 0 {
			return p.outOfBounds()
		}
	}
	return nil
}

// boundPayments adds up payments that were written.
func (s *Service) boundPayments(ctx context.Context, payments []*Payment) error {
	return s.addUp(ctx, module.IDs(payments, func(p *Payment) string { return p.ID }), true)
}

func paidBy(captures []*Capture) []string {
	return module.IDs(captures, func(c *Capture) string { return c.PaymentID })
}

func paidBackBy(refunds []*Refund) []string {
	return module.IDs(refunds, func(r *Refund) string { return r.PaymentID })
}

func attemptedBy(all []*Attempt) []string {
	return module.IDs(all, func(a *Attempt) string {
		if a.PaymentID == nil {
			return ""
		}
		return *a.PaymentID
	})
}

// addUp writes the sums of payments, and returns an error if they are out of bounds.
// If kept, those that an import has brought so may stay so.
func (s *Service) addUp(ctx context.Context, ids []string, kept bool) error {
	if len(ids) == 0 {
		return nil
	}
	payments, err := s.Payments.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return err
	}
	computed, err := s.sumsOf(ctx, payments)
	if err != nil {
		return err
	}
	var changed []*Payment
	for i, p := range computed {
		if p.Overdrawn && (!kept || !payments[i].Overdrawn) {
			return p.outOfBounds()
		}
		if !p.CapturedAmount.Equal(payments[i].CapturedAmount) {
			p.CapturedAt = p.captured(s.store.Now())
		}
		if !p.sumsEqual(payments[i]) {
			changed = append(changed, p)
		}
	}
	return s.Payments.Derive(ctx, append(slices.Clone(sums), "captured_at"), changed...)
}

// captured returns when all of the payment was captured: now, unless it was before. It
// returns nil if something is left.
func (p *Payment) captured(now time.Time) *time.Time {
	switch {
	case p.CapturedAmount.IsZero() || !reaches(p.CapturedAmount, p.Amount, p.CurrencyCode):
		return nil
	case p.CapturedAt != nil:
		return p.CapturedAt
	}
	return &now
}

// sumsOf returns copies of payments with their sums, from their entries.
func (s *Service) sumsOf(ctx context.Context, payments []*Payment) ([]*Payment, error) {
	of := module.Where{"payment_id": module.IDs(payments, func(p *Payment) string { return p.ID })}
	captures, err := s.Captures.List(ctx, of, module.Page{})
	if err != nil {
		return nil, err
	}
	refunds, err := s.Refunds.List(ctx, of, module.Page{})
	if err != nil {
		return nil, err
	}
	open := maps.Clone(of)
	open["state"] = string(AttemptOpen)
	claims, err := s.Attempts.List(ctx, open, module.Page{})
	if err != nil {
		return nil, err
	}
	by := map[string]*Payment{}
	out := make([]*Payment, len(payments))
	for i, p := range payments {
		c := *p
		_ = blank(&c)
		out[i], by[p.ID] = &c, &c
	}
	for _, c := range captures {
		by[c.PaymentID].CapturedAmount = by[c.PaymentID].CapturedAmount.Add(c.Amount)
	}
	for _, r := range refunds {
		by[r.PaymentID].RefundedAmount = by[r.PaymentID].RefundedAmount.Add(r.Amount)
	}
	for _, p := range out {
		p.claim(claims)
	}
	return out, nil
}

// claim adds what the open ones of attempts claim of the payment.
func (p *Payment) claim(all []*Attempt) {
	p.CaptureClaims, p.RefundClaims = p.CapturedAmount, p.RefundedAmount
	for _, a := range all {
		switch {
		case *a.PaymentID != p.ID:
		case a.Kind == AttemptCapture:
			p.CaptureClaims = p.CaptureClaims.Add(a.Amount)
		case a.Kind == AttemptRefund:
			p.RefundClaims = p.RefundClaims.Add(a.Amount)
		}
	}
	p.Overdrawn = p.CaptureClaims.Cmp(p.Amount) > 0 || p.RefundClaims.Cmp(p.CapturedAmount) > 0
}

func (p *Payment) sumsEqual(o *Payment) bool {
	return p.CapturedAmount.Equal(o.CapturedAmount) && p.RefundedAmount.Equal(o.RefundedAmount) && p.CaptureClaims.Equal(o.CaptureClaims) &&
		p.RefundClaims.Equal(o.RefundClaims) && p.Overdrawn == o.Overdrawn
}

// outOfBounds returns the error for a payment that is overdrawn.
func (p *Payment) outOfBounds() error {
	if p.CaptureClaims.Cmp(p.Amount) > 0 {
		return fault.New(fault.InvalidData, "payment %q is of %s %s; %s cannot be captured", p.ID, p.Amount, p.CurrencyCode, p.CaptureClaims)
	}
	return fault.New(fault.InvalidData, "payment %q has %s %s captured; %s cannot be refunded", p.ID, p.CapturedAmount, p.CurrencyCode, p.RefundClaims)
}

// entriesGone adds up the payments of entries that were deleted or restored, or are about
// to be removed.
func (s *Service) entriesGone(ctx context.Context, c module.Change) error {
	if imported(c) {
		return nil
	}
	ids, err := s.paymentsOf(ctx, c.Model, c.IDs)
	if err != nil {
		return err
	}
	if _, err := s.lockPayments(ctx, ids); err != nil {
		return err
	}
	add := func(ctx context.Context, ids []string) error { return s.addUp(ctx, ids, true) }
	if c.Op == module.Removing {
		return db.BeforeCommit(ctx, s.store.DB, removedKey{s.store}, ids, add)
	}
	return add(ctx, ids)
}

// removedKey is the key of the payments that are added up before the commit.
type removedKey struct{ store *module.Store }

// paymentsOf returns the payments of entries of a model, deleted ones included.
func (s *Service) paymentsOf(ctx context.Context, m *model.Model, ids []string) ([]string, error) {
	of, all := module.Where{"id": ids}, module.Page{WithDeleted: true}
	switch m {
	case Captures:
		found, err := s.Captures.List(ctx, of, all)
		return paidBy(found), err
	case Refunds:
		found, err := s.Refunds.List(ctx, of, all)
		return paidBackBy(found), err
	}
	found, err := s.Attempts.List(ctx, of, all)
	return attemptedBy(found), err
}

// entries are the models that sums follow from.
func entries(m *model.Model) bool {
	return slices.Contains([]*model.Model{Captures, Refunds, Attempts}, m)
}
