package paymenttest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
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
	for _, c := range checksOf(p) {
		t.Run(c.name, func(t *testing.T) { c.do(t, p) })
	}
}

// A check is a part of the suite.
type check struct {
	name string
	do   func(t reporter, p payment.Provider)
}

// A reporter is told what a provider does wrong: a *testing.T, or in the tests of the
// suite a list.
type reporter interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any) // does not return
}

// checksOf returns the checks that a provider must pass.
func checksOf(p payment.Provider) []check {
	all := []check{
		{"its id has the form pp_NAME", named},
		{"a session is captured and refunded in parts", parts},
		{"a session is changed", changes},
		{"a session is canceled", cancels},
		{"a session is deleted", deletes},
		{"a repeated call does nothing", repeats},
		{"a message that is not genuine is an error", forged},
	}
	if _, ok := p.(payment.Inside); ok { // one inside leaves the bounds to the module
		return all
	}
	return append(all,
		check{"it declines what is out of bounds", declines},
		check{"a changed session has the bounds of its new amount", shrinks},
		check{"what is deleted or canceled stays so", ends},
	)
}

func named(t reporter, p payment.Provider) {
	if id := p.PaymentProviderID(); !regexp.MustCompile(`^pp_[a-z0-9_-]+$`).MatchString(id) {
		t.Errorf("the id is %q", id)
	}
}

func parts(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.authorize(p, "10")
	s.do("Capture", p.Capture, "3.20")
	s.do("Capture", p.Capture, "6.80")
	s.do("Refund", p.Refund, "0.01")
	s.do("Refund", p.Refund, "9.99")
}

// changes raises and lowers the amount of a session, which shows in what is captured.
func changes(t reporter, p payment.Provider) {
	for _, amount := range []string{"12.5", "7.5"} {
		s := opened(t, p)
		s.do("UpdateSession", p.UpdateSession, amount)
		s.authorize(p, amount)
		s.do("Capture of a session of 10 that was updated", p.Capture, amount)
		s.do("Refund of a session of 10 that was updated", p.Refund, amount)
	}
}

func cancels(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.authorize(p, "10")
	s.do("Cancel", p.Cancel, "10")
}

func deletes(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.do("UpdateSession", p.UpdateSession, "12.5")
	s.do("DeleteSession", p.DeleteSession, "12.5")
	never := &session{t: t, id: model.NewID("payses")}
	never.do("DeleteSession of a session that it does not know", p.DeleteSession, "1")
}

// repeats makes each call twice. That the second did nothing shows in what is left.
func repeats(t reporter, p payment.Provider) {
	s := &session{t: t, id: model.NewID("payses")}
	s.twice("CreateSession", p.CreateSession, "10")
	s.twice("UpdateSession", p.UpdateSession, "12.5")
	s.twice("Authorize", p.Authorize, "12.5")
	s.twice("Capture", p.Capture, "4")
	s.twice("Capture", p.Capture, "8.5")
	s.twice("Refund", p.Refund, "7")
	s.twice("Refund", p.Refund, "5.5")
	opened(t, p).twice("DeleteSession", p.DeleteSession, "10")
	s = opened(t, p)
	s.authorize(p, "10")
	s.twice("Cancel", p.Cancel, "10")
}

func declines(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.refuse("Capture of a session that is not authorized", p.Capture, "10")
	s.authorize(p, "10")
	s.refuse("DeleteSession of one that is authorized", p.DeleteSession, "10")
	s.refuse("Refund of what is not captured", p.Refund, "1")
	s.do("Capture", p.Capture, "6")
	s.refuse("Capture of more than is left", p.Capture, "4.01")
	s.refuse("Cancel of what is captured", p.Cancel, "10")
	s.refuse("Refund of more than is captured", p.Refund, "6.01")
	s.do("Refund", p.Refund, "6")
}

func shrinks(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.do("UpdateSession", p.UpdateSession, "7.5")
	s.authorize(p, "7.5")
	s.refuse("Capture of more than a session of 10 was updated to", p.Capture, "7.51")
}

func ends(t reporter, p payment.Provider) {
	s := opened(t, p)
	s.do("DeleteSession", p.DeleteSession, "10")
	s.refuse("Authorize of a session that was deleted", p.Authorize, "10")
	s = opened(t, p)
	s.authorize(p, "10")
	s.do("Cancel", p.Cancel, "10")
	s.refuse("Capture of what was canceled", p.Capture, "10")
}

func forged(t reporter, p payment.Provider) {
	e, err := p.Webhook(t.Context(), payment.Message{Body: []byte(`{"type":"payment.captured","id":"made up"}`)})
	if err == nil {
		t.Errorf("Webhook returned %+v for a message that nobody has signed", e)
	}
}

type method = func(context.Context, payment.Call) (payment.Outcome, error)

// session is a session of the suite.
type session struct {
	t    reporter
	id   string
	data json.RawMessage
}

// opened returns a new session of 10 eur.
func opened(t reporter, p payment.Provider) *session {
	t.Helper()
	s := &session{t: t, id: model.NewID("payses")}
	if o := s.do("CreateSession", p.CreateSession, "10"); o.Status != "" && o.Status != payment.SessionPending && o.Status != payment.SessionRequiresMore {
		t.Errorf("CreateSession says that the session is %s", o.Status)
	}
	return s
}

func (s *session) authorize(p payment.Provider, amount string) {
	s.t.Helper()
	if o := s.do("Authorize", p.Authorize, amount); o.Status != "" && o.Status != payment.SessionAuthorized {
		s.t.Fatalf("Authorize says that the session is %s; the suite needs one that is authorized without a customer", o.Status)
	}
}

// twice makes a call with one key twice. Both must return the same.
func (s *session) twice(name string, m method, amount string) {
	s.t.Helper()
	c := s.call(amount)
	first := s.make(name, m, c)
	again := s.make(name+" again", m, c)
	if first.Status != again.Status {
		s.t.Errorf("%s with one key says %q, then %q", name, first.Status, again.Status)
	}
	if !sameJSON(kept(first, c), kept(again, c)) {
		s.t.Errorf("%s with one key returns the data %s, then %s", name, kept(first, c), kept(again, c))
	}
	s.keep(name, again)
}

// kept returns the data that is kept after a call.
func kept(o payment.Outcome, c payment.Call) json.RawMessage {
	if o.Data == nil {
		return c.Data
	}
	return o.Data
}

// sameJSON reports whether two JSON values are equal. Texts that are not JSON are compared
// byte by byte.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return string(a) == string(b)
	}
	return reflect.DeepEqual(x, y)
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
