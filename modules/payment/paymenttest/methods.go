package paymenttest

import (
	"context"

	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// CreateSession opens an account for a session.
func (f *Fake) CreateSession(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("create", c, func(a *Account) (payment.Outcome, error) {
		a.Amount, a.Status = c.Amount, payment.SessionPending
		return payment.Outcome{}, nil
	})
}

// UpdateSession changes the amount of an account.
func (f *Fake) UpdateSession(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("update", c, func(a *Account) (payment.Outcome, error) {
		if a.Deleted || a.approved() {
			return payment.Outcome{}, payment.Decline("the session is %s", a.Status)
		}
		a.Amount, a.Status = c.Amount, payment.SessionPending
		return payment.Outcome{}, nil
	})
}

// DeleteSession closes an account that is not authorized.
func (f *Fake) DeleteSession(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("delete", c, func(a *Account) (payment.Outcome, error) {
		if a.approved() && !a.Canceled {
			return payment.Outcome{}, payment.Decline("the session is authorized")
		}
		a.Deleted = a.Status != "" // an unknown one stays so
		return payment.Outcome{}, nil
	})
}

// Authorize authorizes the amount of an account, or does what Becomes says.
func (f *Fake) Authorize(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("authorize", c, func(a *Account) (payment.Outcome, error) {
		switch {
		case a.Deleted || a.Status == "":
			return payment.Outcome{}, payment.Decline("there is no such session")
		case a.approved() && a.Captured.Cmp(a.Amount) < 0: // a part of it may be captured, which an outcome cannot say
			return payment.Outcome{Status: payment.SessionAuthorized}, nil
		case a.approved():
			return payment.Outcome{Status: a.Status}, nil
		}
		a.Status = f.becomes
		if a.Status == payment.SessionCaptured {
			a.Captured = a.Amount
		}
		return payment.Outcome{Status: a.Status}, nil
	})
}

// Capture captures a part of what is authorized.
func (f *Fake) Capture(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("capture", c, func(a *Account) (payment.Outcome, error) {
		if !a.approved() || a.Canceled || a.Captured.Add(c.Amount).Cmp(a.Amount) > 0 {
			return payment.Outcome{}, payment.Decline("%s of %s are captured; %s cannot be", a.Captured, a.Amount, c.Amount)
		}
		a.Captured = a.Captured.Add(c.Amount)
		return payment.Outcome{}, nil
	})
}

// Refund gives back a part of what is captured.
func (f *Fake) Refund(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("refund", c, func(a *Account) (payment.Outcome, error) {
		if a.Refunded.Add(c.Amount).Cmp(a.Captured) > 0 {
			return payment.Outcome{}, payment.Decline("%s of %s are refunded; %s cannot be", a.Refunded, a.Captured, c.Amount)
		}
		a.Refunded = a.Refunded.Add(c.Amount)
		return payment.Outcome{}, nil
	})
}

// Cancel gives up an authorization.
func (f *Fake) Cancel(_ context.Context, c payment.Call) (payment.Outcome, error) {
	return f.receive("cancel", c, func(a *Account) (payment.Outcome, error) {
		if !a.approved() || a.Captured.Sign() > 0 {
			return payment.Outcome{}, payment.Decline("the session is %s, and %s are captured", a.Status, a.Captured)
		}
		a.Canceled = true
		return payment.Outcome{}, nil
	})
}

func (a *Account) approved() bool {
	return a.Status == payment.SessionAuthorized || a.Status == payment.SessionCaptured
}
