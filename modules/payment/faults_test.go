package payment_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

// lost are the faults after which nobody knows whether a call was carried out.
var lost = []paymenttest.Fault{paymenttest.LoseCall, paymenttest.LoseAnswer, paymenttest.Delay}

// An answer that does not come leaves an attempt, which claims its amount until it is
// reconciled, and is carried out once.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, f := range lost {
			c, p := authorized(t, s, outside)
			capture := func(amount int64) error {
				_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(amount))})
				return err
			}
			fake.Next(f)
			if err := capture(60); fault.TypeOf(err) != fault.Unavailable || !errors.Is(err, paymenttest.ErrLost) || !strings.Contains(err.Error(), "capture 60 eur") {
				t.Errorf("capturing: %v", err)
			}
			if err := capture(41); fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("capturing what is claimed: %v", err)
			}
			if err := s.Cancel(t.Context(), p.ID); fault.TypeOf(err) != fault.Conflict {
				t.Errorf("canceling what is being captured: %v", err)
			}
			if err := capture(40); err != nil {
				t.Error(err)
			}
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "40", "0")
			if n, err := s.Reconcile(t.Context(), time.Hour); n != 0 || err != nil {
				t.Errorf("reconciled %d young attempts, %v", n, err)
			}
			if n, err := s.Reconcile(t.Context(), 0); n != 1 || err != nil {
				t.Errorf("reconciled %d, %v", n, err)
			}
			fake.Arrive()
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "0")
		}
		agree(t, s, fake)
	})
}

// An authorization whose answer is lost is asked for again, with the same key.
func TestLostAuthorizations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, f := range lost {
			c, session := pending(t, s)
			fake.Next(f)
			if _, err := s.Authorize(t.Context(), session.ID); fault.TypeOf(err) != fault.Unavailable {
				t.Errorf("authorizing: %v", err)
			}
			if err := s.DeleteSession(t.Context(), session.ID); fault.TypeOf(err) != fault.Conflict {
				t.Errorf("deleting what is being authorized: %v", err)
			}
			if err := s.CancelCollection(t.Context(), c.ID); fault.TypeOf(err) != fault.Conflict {
				t.Errorf("canceling what is being authorized: %v", err)
			}
			got, err := s.Authorize(t.Context(), session.ID)
			if err != nil || got.Payment == nil {
				t.Fatalf("authorizing again: %+v, %v", got, err)
			}
			fake.Arrive()
			if n, err := s.Attempts.Count(t.Context(), module.Where{"payment_session_id": session.ID, "kind": "authorize"}); n != 1 || err != nil {
				t.Errorf("%d attempts, %v", n, err)
			}
		}
		agree(t, s, fake)
	})
}

// pending returns a collection with a session outside that is not authorized.
func pending(t testing.TB, s *payment.Service) (*payment.Collection, *payment.Session) {
	t.Helper()
	return opened(t, s, outside)
}

// opened returns a collection of 100 eur with a session that is not authorized.
func opened(t testing.TB, s *payment.Service, provider string) (*payment.Collection, *payment.Session) {
	t.Helper()
	c, err := s.Collect(t.Context(), money.Int(100), "eur")
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: provider, Amount: c.Amount})
	if err != nil {
		t.Fatal(err)
	}
	return c, session
}

// What authorization leads to, and what the collection becomes.
func TestAuthorizations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for status, want := range map[payment.SessionStatus]payment.CollectionStatus{
			payment.SessionAuthorized: payment.CollectionAuthorized, payment.SessionCaptured: payment.CollectionCompleted,
			payment.SessionRequiresMore: payment.CollectionAwaiting, payment.SessionPendingAuthorization: payment.CollectionAwaiting,
		} {
			c, session := pending(t, s)
			fake.Becomes(status)
			got, err := s.Authorize(t.Context(), session.ID)
			if err != nil || got.Status != status || (got.Payment != nil) != (want != payment.CollectionAwaiting) || (got.AuthorizedAt != nil) != (got.Payment != nil) {
				t.Errorf("%s: %+v, %v", status, got, err)
			}
			if c, err = s.Collections.Retrieve(t.Context(), c.ID); err != nil || c.Status != want {
				t.Errorf("%s: the collection is %s, %v; want %s", status, c.Status, err, want)
			}
		}
		fake.Becomes(payment.SessionAuthorized)
		_, session := pending(t, s)
		fake.Next(paymenttest.Decline)
		if got, err := s.Authorize(t.Context(), session.ID); err != nil || got.Status != payment.SessionError || got.Payment != nil {
			t.Errorf("declined: %+v, %v", got, err)
		}
		if got, err := s.Authorize(t.Context(), session.ID); err != nil || got.Payment == nil {
			t.Errorf("after it was declined: %+v, %v", got, err)
		}
		c, _ := s.Collect(t.Context(), money.Int(100), "eur")
		half, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: outside, Amount: money.Int(50)})
		if err == nil {
			_, err = s.Authorize(t.Context(), half.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionPartiallyAuthorized, "50", "0", "0")
		agree(t, s, fake)
	})
}

// Sessions are replaced, also with the provider, and collections canceled.
func TestSessionsAreReplacedAndCanceled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		c, first := pending(t, s)
		if _, err := s.UpdateSession(t.Context(), first.ID, money.Int(90), nil); err != nil {
			t.Fatal(err)
		}
		second, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: outside, Amount: c.Amount})
		if err != nil {
			t.Fatal(err)
		}
		if a, _ := fake.Account(first.ID); !a.Deleted || a.Amount.String() != "90" {
			t.Errorf("the first session is %+v", a)
		}
		fake.Next(paymenttest.Decline)
		if err := s.DeleteSession(t.Context(), second.ID); fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "told to") {
			t.Errorf("a deletion that is declined: %v", err)
		}
		if _, err := s.Authorize(t.Context(), second.ID); err != nil {
			t.Fatal(err)
		}
		fake.Next(paymenttest.LoseAnswer)
		if err := s.CancelCollection(t.Context(), c.ID); fault.TypeOf(err) != fault.Unavailable {
			t.Errorf("canceling: %v", err)
		}
		if err := s.CancelCollection(t.Context(), c.ID); err != nil {
			t.Errorf("canceling again: %v", err)
		}
		wantCollection(t, s, c.ID, payment.CollectionCanceled, "0", "0", "0")
		part, p := authorized(t, s, outside)
		if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(5))}); err != nil {
			t.Fatal(err)
		}
		if err := s.CancelCollection(t.Context(), part.ID); err != nil {
			t.Fatal(err)
		}
		wantCollection(t, s, part.ID, payment.CollectionPartiallyCaptured, "100", "5", "0")
		agree(t, s, fake)
	})
}

// A provider outside is not called inside a transaction; the system's is, and what it
// did is rolled back.
func TestProvidersInTransactions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		_, theirs := authorized(t, s, outside)
		_, ours := authorized(t, s, payment.SystemProviderID)
		calls, stop := fake.Calls(), errors.New("stop")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			for name, do := range map[string]func() error{
				"capture": func() error { _, err := s.Capture(ctx, payment.Capturing{PaymentID: theirs.ID}); return err },
				"cancel":  func() error { return s.CancelCollection(ctx, theirs.PaymentCollectionID) },
				"hear":    func() error { return s.Webhook(ctx, outside, payment.Message{}) },
			} {
				if err := do(); fault.TypeOf(err) != fault.UnexpectedState || !strings.Contains(err.Error(), "inside a transaction") {
					t.Errorf("%s: %v", name, err)
				}
			}
			if _, err := s.Capture(ctx, payment.Capturing{PaymentID: ours.ID}); err != nil {
				t.Error(err)
			}
			return stop
		})
		n, failed := s.Captures.Count(t.Context(), nil)
		if !errors.Is(err, stop) || n != 0 || failed != nil || fake.Calls() != calls {
			t.Errorf("%v; %d captures, %v; %d calls", err, n, failed, fake.Calls()-calls)
		}
		if n, err := s.Attempts.Count(t.Context(), module.Where{"provider_id": payment.SystemProviderID}); n != 0 || err != nil {
			t.Errorf("the system's provider left %d attempts, %v", n, err)
		}
	})
}

// What a provider did is stored even if its data or its reason cannot be: the data from
// before stays.
func TestUnusableAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, p := withOvertaken(t, d)
		for _, data := range []string{"not json", "", "null", `"\u0000"`, "\"\xff\"", `{"a":1}{}`} {
			spoil := func(o *payment.Outcome) error { o.Data = []byte(data); return nil }
			c, session := pending(t, s)
			before := string(session.Data)
			p.once(spoil)
			session, err := s.Authorize(t.Context(), session.ID)
			if err != nil || string(session.Data) != before || session.Payment == nil {
				t.Fatalf("authorize with %q: %+v, %v", data, session, err)
			}
			p.once(spoil)
			paid, err := s.Capture(t.Context(), payment.Capturing{PaymentID: session.Payment.ID, Amount: new(money.Int(40))})
			if err != nil || string(paid.Data) != before {
				t.Errorf("capture with %q: %+v, %v", data, paid, err)
			}
			told := payment.Event{SessionID: session.ID, Status: payment.SessionCaptured, Captured: money.Int(50), Refunded: money.Int(5), Data: []byte(data)}
			p.tells = &told
			if err := s.Webhook(t.Context(), outside, payment.Message{}); err != nil {
				t.Errorf("a message with %q: %v", data, err)
			}
			if paid, err = s.Payments.Retrieve(t.Context(), paid.ID); err != nil || string(paid.Data) != before {
				t.Errorf("after a message with %q: %+v, %v", data, paid, err)
			}
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "50", "5")
		}
		_, session := pending(t, s)
		p.once(func(*payment.Outcome) error { return payment.Decline("no\x00 \xff") })
		if session, err := s.Authorize(t.Context(), session.ID); err != nil || session.Status != payment.SessionError {
			t.Errorf("declined: %+v, %v", session, err)
		}
		wantNoneOpen(t, s)
	})
}
