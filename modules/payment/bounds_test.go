package payment_test

import (
	"context"
	"slices"
	"strings"
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

// 64 callers capture 3 of 100 each, and refund 2 each: 33 captures fit, with the rest
// of 1 left, and 49 refunds of what was captured then.
func TestManyCallersStayInBounds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, provider := range []string{payment.SystemProviderID, outside} {
			c, p := authorized(t, s, provider)
			captured := atOnce(t, func() error {
				_, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(3))})
				return err
			})
			refunded := atOnce(t, func() error {
				_, err := s.Refund(t.Context(), payment.Refunding{PaymentID: p.ID, Amount: new(money.Int(2))})
				return err
			})
			p, err := s.Payments.Retrieve(t.Context(), p.ID)
			if err != nil || captured != 33 || refunded != 49 || p.CapturedAmount.String() != "99" || p.RefundedAmount.String() != "98" {
				t.Errorf("%s: %d captures, %d refunds, %v: %+v", provider, captured, refunded, err, p)
			}
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "99", "98")
		}
		agree(t, s, fake)
	})
}

// atOnce calls do 64 times at once, and returns how many calls succeeded. The others
// must say that the bound is reached.
func atOnce(t *testing.T, do func() error) (done int) {
	t.Helper()
	errs := make(chan error)
	for range 64 {
		go func() { errs <- do() }()
	}
	for range 64 {
		switch err := <-errs; fault.TypeOf(err) {
		case "":
			done++
		case fault.InvalidData, fault.Conflict:
		default:
			t.Errorf("at once: %v", err)
		}
	}
	return done
}

// The database holds the bounds, whoever writes.
func TestDatabaseHoldsTheBounds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		_, p := authorized(t, s, payment.SystemProviderID)
		for _, column := range []string{"captured_amount = '1'", "capture_claims = '100.01'", "refund_claims = '0.01'", "refunded_amount = '1'"} {
			if _, err := d.Exec(t.Context(), "UPDATE payment SET "+column); err == nil {
				t.Errorf("the database takes %s of %s", column, p.ID)
			}
		}
		if _, err := s.Payments.Update(t.Context(), []string{p.ID}, module.Patch{"captured_amount": 1}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("patching a sum: %v", err)
		}
	})
}

// Deleting and restoring entries by hand changes the sums, within the bounds; saving
// a payment that was read before does not.
func TestSumsFollowEntries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		_, p := authorized(t, s, payment.SystemProviderID)
		stale := *p
		small := &payment.Capture{PaymentID: p.ID, Amount: money.Int(10)}
		large := &payment.Capture{PaymentID: p.ID, Amount: money.Int(90)}
		moduletest.Create(t, s.Captures, small, large)
		moduletest.Create(t, s.Refunds, &payment.Refund{PaymentID: p.ID, Amount: money.Int(50)})
		want := func(captured, refunded string) {
			t.Helper()
			got, err := s.Payments.Retrieve(t.Context(), p.ID)
			if err != nil || got.CapturedAmount.String() != captured || got.CaptureClaims.String() != captured || got.RefundedAmount.String() != refunded {
				t.Errorf("%v: %+v; want %s captured and %s refunded", err, got, captured, refunded)
			}
		}
		want("100", "50")
		stale.Data = nil
		if err := s.Payments.Save(t.Context(), &stale); err != nil {
			t.Fatal(err)
		}
		want("100", "50")
		if err := s.Captures.SoftDelete(t.Context(), small.ID); err != nil {
			t.Fatal(err)
		}
		want("90", "50")
		if err := s.Captures.SoftDelete(t.Context(), large.ID); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("deleting what is refunded: %v", err)
		}
		want("90", "50")
		if err := s.Captures.Restore(t.Context(), small.ID); err != nil {
			t.Fatal(err)
		}
		want("100", "50")
		if _, err := s.Captures.Update(t.Context(), []string{small.ID}, module.Patch{"amount": 9}); err != nil {
			t.Fatal(err)
		}
		want("99", "50")
	})
}

// An amount that the currency cannot tell from what is left is what is left.
func TestAmountsOfCurrencies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := payment.New(moduletest.Open(t, d, graph))
		for _, test := range []struct{ currency, amount, capture, refund, tooMuch string }{
			{"eur", "115.808", "115.81", "115.818", "115.82"},
			{"jpy", "1000.4", "1000.49", "1001.4", "1002"},
			{"kwd", "1.2344", "1.234", "1.235", "1.236"},
		} {
			c, err := s.Collect(t.Context(), money.MustParse(test.amount), test.currency)
			if err != nil {
				t.Fatal(err)
			}
			session, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: payment.SystemProviderID, Amount: c.Amount})
			if err == nil {
				session, err = s.Authorize(t.Context(), session.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			id := session.Payment.ID
			if _, err := s.Capture(t.Context(), payment.Capturing{PaymentID: id, Amount: new(money.MustParse(test.tooMuch))}); fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("capturing %s of %s: %v", test.tooMuch, test.amount, err)
			}
			p, err := s.Capture(t.Context(), payment.Capturing{PaymentID: id, Amount: new(money.MustParse(test.capture))})
			if err != nil || p.CapturedAt == nil || p.CapturedAmount.Cmp(p.Amount) > 0 {
				t.Errorf("capturing %s of %s: %v, %+v", test.capture, test.amount, err, p)
			}
			if c, err = s.Collections.Retrieve(t.Context(), c.ID); err != nil || c.Status != payment.CollectionCompleted || c.CompletedAt == nil {
				t.Errorf("the collection is %+v, %v", c, err)
			}
			if _, err := s.Refund(t.Context(), payment.Refunding{PaymentID: id, Amount: new(money.MustParse(test.tooMuch))}); fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("refunding %s of %s: %v", test.tooMuch, test.amount, err)
			}
			before := p.CapturedAmount
			p, err = s.Refund(t.Context(), payment.Refunding{PaymentID: id, Amount: new(money.MustParse(test.refund))})
			if err != nil || !p.RefundedAmount.Equal(before) {
				t.Errorf("refunding %s of %s: %v, %+v", test.refund, before, err, p)
			}
		}
	})
}

// What is not allowed of a payment: A3, A4, A5 of the scenarios, and cancellations.
func TestRefusedOfAPayment(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		_, p := authorized(t, s, payment.SystemProviderID)
		_, gone := authorized(t, s, payment.SystemProviderID)
		c, err := s.Capture(t.Context(), payment.Capturing{PaymentID: p.ID, Amount: new(money.Int(50))})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := s.Cancel(t.Context(), gone.ID); err != nil {
				t.Fatal(err)
			}
		}
		capture := func(id, amount string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := s.Capture(ctx, payment.Capturing{PaymentID: id, Amount: new(money.MustParse(amount))})
				return err
			}
		}
		refund := func(id, amount string, reason *string) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := s.Refund(ctx, payment.Refunding{PaymentID: id, Amount: new(money.MustParse(amount)), RefundReasonID: reason})
				return err
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: capture(p.ID, "100"), Words: []string{p.ID, "100 eur cannot be captured", "50 are left of 100"}},
			moduletest.Refusal{Do: capture(p.ID, "0"), Words: []string{"must be more than 0"}},
			moduletest.Refusal{Do: capture(p.ID, "-1"), Words: []string{"must be more than 0"}},
			moduletest.Refusal{Do: capture(gone.ID, "1"), Words: []string{gone.ID, "was canceled"}},
			moduletest.Refusal{Do: capture("pay_x", "1"), Type: fault.NotFound, Words: []string{"pay_x"}},
			moduletest.Refusal{Do: refund(p.ID, "50.02", nil), Words: []string{p.ID, "50.02 eur cannot be refunded", "50 are captured"}},
			moduletest.Refusal{Do: refund(p.ID, "-1", nil), Words: []string{"must be more than 0"}},
			moduletest.Refusal{Do: refund(p.ID, "1", new("refr_x")), Type: fault.NotFound, Words: []string{"refr_x"}},
			moduletest.Refusal{Do: refund(gone.ID, "1", nil), Words: []string{"nothing is left to be refunded"}},
			moduletest.Refusal{Name: "cancel what is captured", Type: fault.NotAllowed, Words: []string{p.ID, "50 eur were captured"}, Do: func(ctx context.Context) error { return s.Cancel(ctx, p.ID) }},
			moduletest.Refusal{Name: "an unknown provider", Type: fault.NotFound, Words: []string{"pp_x"}, Do: func(ctx context.Context) error {
				_, err := s.CreateSession(ctx, payment.NewSession{CollectionID: c.PaymentCollectionID, ProviderID: "pp_x", Amount: money.Int(1)})
				return err
			}},
		)
	})
}

// What an import has brought beyond the bounds is marked, and can only get better.
func TestOverdrawn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := payment.New(store)
		_, p := authorized(t, s, payment.SystemProviderID)
		moduletest.Create(t, s.Captures, &payment.Capture{PaymentID: p.ID, Amount: money.Int(80)})
		if _, err := d.Exec(t.Context(), "UPDATE capture SET amount = '130'"); err != nil { // as an import does
			t.Fatal(err)
		}
		var found []string
		note := func(w module.Wrong) { found = append(found, w.Column+" "+w.Stored+" "+w.Computed) }
		for _, dry := range []bool{true, false, false} {
			if err := payment.Module.Settle(t.Context(), store, dry, note); err != nil {
				t.Fatal(err)
			}
		}
		once := []string{"captured_amount 80 130", "capture_claims 80 130", "overdrawn false true", "captured_amount 80 130", `status "authorized" "completed"`}
		if want := slices.Concat(once, once); !slices.Equal(found, want) { // nothing is left for the third time
			t.Errorf("found %q", found)
		}
		if err := s.Captures.Create(t.Context(), &payment.Capture{PaymentID: p.ID, Amount: money.Int(1)}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("capturing even more: %v", err)
		}
		if _, err := s.Payments.Update(t.Context(), []string{p.ID}, module.Patch{"metadata": module.Patch{"a": 1}}); err != nil {
			t.Errorf("changing something else: %v", err)
		}
		if _, err := s.Payments.Update(t.Context(), []string{p.ID}, module.Patch{"amount": 130}); err != nil {
			t.Error(err)
		}
		if p, err := s.Payments.Retrieve(t.Context(), p.ID); err != nil || p.Overdrawn {
			t.Errorf("the payment is %+v, %v", p, err)
		}
	})
}

// A session is in its collection's currency, and asks for no more than is left of it.
func TestSessionsFitTheirCollection(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		ctx := t.Context()
		c, err := s.Collect(ctx, money.Int(100), "eur")
		if err != nil {
			t.Fatal(err)
		}
		open := func(amount int64, currency string) (*payment.Session, error) {
			return s.CreateSession(ctx, payment.NewSession{CollectionID: c.ID, ProviderID: payment.SystemProviderID, Amount: money.Int(amount), CurrencyCode: currency})
		}
		refused := func(err error, word string) {
			t.Helper()
			if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), c.ID) || !strings.Contains(err.Error(), word) {
				t.Errorf("the error is %v", err)
			}
		}
		_, err = open(101, "")
		refused(err, "100 of 100")
		_, err = open(100, "jpy")
		refused(err, "jpy")
		part, err := open(60, "EUR")
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.UpdateSession(ctx, part.ID, money.Int(101), nil)
		refused(err, "101")
		for _, amount := range []string{"0", "-1"} {
			_, err = s.UpdateSession(ctx, part.ID, money.MustParse(amount), nil)
			refused(err, "cannot be "+amount)
			_, err = s.CreateSession(ctx, payment.NewSession{CollectionID: c.ID, ProviderID: outside, Amount: money.MustParse(amount)})
			refused(err, "cannot be "+amount+"; it must be more than 0")
		}
		_, err = s.UpdateSession(ctx, part.ID, money.MustParse("1.23456789012345678901"), nil)
		if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "20 digits") {
			t.Errorf("21 digits: %v", err)
		}
		if _, err = s.Authorize(ctx, part.ID); err != nil { // what was refused has not replaced it
			t.Fatal(err)
		}
		_, err = open(41, "")
		refused(err, "40 of 100")
		if _, err = open(40, ""); err != nil {
			t.Error(err)
		}
		if n := fake.Calls(); n != 0 {
			t.Errorf("the provider was called %d times about what was refused", n)
		}
	})
}

// A collection of 0 has a session of 0, which pays it.
func TestNothingToPay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for _, provider := range []string{payment.SystemProviderID, outside} {
			c, err := s.Collect(t.Context(), money.Zero, "eur")
			if err != nil {
				t.Fatal(err)
			}
			session, err := s.CreateSession(t.Context(), payment.NewSession{CollectionID: c.ID, ProviderID: provider})
			if err == nil {
				session, err = s.UpdateSession(t.Context(), session.ID, money.Zero, nil)
			}
			if err == nil {
				session, err = s.Authorize(t.Context(), session.ID)
			}
			if err != nil || session.Payment == nil {
				t.Errorf("%s: %+v, %v", provider, session, err)
			}
			wantCollection(t, s, c.ID, payment.CollectionCompleted, "0", "0", "0")
		}
		agree(t, s, fake)
	})
}

// A collection that has become smaller than its session is not paid with it. What the
// provider has authorized in spite of that is entered: it holds the money.
func TestAuthorizationsFitTheirCollection(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		ctx := t.Context()
		for _, provider := range []string{payment.SystemProviderID, outside} {
			c, session := opened(t, s, provider)
			if err := s.SetAmount(ctx, c.ID, money.Int(60)); err != nil {
				t.Fatal(err)
			}
			calls := fake.Calls()
			_, err := s.Authorize(ctx, session.ID)
			for _, word := range []string{session.ID, c.ID, "cannot be 100", "60 of 60"} {
				if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), word) {
					t.Errorf("%s: authorizing 100 of 60: %v; want an invalid_data error that says %q", provider, err, word)
				}
			}
			if fake.Calls() != calls {
				t.Errorf("%s was called", provider)
			}
			wantCollection(t, s, c.ID, payment.CollectionAwaiting, "0", "0", "0")
			if _, err := s.UpdateSession(ctx, session.ID, money.MustParse("60.004"), nil); err != nil { // which eur cannot tell from 60
				t.Fatal(err)
			}
			if session, err = s.Authorize(ctx, session.ID); err != nil || session.Payment == nil {
				t.Errorf("%s: authorizing what is to be paid: %+v, %v", provider, session, err)
			}
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "60.004", "0", "0")
		}
		c, session := pending(t, s)
		if err := s.SetAmount(ctx, c.ID, money.Int(60)); err != nil {
			t.Fatal(err)
		}
		fake.Outside(session.ID, func(a *paymenttest.Account) { a.Status = payment.SessionAuthorized })
		if err := fake.Deliver(ctx, s, paymenttest.Backwards); err != nil {
			t.Error(err)
		}
		wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "0", "0")
		agree(t, s, fake)
	})
}

// What is to be paid does not change while a session is being authorized, and no other
// session of the collection is authorized meanwhile.
func TestAmountWhileAuthorizing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		ctx := t.Context()
		for _, f := range lost {
			c, session := pending(t, s)
			other := &payment.Session{PaymentCollectionID: c.ID, ProviderID: outside, CurrencyCode: "eur", Amount: money.Int(100)}
			moduletest.Create(t, s.Sessions, other)
			fake.Next(f)
			if _, err := s.Authorize(ctx, session.ID); fault.TypeOf(err) != fault.Unavailable {
				t.Errorf("authorizing: %v", err)
			}
			if err := s.SetAmount(ctx, c.ID, money.Int(60)); fault.TypeOf(err) != fault.Conflict || !strings.Contains(err.Error(), "authorize session "+session.ID) {
				t.Errorf("changing the amount: %v", err)
			}
			if err := s.SetAmount(ctx, c.ID, c.Amount); err != nil {
				t.Errorf("setting the same amount: %v", err)
			}
			if _, err := s.Authorize(ctx, other.ID); fault.TypeOf(err) != fault.Conflict {
				t.Errorf("authorizing another session: %v", err)
			}
			if n, err := s.Reconcile(ctx, 0); n != 1 || err != nil {
				t.Errorf("reconciled %d, %v", n, err)
			}
			fake.Arrive()
			wantCollection(t, s, c.ID, payment.CollectionAuthorized, "100", "0", "0")
		}
		agree(t, s, fake)
	})
}

// Whichever of an authorization and a smaller amount comes first, the other is refused.
func TestAmountAndAuthorizationAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, fake := withFake(t, d)
		for i := range 12 {
			c, session := opened(t, s, []string{payment.SystemProviderID, outside}[i%2])
			both := []func() error{
				func() error { return s.SetAmount(t.Context(), c.ID, money.Int(60)) },
				func() error { _, err := s.Authorize(t.Context(), session.ID); return err },
			}
			if i%4 < 2 { // the last one to start is often the first to run
				slices.Reverse(both)
			}
			errs := make(chan error)
			for _, do := range both {
				go func() { errs <- do() }()
			}
			var refused []fault.Type
			for range 2 {
				if err := <-errs; err != nil {
					refused = append(refused, fault.TypeOf(err))
				}
			}
			if len(refused) != 1 || !slices.Contains([]fault.Type{fault.InvalidData, fault.NotAllowed, fault.Conflict}, refused[0]) {
				t.Errorf("refused: %q; want one of the two", refused)
			}
			if c, err := s.Collections.Retrieve(t.Context(), c.ID); err != nil || c.AuthorizedAmount.Cmp(c.Amount) > 0 {
				t.Errorf("the collection is %+v, %v", c, err)
			}
		}
		agree(t, s, fake)
	})
}
