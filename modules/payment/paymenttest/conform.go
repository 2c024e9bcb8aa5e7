package paymenttest

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// Conform tests that a provider keeps to what payment.Provider says. It moves small
// amounts of eur: give it a provider in its test mode, whose sessions are authorized
// without a customer.
func Conform(t *testing.T, p payment.Provider) {
	t.Helper()
	t.Run("its id has the form pp_NAME", func(t *testing.T) {
		if id := p.PaymentProviderID(); !regexp.MustCompile(`^pp_[a-z0-9_-]+$`).MatchString(id) {
			t.Errorf("the id is %q", id)
		}
	})
	t.Run("a session is captured and refunded in parts", func(t *testing.T) { parts(t, p) })
	t.Run("a session is canceled", func(t *testing.T) { cancels(t, p) })
	t.Run("a session is changed and deleted", func(t *testing.T) { deletes(t, p) })
	t.Run("a repeated call does nothing", func(t *testing.T) { repeats(t, p) })
	t.Run("a message that is not genuine is an error", func(t *testing.T) { forged(t, p) })
	if _, ok := p.(payment.Inside); !ok { // one inside leaves the bounds to the module
		t.Run("it declines what is out of bounds", func(t *testing.T) { declines(t, p) })
	}
}

func parts(t *testing.T, p payment.Provider) {
	s := opened(t, p)
	s.authorize(p)
	s.do("Capture", p.Capture, "3.20")
	s.do("Capture", p.Capture, "6.80")
	s.do("Refund", p.Refund, "0.01")
	s.do("Refund", p.Refund, "9.99")
}

func cancels(t *testing.T, p payment.Provider) {
	s := opened(t, p)
	s.authorize(p)
	s.do("Cancel", p.Cancel, "10")
}

func deletes(t *testing.T, p payment.Provider) {
	s := opened(t, p)
	s.do("UpdateSession", p.UpdateSession, "12.5")
	s.do("DeleteSession", p.DeleteSession, "12.5")
	never := &session{t: t, id: model.NewID("payses")}
	never.do("DeleteSession of a session that it does not know", p.DeleteSession, "1")
}

// repeats makes each call twice. That the second did nothing shows in what is left.
func repeats(t *testing.T, p payment.Provider) {
	s := opened(t, p)
	for _, step := range []struct {
		name   string
		method method
		amount string
	}{
		{"Authorize", p.Authorize, "10"}, {"Capture", p.Capture, "4"}, {"Capture", p.Capture, "6"}, {"Refund", p.Refund, "7"}, {"Refund", p.Refund, "3"},
	} {
		c := s.call(step.amount)
		first := s.make(step.name, step.method, c)
		again := s.make(step.name+" again", step.method, c)
		if first.Status != again.Status {
			t.Errorf("%s with one key says %q, then %q", step.name, first.Status, again.Status)
		}
		s.keep(step.name, again)
	}
}

func declines(t *testing.T, p payment.Provider) {
	s := opened(t, p)
	s.refuse("Capture of a session that is not authorized", p.Capture, "10")
	s.authorize(p)
	s.refuse("DeleteSession of one that is authorized", p.DeleteSession, "10")
	s.refuse("Refund of what is not captured", p.Refund, "1")
	s.do("Capture", p.Capture, "6")
	s.refuse("Capture of more than is left", p.Capture, "4.01")
	s.refuse("Cancel of what is captured", p.Cancel, "10")
	s.refuse("Refund of more than is captured", p.Refund, "6.01")
	s.do("Refund", p.Refund, "6")
}

func forged(t *testing.T, p payment.Provider) {
	e, err := p.Webhook(t.Context(), payment.Message{Body: []byte(`{"type":"payment.captured","id":"made up"}`)})
	if err == nil {
		t.Errorf("Webhook returned %+v for a message that nobody has signed", e)
	}
}

type method = func(context.Context, payment.Call) (payment.Outcome, error)

// session is a session of the suite.
type session struct {
	t    *testing.T
	id   string
	data json.RawMessage
}

// opened returns a new session of 10 eur.
func opened(t *testing.T, p payment.Provider) *session {
	t.Helper()
	s := &session{t: t, id: model.NewID("payses")}
	if o := s.do("CreateSession", p.CreateSession, "10"); o.Status != "" && o.Status != payment.SessionPending && o.Status != payment.SessionRequiresMore {
		t.Errorf("CreateSession says that the session is %s", o.Status)
	}
	return s
}

func (s *session) authorize(p payment.Provider) {
	s.t.Helper()
	if o := s.do("Authorize", p.Authorize, "10"); o.Status != "" && o.Status != payment.SessionAuthorized {
		s.t.Fatalf("Authorize says that the session is %s; the suite needs one that is authorized without a customer", o.Status)
	}
}

// call returns a call with a key of its own.
func (s *session) call(amount string) payment.Call {
	return payment.Call{Key: model.NewID("payatt"), SessionID: s.id, PaymentID: "pay_" + s.id, Amount: money.MustParse(amount), CurrencyCode: "eur", Data: s.data}
}

// do makes a call that must succeed.
func (s *session) do(name string, m method, amount string) payment.Outcome {
	s.t.Helper()
	o := s.make(name, m, s.call(amount))
	s.keep(name, o)
	return o
}

func (s *session) make(name string, m method, c payment.Call) payment.Outcome {
	s.t.Helper()
	o, err := m(s.t.Context(), c)
	if err != nil {
		s.t.Fatalf("%s of %s: %v", name, c.Amount, err)
	}
	return o
}

// keep keeps what the provider wants to be given the next time.
func (s *session) keep(name string, o payment.Outcome) {
	s.t.Helper()
	if o.Data == nil {
		return
	}
	if !json.Valid(o.Data) {
		s.t.Errorf("%s returned data that is not JSON: %q", name, o.Data)
	}
	s.data = o.Data
}

// refuse makes a call that must be declined.
func (s *session) refuse(name string, m method, amount string) {
	s.t.Helper()
	o, err := m(s.t.Context(), s.call(amount))
	if _, ok := errors.AsType[*payment.Declined](err); !ok {
		s.t.Errorf("%s of %s returned %+v, %v; want a *payment.Declined", name, amount, o, err)
	}
}
