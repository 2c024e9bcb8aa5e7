package payment_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(payment.Module)

// paid creates a collection of 100 with a payment, and returns the payment.
func paid(t *testing.T, s *payment.Service) *payment.Payment {
	t.Helper()
	c := &payment.Collection{CurrencyCode: "EUR", Amount: money.Int(100), PaymentSessions: []*payment.Session{{
		CurrencyCode: "eur", Amount: money.Int(100), ProviderID: "pp_system_default", Status: payment.SessionAuthorized,
	}}}
	p := &payment.Payment{CurrencyCode: "eur", Amount: money.Int(100), ProviderID: "pp_system_default", PaymentSession: c.PaymentSessions[0]}
	c.Payments = []*payment.Payment{p}
	moduletest.Create(t, s.Collections, c)
	return p
}

func TestPaymentRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		p := paid(t, s)
		collect := func(c *payment.Collection) func(context.Context) error {
			return func(ctx context.Context) error { return s.Collections.Create(ctx, c) }
		}
		session := func(spoil func(*payment.Session)) func(context.Context) error {
			x := &payment.Session{CurrencyCode: "eur", Amount: money.Int(1), ProviderID: "pp_x"}
			spoil(x)
			return collect(&payment.Collection{CurrencyCode: "eur", Amount: money.Int(1), PaymentSessions: []*payment.Session{x}})
		}
		again := &payment.Payment{CurrencyCode: "eur", Amount: money.Int(1), ProviderID: "pp", PaymentCollectionID: p.PaymentCollectionID, PaymentSessionID: p.PaymentSessionID}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: collect(&payment.Collection{Amount: money.Int(1)}), Words: []string{"payment_collection.currency_code"}},
			moduletest.Refusal{Do: collect(&payment.Collection{CurrencyCode: "eur", Amount: money.Int(-1)}), Words: []string{"payment_collection.amount cannot be -1"}},
			moduletest.Refusal{Do: session(func(x *payment.Session) { x.Amount = money.Int(-2) }), Words: []string{"payment_session.amount"}},
			moduletest.Refusal{Do: session(func(x *payment.Session) { x.ProviderID = "" }), Words: []string{"payment_session.provider_id"}},
			moduletest.Refusal{Do: session(func(x *payment.Session) { x.Status = "done" }), Words: []string{"payment_session.status", "authorized"}},
			moduletest.Refusal{Name: "a second payment of a session", Type: fault.DuplicateError, Words: []string{"payment_session_id", p.PaymentSessionID},
				Do: func(ctx context.Context) error { return s.Payments.Create(ctx, again) }},
			moduletest.Refusal{Name: "a payment below zero", Words: []string{"payment.amount"}, Do: func(ctx context.Context) error {
				_, err := s.Payments.Update(ctx, []string{p.ID}, module.Patch{"amount": -1})
				return err
			}},
			moduletest.Refusal{Name: "a provider without an id", Words: []string{"payment_provider.id"}, Do: func(ctx context.Context) error {
				return s.Providers.Create(ctx, &payment.ProviderRecord{})
			}},
			moduletest.Refusal{Name: "a reason without a code", Words: []string{"refund_reason.code"}, Do: func(ctx context.Context) error {
				return s.RefundReasons.Create(ctx, &payment.RefundReason{Label: "Broken"})
			}},
			moduletest.Refusal{Name: "a holder without an account", Words: []string{"account_holder.external_id"}, Do: func(ctx context.Context) error {
				return s.AccountHolders.Create(ctx, &payment.AccountHolder{ProviderID: "pp"})
			}},
		)
	})
}

func TestCapturesAndRefundsStayInBounds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		p := paid(t, s)
		capture := func(amounts ...string) func(context.Context) error {
			var all []*payment.Capture
			for _, a := range amounts {
				all = append(all, &payment.Capture{PaymentID: p.ID, Amount: money.MustParse(a)})
			}
			return func(ctx context.Context) error { return s.Captures.Create(ctx, all...) }
		}
		refund := func(amount string) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.Refunds.Create(ctx, &payment.Refund{PaymentID: p.ID, Amount: money.MustParse(amount)})
			}
		}
		tooLong := money.MustParse("1.23456789012345678901")
		unpaid, err := s.Collect(t.Context(), money.Int(100), "eur")
		if err != nil {
			t.Fatal(err)
		}
		if err := capture("30", "20.5")(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := refund("10.25")(t.Context()); err != nil {
			t.Fatal(err)
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Name: "a collection of 21 digits", Words: []string{"payment_collection.amount", "20 digits"}, Do: func(ctx context.Context) error {
				_, err := s.Collect(ctx, tooLong, "eur")
				return err
			}},
			moduletest.Refusal{Name: "a session of 21 digits", Words: []string{"20 digits"}, Do: func(ctx context.Context) error {
				_, err := s.CreateSession(ctx, payment.NewSession{CollectionID: unpaid.ID, ProviderID: payment.SystemProviderID, Amount: tooLong})
				return err
			}},
			moduletest.Refusal{Name: "capturing 21 digits", Words: []string{p.ID, "20 digits"}, Do: func(ctx context.Context) error {
				_, err := s.Capture(ctx, payment.Capturing{PaymentID: p.ID, Amount: &tooLong})
				return err
			}},
			moduletest.Refusal{Name: "refunding 21 digits", Words: []string{p.ID, "20 digits"}, Do: func(ctx context.Context) error {
				_, err := s.Refund(ctx, payment.Refunding{PaymentID: p.ID, Amount: &tooLong})
				return err
			}},
			moduletest.Refusal{Do: capture("0"), Words: []string{"capture.amount cannot be 0"}},
			moduletest.Refusal{Do: capture("-1"), Words: []string{"capture.amount cannot be -1"}},
			moduletest.Refusal{Do: capture("49.51"), Words: []string{p.ID, "is of 100 eur", "100.01"}},
			moduletest.Refusal{Do: capture("25", "25"), Words: []string{"100.5 cannot be captured"}},
			moduletest.Refusal{Do: refund("0"), Words: []string{"refund.amount"}},
			moduletest.Refusal{Do: refund("40.26"), Words: []string{p.ID, "has 50.5 eur captured", "50.51 cannot be refunded"}},
			moduletest.Refusal{Name: "a capture of nothing", Type: fault.NotFound, Words: []string{"capture.payment_id", "pay_x"}, Do: func(ctx context.Context) error {
				return s.Captures.Create(ctx, &payment.Capture{PaymentID: "pay_x", Amount: money.Int(1)})
			}},
			moduletest.Refusal{Name: "a payment below its captures", Words: []string{"50.5 cannot be captured"}, Do: func(ctx context.Context) error {
				_, err := s.Payments.Update(ctx, []string{p.ID}, module.Patch{"amount": 50})
				return err
			}},
		)
		if err := capture("49.5")(t.Context()); err != nil {
			t.Errorf("the rest: %v", err)
		}
		if _, err := s.Payments.Update(t.Context(), []string{p.ID}, module.Patch{"canceled_at": time.Now()}); err != nil {
			t.Fatal(err)
		}
		moduletest.Refuse(t, store, moduletest.Refusal{Do: capture("1"), Words: []string{p.ID, "canceled"}})
	})
}

// Ten concurrent calls capture 30 of 100 each; three succeed.
func TestCapturesAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		p := paid(t, s)
		errs := make(chan error)
		for range 10 {
			go func() {
				errs <- s.Captures.Create(t.Context(), &payment.Capture{PaymentID: p.ID, Amount: money.Int(30)})
			}()
		}
		done := 0
		for range 10 {
			switch err := <-errs; fault.TypeOf(err) {
			case "":
				done++
			case fault.InvalidData:
			default:
				t.Errorf("capturing: %v", err)
			}
		}
		if n, err := s.Captures.Count(t.Context(), nil); done != 3 || n != 3 || err != nil {
			t.Errorf("%d captures were made, %d are there (%v), want 3", done, n, err)
		}
	})
}
