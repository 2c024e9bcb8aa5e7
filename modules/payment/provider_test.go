package payment_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

const outside = "pp_fake_test"

// withFake returns a store with a provider outside of it.
func withFake(t testing.TB, d db.DB) (*payment.Service, *paymenttest.Fake) {
	t.Helper()
	fake := paymenttest.New(outside)
	return payment.New(moduletest.Open(t, d, moduletest.Graph(payment.Module, fake.Module()))), fake
}

func TestProvidersConform(t *testing.T) {
	t.Parallel()
	t.Run("fake", func(t *testing.T) { paymenttest.Conform(t, paymenttest.New(outside)) })
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _ := withFake(t, d)
		system, err := s.Provider(payment.SystemProviderID)
		if err != nil {
			t.Fatal(err)
		}
		paymenttest.Conform(t, system)
		if _, err := s.Provider("pp_nobody"); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("an unknown provider: %v", err)
		}
	})
}

// authorized returns a collection of 100 eur and its payment with a provider.
func authorized(t testing.TB, s *payment.Service, provider string) (*payment.Collection, *payment.Payment) {
	t.Helper()
	c, session := opened(t, s, provider)
	session, err := s.Authorize(t.Context(), session.ID)
	if err != nil || session.Payment == nil {
		t.Fatalf("authorize: %+v, %v", session, err)
	}
	return c, session.Payment
}

// wantCollection checks a collection's status and amounts.
func wantCollection(t testing.TB, s *payment.Service, id string, status payment.CollectionStatus, authorized, captured, refunded string) {
	t.Helper()
	c, err := s.Collections.Retrieve(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	text := func(a *money.Amount) string {
		if a == nil {
			return "null"
		}
		return a.String()
	}
	if c.Status != status || text(c.AuthorizedAmount) != authorized || text(c.CapturedAmount) != captured || text(c.RefundedAmount) != refunded {
		t.Errorf("collection is %s with %s authorized, %s captured, %s refunded; want %s, %s, %s, %s",
			c.Status, text(c.AuthorizedAmount), text(c.CapturedAmount), text(c.RefundedAmount), status, authorized, captured, refunded)
	}
}

func TestPayAndRefund(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, provider := range []string{payment.SystemProviderID, outside} {
			c, p := authorized(t, s, provider)
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "0", "0")
			if p.Amount.String() != "100" || p.ProviderID != provider {
				t.Errorf("the payment is %+v", p)
			}
			again, err := s.Authorize(t.Context(), p.PaymentSessionID)
			if err != nil || again.Payment.ID != p.ID {
				t.Errorf("authorizing again: %+v, %v", again, err)
			}
			capture := func(amount *money.Amount) *payment.Payment {
				t.Helper()
				p, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: amount})
				if err != nil {
					t.Fatal(err)
				}
				return p
			}
			if p := capture(new(money.Int(60))); p.CapturedAt != nil || p.CapturedAmount.String() != "60" {
				t.Errorf("after 60: %+v", p)
			}
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "60", "0")
			if p := capture(nil); p.CapturedAt == nil || p.CapturedAmount.String() != "100" {
				t.Errorf("after the rest: %+v", p)
			}
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "0")
			calls := fake.Calls()
			capture(nil)
			capture(new(money.Int(500)))
			if n, err := s.Captures.Count(t.Context(), nil); err != nil || n%2 != 0 || fake.Calls() != calls {
				t.Errorf("capturing a captured payment did something: %d captures, %v", n, err)
			}
			refund := func(r payment.Refunding) {
				t.Helper()
				r.PaymentID = p.ID
				if _, err := s.Refund(t.Context(), r); err != nil {
					t.Fatal(err)
				}
			}
			refund(payment.Refunding{Amount: new(money.MustParse("0.5")), Note: new("scratched"), CreatedBy: new("user_1")})
			refund(payment.Refunding{})
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "100", "100", "100")
		}
		agree(t, s, fake)
	})
}

// agree checks that the books of the provider and of the shop agree, and that the sums
// are those of the entries.
func agree(t rapid.TB, s *payment.Service, fake *paymenttest.Fake, collections ...string) {
	t.Helper()
	differences, err := fake.Differences(context.Background(), s, collections...)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range differences {
		t.Error(d)
	}
}
