package payment_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

// walk is a shop whose provider misbehaves.
type walk struct {
	s          *payment.Service
	fake       *paymenttest.Fake
	collection string
}

func (w *walk) payments(t *rapid.T) []*payment.Payment {
	out, err := w.s.Payments.List(context.Background(), module.Where{"payment_collection_id": w.collection}, module.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (w *walk) sessions(t *rapid.T) []*payment.Session {
	out, err := w.s.Sessions.List(context.Background(), module.Where{"payment_collection_id": w.collection}, module.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// step does something, which may fail in the ways that an operation can.
func (w *walk) step(t *rapid.T) {
	ctx := context.Background()
	w.fake.Becomes(rapid.SampledFrom([]payment.SessionStatus{payment.SessionAuthorized, payment.SessionAuthorized, payment.SessionCaptured, payment.SessionPendingAuthorization}).Draw(t, "becomes"))
	w.fake.Next(rapid.SliceOfN(rapid.SampledFrom([]paymenttest.Fault{
		paymenttest.None, paymenttest.Decline, paymenttest.LoseCall, paymenttest.LoseAnswer, paymenttest.Repeat, paymenttest.Delay,
	}), 0, 2).Draw(t, "faults")...)
	amount := new(money.Int(int64(rapid.IntRange(1, 60).Draw(t, "amount"))))
	var err error
	steps := []string{"open", "authorize", "authorize", "delete", "outside", "reconcile", "arrive", "deliver"}
	if len(w.payments(t)) > 0 {
		steps = []string{"capture", "capture", "refund", "refund", "cancel", "outside", "reconcile", "arrive", "deliver", "deliver"}
	}
	does := rapid.SampledFrom(steps).Draw(t, "step")
	for _, s := range w.sessions(t) {
		switch does {
		case "authorize":
			_, err = w.s.Authorize(ctx, s.ID)
		case "delete":
			err = w.s.DeleteSession(ctx, s.ID)
		case "outside":
			w.fake.Outside(s.ID, func(a *paymenttest.Account) { a.Happen(*amount) })
		}
	}
	for _, p := range w.payments(t) {
		switch does {
		case "capture":
			_, err = w.s.Capture(ctx, payment.Capturing{PaymentID: p.ID, Amount: amount})
		case "refund":
			_, err = w.s.Refund(ctx, payment.Refunding{PaymentID: p.ID, Amount: amount})
		case "cancel":
			err = w.s.Cancel(ctx, p.ID)
		}
	}
	switch does {
	case "open":
		_, err = w.s.CreateSession(ctx, payment.NewSession{CollectionID: w.collection, ProviderID: outside, Amount: money.Int(100)})
	case "reconcile":
		_, _ = w.s.Reconcile(ctx, 0) // what fails is tried again at the end
	case "arrive":
		w.fake.Arrive()
	case "deliver":
		_ = w.fake.Deliver(ctx, w.s, rapid.SampledFrom([]paymenttest.Delivery{paymenttest.InOrder, paymenttest.Twice, paymenttest.Backwards}).Draw(t, "delivery"))
	}
	if typ := fault.TypeOf(err); err != nil && typ != fault.NotAllowed && typ != fault.InvalidData && typ != fault.Conflict && typ != fault.Unavailable {
		t.Fatalf("%s: %v", does, err)
	}
}

// settle lets everything that is under way come to its end.
func (w *walk) settle(t *rapid.T) {
	ctx := context.Background()
	w.fake.Next()
	w.fake.Becomes(payment.SessionAuthorized)
	w.fake.Arrive()
	if _, err := w.s.Reconcile(ctx, 0); err != nil {
		t.Fatal(err)
	}
	if err := w.fake.Deliver(ctx, w.s, paymenttest.Backwards); err != nil {
		t.Fatal(err)
	}
}

// After any faults, once all is reconciled and delivered, the provider's books and
// ours agree.
func TestBooksAgreeAfterAnyFaults(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		rapid.Check(t, func(t *rapid.T) {
			c, err := s.Collect(context.Background(), money.Int(100), "eur")
			if err != nil {
				t.Fatal(err)
			}
			w := &walk{s, fake, c.ID}
			_, err = s.CreateSession(context.Background(), payment.NewSession{CollectionID: c.ID, ProviderID: outside, Amount: money.Int(100)})
			if err != nil {
				t.Fatal(err)
			}
			for range rapid.IntRange(1, 20).Draw(t, "steps") {
				w.step(t)
			}
			w.settle(t)
			agree(t, s, fake, c.ID)
			found := func(wrong module.Wrong) {
				t.Errorf("%s of %s is %s, not %s", wrong.Column, wrong.ID, wrong.Stored, wrong.Computed)
			}
			for _, p := range w.payments(t) {
				if err := payment.CheckSums(context.Background(), s, p.ID, found); err != nil {
					t.Fatal(err)
				}
			}
		})
		if found := moduletest.Broken(t.Context(), t, d, payment.Module); found != "" {
			t.Error(found)
		}
	})
}
