package payment_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

// Messages lead to the same, however often and in which order they come.
func TestMessagesInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, delivery := range []paymenttest.Delivery{paymenttest.InOrder, paymenttest.Twice, paymenttest.Backwards} {
			c, session := pending(t, s)
			fake.Becomes(payment.SessionPendingAuthorization)
			if _, err := s.Authorize(t.Context(), session.ID); err != nil {
				t.Fatal(err)
			}
			fake.Outside(session.ID, func(a *paymenttest.Account) { a.Status = payment.SessionAuthorized })
			fake.Outside(session.ID, func(a *paymenttest.Account) { a.Captured = money.Int(70) })
			fake.Outside(session.ID, func(a *paymenttest.Account) { a.Captured, a.Refunded = money.Int(100), money.Int(5) })
			if err := fake.Deliver(t.Context(), s, delivery); err != nil {
				t.Error(err)
			}
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "5")

			fake.Becomes(payment.SessionAuthorized)
			c, p := authorized(t, s, outside)
			fake.Outside(p.PaymentSessionID, func(a *paymenttest.Account) { a.Canceled = true })
			if err := fake.Deliver(t.Context(), s, delivery); err != nil {
				t.Error(err)
			}
			if p, err := s.Payments.Retrieve(t.Context(), p.ID); err != nil || p.CanceledAt == nil {
				t.Errorf("canceled outside: %+v, %v", p, err)
			}
			wantCollection(t, s, c.ID, payment.CollectionAwaiting, "0", "0", "0")
		}
		agree(t, s, fake)
	})
}

// A message that says captured captures the sum that it names, whatever was known of the
// session before, and however often and in which order messages come.
func TestMessagesOfPartsCaptured(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		known := map[string]func(session string){
			"pending": func(string) {},
			"waiting": func(session string) {
				fake.Becomes(payment.SessionPendingAuthorization)
				_, _ = s.Authorize(t.Context(), session) // what it is then shows below
				fake.Becomes(payment.SessionAuthorized)
			},
			"authorized": func(session string) { _, _ = s.Authorize(t.Context(), session) },
			"an authorization that was lost": func(session string) {
				fake.Next(paymenttest.LoseCall)
				_, _ = s.Authorize(t.Context(), session)
			},
			"an authorization whose answer was lost": func(session string) {
				fake.Next(paymenttest.LoseAnswer)
				_, _ = s.Authorize(t.Context(), session)
			},
		}
		for name, prepare := range known {
			for _, delivery := range []paymenttest.Delivery{paymenttest.InOrder, paymenttest.Twice, paymenttest.Backwards} {
				for _, sums := range [][]string{{"0"}, {"70"}, {"30", "70"}, {"70", "100"}} {
					c, session := pending(t, s)
					prepare(session.ID)
					last := sums[len(sums)-1]
					for _, sum := range sums {
						fake.Outside(session.ID, func(a *paymenttest.Account) {
							a.Status, a.Captured = payment.SessionCaptured, money.MustParse(sum)
						})
					}
					if err := fake.Deliver(t.Context(), s, delivery); err != nil {
						t.Errorf("%s, captured %q: %v", name, sums, err)
					}
					if n, err := s.Reconcile(t.Context(), 0); n != 0 || err != nil {
						t.Errorf("%s, captured %q: reconciled %d, %v", name, sums, n, err)
					}
					status := payment.CollectionAuthorized
					if last == "100" {
						status = payment.CollectionCompleted
					}
					wantCollection(t, s, c.ID, status, "100", last, "0")
					agree(t, s, fake, c.ID)
				}
			}
		}
	})
}

// A payment of which a message says that it was captured, but nothing of it, can be
// canceled.
func TestCapturedOfNothingCanBeCanceled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		c, session := pending(t, s)
		fake.Outside(session.ID, func(a *paymenttest.Account) { a.Status = payment.SessionCaptured })
		if err := fake.Deliver(t.Context(), s, paymenttest.InOrder); err != nil {
			t.Fatal(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "0", "0")
		p, err := s.Payments.List(t.Context(), module.Where{"payment_session_id": session.ID}, module.Page{})
		if err != nil || len(p) != 1 {
			t.Fatalf("the payments are %v, %v", p, err)
		}
		if err := s.Cancel(t.Context(), p[0].ID); err != nil {
			t.Error(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAwaiting, "0", "0", "0")
	})
}

// A message about a call whose answer was lost finishes the call's attempt, and what
// the call did is entered once.
func TestMessagesBeforeAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		c, p := authorized(t, s, outside)
		fake.Next(paymenttest.LoseAnswer)
		if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(40)), CreatedBy: new("user_1")}); err == nil {
			t.Fatal("the answer was not lost")
		}
		if err := fake.Deliver(t.Context(), s, paymenttest.Twice); err != nil {
			t.Error(err)
		}
		if n, err := s.Reconcile(t.Context(), 0); n != 0 || err != nil {
			t.Errorf("reconciled %d, %v", n, err)
		}
		captures, err := s.Captures.List(t.Context(), nil, module.Page{})
		if err != nil || len(captures) != 1 || captures[0].CreatedBy == nil || *captures[0].CreatedBy != "user_1" {
			t.Errorf("the captures are %+v, %v", captures, err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
		agree(t, s, fake)
	})
}

func TestMessagesThatAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		_, p := authorized(t, s, outside)
		c, session := pending(t, s)
		fake.Messages()
		forged := payment.Message{Body: []byte(`{"SessionID":"` + p.PaymentSessionID + `"}`)}
		if err := s.Webhook(t.Context(), outside, forged); fault.TypeOf(err) != fault.Unauthorized {
			t.Errorf("a forged message: %v", err)
		}
		if err := s.Webhook(t.Context(), payment.SystemProviderID, forged); fault.TypeOf(err) != fault.NotAllowed {
			t.Errorf("a message to the system: %v", err)
		}
		if err := s.CancelCollection(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
		fake.Outside(session.ID, func(a *paymenttest.Account) { a.Status = payment.SessionAuthorized })
		if err := fake.Deliver(t.Context(), s, paymenttest.InOrder); fault.TypeOf(err) == "" || !strings.Contains(err.Error(), session.ID) {
			t.Errorf("what was deleted was authorized: %v", err)
		}
	})
}

// gate is a provider whose captures are answered when all that are awaited are there.
type gate struct {
	*paymenttest.Fake
	awaited *sync.WaitGroup
}

func (g *gate) Capture(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	o, err := g.Fake.Capture(ctx, c)
	if g.awaited != nil {
		g.awaited.Done()
		g.awaited.Wait()
	}
	return o, err
}

// However many finish an attempt at once, it is finished once.
func TestManyReconcileAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		g := &gate{Fake: paymenttest.New(outside)}
		own := &module.Module{Name: "gate", Service: func(*module.Store) any { return g }}
		s := payment.New(moduletest.Open(t, d, moduletest.Graph(payment.Module, own)))
		c, p := authorized(t, s, outside)
		g.Next(paymenttest.LoseAnswer)
		_, _ = s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID})
		const callers = 8
		g.awaited = &sync.WaitGroup{}
		g.awaited.Add(callers)
		messages := g.Messages()
		errs := make(chan error)
		for i := range callers {
			go func() {
				if i%2 == 0 {
					_, err := s.Reconcile(t.Context(), 0)
					errs <- err
					return
				}
				errs <- s.Webhook(t.Context(), outside, messages[len(messages)-1])
			}()
		}
		for range callers {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "0")
		agree(t, s, g.Fake)
	})
}

// Payments of one collection are captured at once, and the collection has both.
func TestPaymentsOfOneCollectionAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for range 5 {
			c, err := s.Collect(t.Context(), money.Int(100), "eur")
			if err != nil {
				t.Fatal(err)
			}
			var paid []string
			for _, provider := range []string{payment.SystemProviderID, outside} {
				session, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: provider, Amount: money.Int(50)})
				if err == nil {
					session, err = s.Authorize(t.Context(), session.ID)
				}
				if err != nil {
					t.Fatal(err)
				}
				paid = append(paid, session.Payment.ID)
			}
			errs := make(chan error)
			for _, id := range paid {
				go func() {
					_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: id})
					errs <- err
				}()
			}
			for range paid {
				if err := <-errs; err != nil {
					t.Error(err)
				}
			}
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "0")
		}
		agree(t, s, fake)
	})
}
