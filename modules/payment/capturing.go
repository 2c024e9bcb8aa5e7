package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Capturing is what is to be captured of a payment.
type Capturing struct {
	PaymentID string
	Amount    *money.Amount // nil means what is left
	CreatedBy *string
}

// Capture captures an amount of a payment. What exceeds what is left by less than
// the currency can say means what is left. Of a payment that is captured in full,
// nothing more is captured, and Capture returns it as it is.
func (s *Service) Capture(ctx context.Context, c Capturing) (*Payment, error) {
	return s.onPayment(ctx, c.PaymentID, func(ctx context.Context, p *Payment, session *Session) (*Attempt, error) {
		amount, err := p.capturable(c.Amount)
		if err != nil || amount.IsZero() {
			return nil, err
		}
		if err := s.noCancel(ctx, p); err != nil {
			return nil, err
		}
		of, err := s.Collections.Retrieve(ctx, p.PaymentCollectionID)
		if err == nil {
			err = collections.Check(byCapture, of.ID, of.Status)
		}
		a := s.attemptOn(AttemptCapture, session, p)
		a.Amount, a.CreatedBy = amount, c.CreatedBy
		return a, err
	})
}

// capturable returns how much is captured when an amount is asked for: 0 if
// everything is captured already.
func (p *Payment) capturable(asked *money.Amount) (money.Amount, error) {
	left := p.Amount.Sub(p.CaptureClaims)
	if err := p.asked("captured", asked); err != nil {
		return left, err
	}
	switch {
	case p.CanceledAt != nil:
		return left, fault.New(fault.InvalidData, "payment %q was canceled; it cannot be captured", p.ID)
	case reaches(p.CapturedAmount, p.Amount, p.CurrencyCode):
		return money.Zero, nil
	case left.Sign() <= 0:
		return left, fault.New(fault.Conflict, "all that is left of payment %q is being captured; try again when the provider has answered", p.ID)
	case asked == nil || asked.Equal(left):
		return left, nil
	case !reaches(p.Amount, p.CaptureClaims.Add(*asked), p.CurrencyCode):
		return left, fault.New(fault.InvalidData, "%s %s cannot be captured of payment %q: %s are left of %s", asked, p.CurrencyCode, p.ID, left, p.Amount)
	}
	return least(*asked, left), nil
}

// asked checks an amount that is to be captured or refunded; nil means what is left.
func (p *Payment) asked(verb string, amount *money.Amount) error {
	if amount == nil {
		return nil
	}
	if amount.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s %s of payment %q cannot be %s; the amount must be more than 0", amount, p.CurrencyCode, p.ID, verb)
	}
	return module.Fits("the amount of payment \""+p.ID+"\"", *amount)
}

func least(a, b money.Amount) money.Amount {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

// noCancel returns a conflict error while a payment is being canceled.
func (s *Service) noCancel(ctx context.Context, p *Payment) error {
	open, err := s.openAttempts(ctx, p.PaymentSessionID)
	for _, a := range open {
		if a.Kind == AttemptCancel {
			return s.busy(ctx, p.PaymentSessionID)
		}
	}
	return err
}

// afterCapture writes a capture.
func (s *Service) afterCapture(ctx context.Context, a *Attempt, o Outcome) error {
	p, err := s.Payments.Retrieve(ctx, *a.PaymentID)
	if err != nil {
		return err
	}
	p.Data = o.raw(p.Data)
	if err := s.enterCapture(ctx, p, &Capture{PaymentID: p.ID, Amount: a.Amount, CreatedBy: a.CreatedBy}); err != nil {
		return err
	}
	return s.refresh(ctx, p.PaymentCollectionID)
}

// enterCapture writes a capture, and the data of its payment.
func (s *Service) enterCapture(ctx context.Context, p *Payment, c *Capture) error {
	if err := s.Captures.Create(ctx, c); err != nil {
		return err
	}
	_, err := s.Payments.Update(ctx, []string{p.ID}, module.Patch{"data": p.Data})
	return err
}

// onPayment runs the steps of an operation on a payment, which is locked in the
// first one, and returns the payment as it is then.
func (s *Service) onPayment(ctx context.Context, id string, decide func(context.Context, *Payment, *Session) (*Attempt, error)) (*Payment, error) {
	p, err := s.Payments.Retrieve(ctx, id)
	if err != nil {
		return nil, err
	}
	a, err := s.run(ctx, p.ProviderID, func(ctx context.Context) (*Attempt, error) {
		if _, err := s.lockCollection(ctx, p.PaymentCollectionID); err != nil {
			return nil, err
		}
		locked, err := s.Payments.Lock(ctx, id)
		if err != nil {
			return nil, err
		}
		if locked[id] == nil {
			return nil, fault.New(fault.NotFound, "there is no payment %q", id)
		}
		session, err := s.anySession(ctx, p.PaymentSessionID)
		if err != nil {
			return nil, err
		}
		return decide(ctx, locked[id], session)
	})
	if err == nil {
		err = a.refused()
	}
	if err != nil {
		return nil, err
	}
	return s.Payments.Retrieve(ctx, id)
}

// attemptOn returns a new attempt about a payment.
func (s *Service) attemptOn(kind AttemptKind, of *Session, p *Payment) *Attempt {
	a := s.attempt(kind, of)
	a.Amount, a.CurrencyCode, a.PaymentID, a.Data = p.Amount, p.CurrencyCode, &p.ID, p.Data
	return a
}
