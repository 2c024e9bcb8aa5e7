package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// BankID is the id of the bank's row in payment_provider.
const BankID = "pp_bank_example"

// Bank is a payment provider: the client of a bank that is asked over HTTP.
type Bank struct {
	URL    string // of its API
	Secret string // signs what it sends us
}

// Module returns a module whose service is the bank. That is all that registers it.
func (b *Bank) Module() *module.Module {
	return &module.Module{Name: "bank", Service: module.Provide(func(*module.Store) *Bank { return b })}
}

// PaymentProviderID returns BankID.
func (b *Bank) PaymentProviderID() string { return BankID }

// CreateSession announces a payment.
func (b *Bank) CreateSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "create", c)
}

// UpdateSession changes an announced amount.
func (b *Bank) UpdateSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "update", c)
}

// DeleteSession withdraws what was announced.
func (b *Bank) DeleteSession(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "delete", c)
}

// Authorize asks whether the customer has agreed.
func (b *Bank) Authorize(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "authorize", c)
}

// Capture takes the money.
func (b *Bank) Capture(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "capture", c)
}

// Refund gives money back.
func (b *Bank) Refund(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "refund", c)
}

// Cancel gives up what was authorized.
func (b *Bank) Cancel(ctx context.Context, c payment.Call) (payment.Outcome, error) {
	return b.post(ctx, "cancel", c)
}

// request and answer are what the bank understands and says.
type (
	request struct {
		Session  string          `json:"session"`
		Amount   money.Amount    `json:"amount"`
		Currency string          `json:"currency"`
		Account  json.RawMessage `json:"account,omitempty"`
	}
	answer struct {
		Status  payment.SessionStatus `json:"status"`
		Account json.RawMessage       `json:"account"`
		Reason  string                `json:"reason"`
	}
)

// post sends a call to the bank, which knows it by its key. The bank refuses with
// status 402; whatever else goes wrong leaves open what it has done.
func (b *Bank) post(ctx context.Context, what string, c payment.Call) (payment.Outcome, error) {
	text, err := json.Marshal(request{c.SessionID, c.Amount, c.CurrencyCode, c.Data})
	if err != nil {
		return payment.Outcome{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.URL+"/"+what, bytes.NewReader(text))
	if err != nil {
		return payment.Outcome{}, err
	}
	r.Header.Set("Idempotency-Key", c.Key)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return payment.Outcome{}, err
	}
	defer w.Body.Close() //nolint:errcheck // it was read
	var a answer
	if err := json.NewDecoder(io.LimitReader(w.Body, 1<<20)).Decode(&a); err != nil {
		return payment.Outcome{}, err
	}
	switch w.StatusCode {
	case http.StatusOK:
		return payment.Outcome{Status: a.Status, Data: a.Account}, nil
	case http.StatusPaymentRequired:
		return payment.Outcome{}, payment.Decline("%s", a.Reason)
	}
	return payment.Outcome{}, fmt.Errorf("the bank answers %s", w.Status)
}

// notice is what the bank sends when something has happened: what there is in all.
type notice struct {
	Session  string                `json:"session"`
	Status   payment.SessionStatus `json:"status"`
	Captured money.Amount          `json:"captured"`
	Refunded money.Amount          `json:"refunded"`
	Canceled bool                  `json:"canceled"`
}

var noticeBody = body.For[notice]()

// Webhook reads a notice that the bank has signed.
func (b *Bank) Webhook(_ context.Context, m payment.Message) (payment.Event, error) {
	if b.Secret == "" || !hmac.Equal([]byte(m.Header.Get("Bank-Signature")), []byte(b.sign(m.Body))) {
		return payment.Event{}, fault.New(fault.Unauthorized, "the notice is not signed by the bank")
	}
	var n notice
	if err := json.Unmarshal(m.Body, &n); err != nil {
		return payment.Event{}, fault.Wrap(err, fault.InvalidData, "the notice is not as the bank writes it")
	}
	return payment.Event{SessionID: n.Session, Status: n.Status, Captured: n.Captured, Refunded: n.Refunded, Canceled: n.Canceled}, nil
}

func (b *Bank) sign(body []byte) string {
	mac := hmac.New(sha256.New, []byte(b.Secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
