package paymenttest_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
)

type method = func(context.Context, payment.Call) (payment.Outcome, error)

// mutant is a Fake of which one method is another.
type mutant struct {
	*paymenttest.Fake
	name  string
	other func(fake *paymenttest.Fake, right method) method
}

func (m *mutant) do(ctx context.Context, name string, right method, c payment.Call) (payment.Outcome, error) {
	if name == m.name {
		return m.other(m.Fake, right)(ctx, c)
	}
	return right(ctx, c)
}

func (m *mutant) CreateSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "CreateSession", m.Fake.CreateSession, c)
}

func (m *mutant) UpdateSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "UpdateSession", m.Fake.UpdateSession, c)
}

func (m *mutant) DeleteSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "DeleteSession", m.Fake.DeleteSession, c)
}

func (m *mutant) Authorize(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "Authorize", m.Fake.Authorize, c)
}

func (m *mutant) Capture(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "Capture", m.Fake.Capture, c)
}

func (m *mutant) Refund(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "Refund", m.Fake.Refund, c)
}

func (m *mutant) Cancel(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return m.do(ctx, "Cancel", m.Fake.Cancel, c)
}

// again returns what a method becomes whose second call with a key is another.
func again(second func(right method) method) func(*paymenttest.Fake, method) method {
	seen := map[string]bool{}
	return func(_ *paymenttest.Fake, right method) method {
		return func(ctx context.Context, c payment.Call) (payment.Outcome, error) {
			if seen[c.Key] {
				return second(right)(ctx, c)
			}
			seen[c.Key] = true
			return right(ctx, c)
		}
	}
}

func declined(method) method {
	return func(context.Context, payment.Call) (payment.Outcome, error) {
		return payment.Outcome{}, payment.Decline("that was done already")
	}
}

func renamed(right method) method {
	return func(ctx context.Context, c payment.Call) (payment.Outcome, error) {
		o, err := right(ctx, c)
		o.Data = json.RawMessage(`{"id":"another"}`)
		return o, err
	}
}

func twice(right method) method {
	return func(ctx context.Context, c payment.Call) (payment.Outcome, error) {
		c.Key += " again"
		return right(ctx, c)
	}
}

// idle returns a method that does nothing to some sessions.
func idle(to func(a paymenttest.Account, c payment.Call) bool) func(*paymenttest.Fake, method) method {
	return func(fake *paymenttest.Fake, right method) method {
		return func(ctx context.Context, c payment.Call) (payment.Outcome, error) {
			if a, ok := fake.Account(c.SessionID); ok && to(a, c) {
				return payment.Outcome{}, nil
			}
			return right(ctx, c)
		}
	}
}

// Conform finds what each mutant does wrong, and nothing else.
func TestConformFindsMutants(t *testing.T) {
	t.Parallel()
	const (
		repeated = "a repeated call does nothing"
		changed  = "a session is changed"
		bounds   = "a changed session has the bounds of its new amount"
		over     = "what is deleted or canceled stays so"
	)
	for _, test := range []struct {
		name, method string
		other        func(*paymenttest.Fake, method) method
		found        []string
	}{
		{"none", "", nil, nil},
		{"a key again is declined", "CreateSession", again(declined), []string{repeated}},
		{"a key again is declined", "UpdateSession", again(declined), []string{repeated}},
		{"a key again is declined", "DeleteSession", again(declined), []string{repeated}},
		{"a key again is declined", "Authorize", again(declined), []string{repeated}},
		{"a key again is declined", "Capture", again(declined), []string{repeated}},
		{"a key again is declined", "Refund", again(declined), []string{repeated}},
		{"a key again is declined", "Cancel", again(declined), []string{repeated}},
		{"a key again makes another session", "CreateSession", again(renamed), []string{repeated}},
		{"a key again is carried out", "Capture", again(twice), []string{repeated}},
		{"a key again is carried out", "Refund", again(twice), []string{repeated}},
		{"does nothing", "UpdateSession", idle(func(paymenttest.Account, payment.Call) bool { return true }), []string{changed, bounds, repeated}},
		{"raises only", "UpdateSession", idle(func(a paymenttest.Account, c payment.Call) bool { return c.Amount.Cmp(a.Amount) < 0 }), []string{bounds}},
		{"lowers only", "UpdateSession", idle(func(a paymenttest.Account, c payment.Call) bool { return c.Amount.Cmp(a.Amount) > 0 }), []string{changed, repeated}},
		{"does nothing to what is pending", "DeleteSession", idle(func(a paymenttest.Account, _ payment.Call) bool { return a.Status == payment.SessionPending }), []string{over}},
		{"does nothing to what is not captured", "Cancel", idle(func(a paymenttest.Account, _ payment.Call) bool { return a.Captured.IsZero() }), []string{over}},
	} {
		failures := paymenttest.Failures(t.Context(), &mutant{Fake: paymenttest.New("pp_mutant"), name: test.method, other: test.other})
		slices.Sort(test.found)
		if found := slices.Sorted(maps.Keys(failures)); !slices.Equal(found, test.found) {
			t.Errorf("%s: %s: found %q; want %q to fail", test.method, test.name, failures, test.found)
		}
	}
}
