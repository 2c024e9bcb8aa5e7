package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Cancel gives up a payment of which nothing was captured, and cancels its session.
// Canceling it again does nothing.
func (s *Service) Cancel(ctx context.Context, id string) error {
	_, err := s.onPayment(ctx, id, func(ctx context.Context, p *Payment, session *Session) (*Attempt, error) {
		switch {
		case p.CanceledAt != nil:
			return nil, nil
		case p.CapturedAmount.Sign() > 0:
			return nil, fault.New(fault.NotAllowed, "payment %q cannot be canceled: %s %s were captured; refund them instead", id, p.CapturedAmount, p.CurrencyCode)
		}
		if err := sessions.Check(byVoid, session.ID, session.Status); err != nil {
			return nil, err
		}
		open, err := s.openAttempts(ctx, session.ID)
		if err != nil {
			return nil, err
		}
		if len(open) == 1 && open[0].Kind == AttemptCancel {
			return open[0], nil
		}
		if len(open) > 0 {
			return nil, s.busy(ctx, session.ID)
		}
		return s.attemptOn(AttemptCancel, session, p), nil
	})
	return err
}

// afterVoid writes that a payment was canceled.
func (s *Service) afterVoid(ctx context.Context, a *Attempt, o Outcome) error {
	p, err := s.Payments.Retrieve(ctx, *a.PaymentID)
	if err != nil {
		return err
	}
	return s.void(ctx, p, o.raw(p.Data))
}

// void cancels a payment and its session.
func (s *Service) void(ctx context.Context, p *Payment, data model.RawJSON) error {
	if _, err := s.Payments.Update(ctx, []string{p.ID}, module.Patch{"canceled_at": s.store.Now(), "data": data}); err != nil {
		return err
	}
	if _, err := s.Sessions.Update(ctx, []string{p.PaymentSessionID}, module.Patch{"status": string(SessionCanceled)}); err != nil {
		return err
	}
	return s.refresh(ctx, p.PaymentCollectionID)
}
