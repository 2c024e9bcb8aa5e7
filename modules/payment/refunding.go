package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Refunding is what is to be refunded of a payment.
type Refunding struct {
	PaymentID      string
	Amount         *money.Amount // nil means what is captured and not refunded
	RefundReasonID *string
	Note           *string
	CreatedBy      *string
}

// Refund refunds an amount of a payment. What exceeds what was captured by no more
// than the currency's smallest unit means all that was.
func (s *Service) Refund(ctx context.Context, r Refunding) (*Payment, error) {
	return s.onPayment(ctx, r.PaymentID, func(ctx context.Context, p *Payment, session *Session) (*Attempt, error) {
		amount, err := p.refundable(r.Amount)
		if err != nil {
			return nil, err
		}
		if r.RefundReasonID != nil {
			if err := s.RefundReasons.Exist(ctx, *r.RefundReasonID); err != nil {
				return nil, err
			}
		}
		a := s.attemptOn(AttemptRefund, session, p)
		a.Amount, a.RefundReasonID, a.Note, a.CreatedBy = amount, r.RefundReasonID, r.Note, r.CreatedBy
		return a, nil
	})
}

// refundable returns how much is refunded when an amount is asked for.
func (p *Payment) refundable(asked *money.Amount) (money.Amount, error) {
	left := p.CapturedAmount.Sub(p.RefundClaims)
	if err := p.asked("refunded", asked); err != nil {
		return left, err
	}
	switch {
	case left.Sign() <= 0 && p.RefundClaims.Cmp(p.RefundedAmount) > 0:
		return left, fault.New(fault.Conflict, "all that is left of payment %q is being refunded; try again when the provider has answered", p.ID)
	case left.Sign() <= 0:
		return left, fault.New(fault.InvalidData, "nothing is left to be refunded of payment %q: %s %s were captured and %s refunded", p.ID, p.CapturedAmount, p.CurrencyCode, p.RefundedAmount)
	case asked == nil:
		return left, nil
	case asked.Cmp(left.Add(totals.Unit(p.CurrencyCode))) > 0:
		return left, fault.New(fault.InvalidData, "%s %s cannot be refunded of payment %q: %s are captured and not refunded", asked, p.CurrencyCode, p.ID, left)
	}
	return least(*asked, left), nil
}

// afterRefund writes a refund.
func (s *Service) afterRefund(ctx context.Context, a *Attempt, o Outcome) error {
	p, err := s.Payments.Retrieve(ctx, *a.PaymentID)
	if err != nil {
		return err
	}
	r := &Refund{PaymentID: p.ID, Amount: a.Amount, Note: a.Note, CreatedBy: a.CreatedBy, RefundReasonID: a.RefundReasonID}
	if err := s.enterRefund(ctx, p, r, o); err != nil {
		return err
	}
	return s.refresh(ctx, p.PaymentCollectionID)
}

func (s *Service) enterRefund(ctx context.Context, p *Payment, r *Refund, o Outcome) error {
	if err := s.Refunds.Create(ctx, r); err != nil || o.Data == nil {
		return err
	}
	_, err := s.Payments.Update(ctx, []string{p.ID}, module.Patch{"data": o.raw(p.Data)})
	return err
}
