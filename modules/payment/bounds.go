package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// No more than the amount of a payment can be captured, and no more than was
// captured can be refunded. Captures and refunds lock the payment first, so that
// concurrent calls see each other's amounts.

// lockCaptured locks the payments of captures, and returns an error if one was
// canceled. Payments created in the same call do not exist yet and need no lock.
func (s *Service) lockCaptured(ctx context.Context, captures []*Capture) error {
	payments, err := s.Payments.Lock(ctx, module.IDs(captures, func(c *Capture) string { return c.PaymentID })...)
	for _, p := range payments {
		if p.CanceledAt != nil {
			return fault.New(fault.InvalidData, "payment %q was canceled; it cannot be captured", p.ID)
		}
	}
	return err
}

func (s *Service) lockRefunded(ctx context.Context, refunds []*Refund) error {
	_, err := s.Payments.Lock(ctx, module.IDs(refunds, func(r *Refund) string { return r.PaymentID })...)
	return err
}

func (s *Service) boundCaptures(ctx context.Context, captures []*Capture) error {
	return s.bound(ctx, module.IDs(captures, func(c *Capture) string { return c.PaymentID }))
}

func (s *Service) boundRefunds(ctx context.Context, refunds []*Refund) error {
	return s.bound(ctx, module.IDs(refunds, func(r *Refund) string { return r.PaymentID }))
}

// boundPayments checks that changed payments still cover what was captured.
func (s *Service) boundPayments(ctx context.Context, payments []*Payment) error {
	return s.bound(ctx, module.IDs(payments, func(p *Payment) string { return p.ID }))
}

// bound checks that no more than the amount of a payment is captured, and no more
// than was captured is refunded.
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
			return fault.New(fault.InvalidData, "payment %q is of %s %s; %s cannot be captured", p.ID, p.Amount, p.CurrencyCode, captured[p.ID])
		}
		if refunded[p.ID].Cmp(captured[p.ID]) > 0 {
			return fault.New(fault.InvalidData, "payment %q has %s %s captured; %s cannot be refunded", p.ID, captured[p.ID], p.CurrencyCode, refunded[p.ID])
		}
	}
	return nil
}
