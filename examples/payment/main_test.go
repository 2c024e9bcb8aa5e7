package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/payment/paymenttest"
	"github.com/gorgon-commerce/gorgon/money"
)

// newBank returns the client of a bank, and the bank's books.
func newBank(t *testing.T) (*Bank, *paymenttest.Fake) {
	t.Helper()
	books := paymenttest.New(BankID)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in request
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		do := map[string]func(*http.Request, payment.Call) (payment.Outcome, error){
			"/create": func(r *http.Request, c payment.Call) (payment.Outcome, error) {
				return books.CreateSession(r.Context(), c)
			},
			"/update": func(r *http.Request, c payment.Call) (payment.Outcome, error) {
				return books.UpdateSession(r.Context(), c)
			},
			"/delete": func(r *http.Request, c payment.Call) (payment.Outcome, error) {
				return books.DeleteSession(r.Context(), c)
			},
			"/authorize": func(r *http.Request, c payment.Call) (payment.Outcome, error) { return books.Authorize(r.Context(), c) },
			"/capture":   func(r *http.Request, c payment.Call) (payment.Outcome, error) { return books.Capture(r.Context(), c) },
			"/refund":    func(r *http.Request, c payment.Call) (payment.Outcome, error) { return books.Refund(r.Context(), c) },
			"/cancel":    func(r *http.Request, c payment.Call) (payment.Outcome, error) { return books.Cancel(r.Context(), c) },
		}[r.URL.Path]
		o, err := do(r, payment.Call{Key: r.Header.Get("Idempotency-Key"), SessionID: in.Session, Amount: in.Amount, CurrencyCode: in.Currency, Data: in.Account})
		out := answer{Status: o.Status, Account: o.Data}
		declined, refused := errors.AsType[*payment.Declined](err)
		switch {
		case refused:
			out.Reason = declined.Reason
			w.WriteHeader(http.StatusPaymentRequired)
		case err != nil:
			w.WriteHeader(http.StatusGatewayTimeout)
		}
		_ = json.NewEncoder(w).Encode(out) // a test that gets nothing fails
	}))
	t.Cleanup(server.Close)
	return &Bank{URL: server.URL, Secret: "secret"}, books
}

func TestBankConforms(t *testing.T) {
	t.Parallel()
	bank, _ := newBank(t)
	paymenttest.Conform(t, bank)
}

func TestPayAtTheBank(t *testing.T) {
	t.Parallel()
	bank, books := newBank(t)
	gorgontest.Each(t, func(c gorgon.Config) *gorgon.App { return Shop(c, bank) }, func(t *testing.T, app *gorgon.App) {
		ctx := t.Context()
		if err := app.Payment.Providers.Exist(ctx, BankID); err != nil {
			t.Fatal(err)
		}
		owed, err := app.Payment.Collect(ctx, money.Int(30), "eur")
		if err != nil {
			t.Fatal(err)
		}
		session, err := app.Payment.CreateSession(ctx, payment.NewSession{CollectionID: owed.ID, ProviderID: BankID, Amount: owed.Amount})
		if err == nil {
			session, err = app.Payment.Authorize(ctx, session.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		books.Next(paymenttest.LoseAnswer)
		if _, err := app.Payment.Capture(ctx, payment.Capturing{PaymentID: session.Payment.ID, Amount: new(money.Int(20))}); fault.TypeOf(err) != fault.Unavailable {
			t.Errorf("an answer that is lost: %v", err)
		}
		if n, err := app.Payment.Reconcile(ctx, 0); n != 1 || err != nil {
			t.Errorf("reconciled %d, %v", n, err)
		}
		text := []byte(`{"session":"` + session.ID + `","status":"authorized","captured":30}`)
		for signature, want := range map[string]int{"": http.StatusUnauthorized, bank.sign(text): http.StatusAccepted} {
			r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/hooks/bank", bytes.NewReader(text))
			r.Header.Set("Bank-Signature", signature)
			if w := gorgontest.Do(t, app, r); w.Code != want {
				t.Errorf("signed %q: %d %s", signature, w.Code, w.Body)
			}
		}
		if owed, err = app.Payment.Collections.Retrieve(ctx, owed.ID); err != nil || owed.Status != payment.CollectionCompleted || owed.CapturedAmount.String() != "30" {
			t.Errorf("the collection is %+v, %v", owed, err)
		}
	})
}
