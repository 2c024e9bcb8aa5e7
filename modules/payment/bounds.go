package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Of a payment no more is captured than it is worth, and no more refunded than
// was captured. Who captures or refunds locks the payment first, so that of
// two at once the second sees what the first took.

// lockCaptured also refuses payments that were canceled. Payments that are made
// in the same call are not there yet, and nobody else's.
func (s *Service) lockCaptured(ctx context.Context, captures []*Capture) error {
	payments, err := s.Payments.Lock(ctx, paymentsOf(captures, func(c *Capture) string { return c.PaymentID })...)
	for _, p := range payments {
		if p.CanceledAt != nil {
			return fault.New(fault.InvalidData, "payment %q was canceled; nothing of it can be captured", p.ID)
		}
	}
	return err
}

func (s *Service) lockRefunded(ctx context.Context, refunds []*Refund) error {
	_, err := s.Payments.Lock(ctx, paymentsOf(refunds, func(r *Refund) string { return r.PaymentID })...)
	return err
}

func (s *Service) boundCaptures(ctx context.Context, captures []*Capture) error {
	return s.bound(ctx, paymentsOf(captures, func(c *Capture) string { return c.PaymentID }))
}

func (s *Service) boundRefunds(ctx context.Context, refunds []*Refund) error {
	return s.bound(ctx, paymentsOf(refunds, func(r *Refund) string { return r.PaymentID }))
}

// boundPayments sees that a payment that is made smaller still covers what was
// captured of it.
func (s *Service) boundPayments(ctx context.Context, payments []*Payment) error {
	return s.bound(ctx, paymentsOf(payments, func(p *Payment) string { return p.ID }))
}

func paymentsOf[T any](records []*T, id func(*T) string) []string {
	ids := make([]string, len(records))
	for i, r := range records {
		ids[i] = id(r)
	}
	return ids
}

// bound compares, for the payments of these ids, amounts with captures and
// captures with refunds.
func (s *Service) bound(ctx context.Context, ids []string) error {
	payments, err := s.Payments.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return err
	}
	captures, err := s.Captures.List(ctx, module.Where{"payment_id": ids}, module.Page{})
	if err != nil {
		return err
	}
	refunds, err := s.Refunds.List(ctx, module.Where{"payment_id": ids}, module.Page{})
	if err != nil {
		return err
	}
	captured, refunded := map[string]money.Amount{}, map[string]money.Amount{}
	for _, c := range captures {
		captured[c.PaymentID] = captured[c.PaymentID].Add(c.Amount)
	}
	for _, r := range refunds {
		refunded[r.PaymentID] = refunded[r.PaymentID].Add(r.Amount)
	}
	for _, p := range payments {
		if captured[p.ID].Cmp(p.Amount) > 0 {
			return fault.New(fault.InvalidData, "payment %q is of %s %s; %s cannot be captured of it", p.ID, p.Amount, p.CurrencyCode, captured[p.ID])
		}
		if refunded[p.ID].Cmp(captured[p.ID]) > 0 {
			return fault.New(fault.InvalidData, "of payment %q %s %s is captured; %s cannot be refunded", p.ID, captured[p.ID], p.CurrencyCode, refunded[p.ID])
		}
	}
	return nil
}
