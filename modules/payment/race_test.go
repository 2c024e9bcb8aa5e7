package payment_test

import (
	"context"
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

// overtaken is a provider outside of the shop whose answers come late: what answering
// does happens first. It may change the answer, or decline.
type overtaken struct {
	*paymenttest.Fake
	answering func(o *payment.Outcome) error
	tells     *payment.Event // by every message, if it is there
}

func (p *overtaken) Webhook(ctx context.Context, m payment.Message) (payment.Event, error) {
	if p.tells != nil {
		return *p.tells, nil
	}
	return p.Fake.Webhook(ctx, m)
}

func (p *overtaken) answer(o payment.Outcome, err error) (payment.Outcome, error) {
	if err == nil && p.answering != nil {
		err = p.answering(&o)
	}
	return o, err
}

func (p *overtaken) UpdateSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return p.answer(p.Fake.UpdateSession(ctx, c))
}

func (p *overtaken) Authorize(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return p.answer(p.Fake.Authorize(ctx, c))
}

func (p *overtaken) Capture(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return p.answer(p.Fake.Capture(ctx, c))
}

// once sets what happens before the next answer, and not before later ones.
func (p *overtaken) once(do func(o *payment.Outcome) error) {
	p.answering = func(o *payment.Outcome) error {
		p.answering = nil
		return do(o)
	}
}

func withOvertaken(t testing.TB, d db.DB) (*payment.Service, *overtaken) {
	t.Helper()
	p := &overtaken{Fake: paymenttest.New(outside)}
	own := &module.Module{Name: outside, Service: module.Provide(func(*module.Store) *overtaken { return p })}
	return payment.New(moduletest.Open(t, d, moduletest.Graph(payment.Module, own))), p
}

// wantNoneOpen checks that no call of a provider is left unfinished.
func wantNoneOpen(t testing.TB, s *payment.Service) {
	t.Helper()
	if n, err := s.Reconcile(t.Context(), 0); n != 0 || err != nil {
		t.Errorf("reconciled %d, %v; nothing was to be left", n, err)
	}
}

// A message that comes before the answer of the call that it is about finishes the
// call, and what the call did is entered once.
func TestMessagesOvertakeAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, p := withOvertaken(t, d)
		deliver := func(*payment.Outcome) error { return p.Deliver(t.Context(), s, paymenttest.Twice) }
		c, session := pending(t, s)
		p.once(deliver)
		got, err := s.Authorize(t.Context(), session.ID)
		if err != nil || got.Payment == nil {
			t.Fatalf("authorize: %+v, %v", got, err)
		}
		p.once(deliver)
		if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: got.Payment.ID, Amount: new(money.Int(40))}); err != nil {
			t.Error(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
		wantNoneOpen(t, s)
		agree(t, s, p.Fake)
	})
}

// A message that found no open call when it came finds the one that was stored
// meanwhile, and waits for it.
func TestMessagesLookForCallsUnderTheLock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, p := withOvertaken(t, d)
		hear := func(session string, e payment.Event) func(*payment.Outcome) error {
			return func(*payment.Outcome) error {
				e.SessionID = session
				open, err := payment.Hear(t.Context(), s, e)
				if err != nil || len(open) != 1 {
					t.Errorf("hearing of %+v: open are %v, %v; want the call", e, open, err)
				}
				return nil
			}
		}
		c, session := pending(t, s)
		p.once(hear(session.ID, payment.Event{Status: payment.SessionAuthorized}))
		got, err := s.Authorize(t.Context(), session.ID)
		if err != nil || got.Payment == nil {
			t.Fatalf("authorize: %+v, %v", got, err)
		}
		p.once(hear(session.ID, payment.Event{Status: payment.SessionCaptured, Captured: money.Int(40)}))
		if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: got.Payment.ID, Amount: new(money.Int(40))}); err != nil {
			t.Error(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
		wantNoneOpen(t, s)
		agree(t, s, p.Fake)
	})
}

// A message about a session of which new calls are made all the time is a conflict, and
// is taken when it comes again.
func TestMessagesDoNotWaitForEver(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, p := withOvertaken(t, d)
		c, paid := authorized(t, s, outside)
		another := func(*payment.Outcome) error {
			p.Next(paymenttest.LoseAnswer)
			_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: paid.ID, Amount: new(money.Int(1))})
			if fault.TypeOf(err) != fault.Unavailable {
				t.Errorf("capturing: %v", err)
			}
			return nil
		}
		_ = another(nil)
		p.answering = another
		messages := p.Messages()
		last := messages[len(messages)-1]
		if err := s.Webhook(t.Context(), outside, last); fault.TypeOf(err) != fault.Conflict {
			t.Errorf("a message between calls: %v", err)
		}
		p.answering = nil
		if err := s.Webhook(t.Context(), outside, last); err != nil {
			t.Error(err)
		}
		wantNoneOpen(t, s)
		agree(t, s, p.Fake, c.ID)
	})
}

// A session that got its payment while a call about it was under way keeps both, whatever
// the answer is, and the call is finished.
func TestAnswersAboutPaidSessions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, p := withOvertaken(t, d)
		authorize := func(id string) error { _, err := s.Authorize(t.Context(), id); return err }
		update := func(id string) error {
			_, err := s.UpdateSession(t.Context(), id, money.Int(60), nil)
			return err
		}
		for name, test := range map[string]struct {
			do       func(session string) error
			answer   func(o *payment.Outcome) error
			captured string
			status   payment.CollectionStatus
		}{
			"authorized": {authorize, func(*payment.Outcome) error { return nil }, "10", payment.CollectionAuthorized},
			"declined":   {authorize, func(*payment.Outcome) error { return payment.Decline("authorized already") }, "10", payment.CollectionAuthorized},
			"captured":   {authorize, func(o *payment.Outcome) error { o.Status = payment.SessionCaptured; return nil }, "100", payment.CollectionCompleted},
			"updated":    {update, func(*payment.Outcome) error { return nil }, "10", payment.CollectionAuthorized},
		} {
			c, session := pending(t, s)
			p.once(func(o *payment.Outcome) error {
				pay(t, s, session)
				return test.answer(o)
			})
			if err := test.do(session.ID); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			got, err := s.Sessions.Retrieve(t.Context(), session.ID)
			if err != nil || got.Status != payment.SessionAuthorized || got.Amount.String() != "100" {
				t.Errorf("%s: the session is %+v, %v", name, got, err)
			}
			wantCollection(t, s, c.ID, test.status, "100", test.captured, "0")
			wantNoneOpen(t, s)
		}
	})
}

// pay enters the payment of a session, of which 10 are captured, as another program does.
func pay(t testing.TB, s *payment.Service, session *payment.Session) {
	t.Helper()
	if _, err := s.Sessions.Update(t.Context(), []string{session.ID}, module.Patch{"status": "authorized"}); err != nil {
		t.Fatal(err)
	}
	p := &payment.Payment{
		Amount: session.Amount, CurrencyCode: session.CurrencyCode, ProviderID: session.ProviderID,
		PaymentCollectionID: session.PaymentCollectionID, PaymentSessionID: session.ID,
	}
	moduletest.Create(t, s.Payments, p)
	moduletest.Create(t, s.Captures, &payment.Capture{PaymentID: p.ID, Amount: money.Int(10)})
}
