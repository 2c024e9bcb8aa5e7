package paymenttest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// signature is the header that makes a message of a Fake genuine.
const signature = "X-Fake-Signature"

// report is the body of a message.
type report struct {
	SessionID string
	Account   Account
}

// send adds a message about an account to those that wait.
func (f *Fake) send(session string, a *Account) {
	body, err := json.Marshal(report{session, *a})
	if err == nil {
		f.messages = append(f.messages, payment.Message{Body: body, Header: http.Header{signature: {f.id}}})
	}
}

// Messages returns the messages that wait, oldest first, and forgets them.
func (f *Fake) Messages() []payment.Message {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.messages
	f.messages = nil
	return out
}

// Webhook reads a message of the provider.
func (f *Fake) Webhook(_ context.Context, m payment.Message) (payment.Event, error) {
	var r report
	if m.Header.Get(signature) != f.id {
		return payment.Event{}, fault.New(fault.Unauthorized, "the message is not signed by %s", f.id)
	}
	if err := json.Unmarshal(m.Body, &r); err != nil {
		return payment.Event{}, fault.Wrap(err, fault.InvalidData, "the message is not JSON")
	}
	a := r.Account
	if a.Deleted && !a.approved() {
		return payment.Event{}, nil
	}
	return payment.Event{SessionID: r.SessionID, Status: a.Status, Captured: a.Captured, Refunded: a.Refunded, Canceled: a.Canceled}, nil
}

// A Delivery is how messages are delivered.
type Delivery int

// The deliveries. Late is whenever Deliver is called.
const (
	InOrder   Delivery = iota
	Twice              // each twice
	Backwards          // the latest first, each twice
)

// Deliver delivers the messages that wait to a shop. Messages that the shop could not
// take wait on.
func (f *Fake) Deliver(ctx context.Context, to *payment.Service, d Delivery) error {
	all := f.Messages()
	if d != InOrder {
		all = append(all, all...)
	}
	if d == Backwards {
		slices.Reverse(all)
	}
	var failed error
	for _, m := range all {
		if err := to.Webhook(ctx, f.id, m); err != nil {
			failed = errors.Join(failed, err)
			f.mu.Lock()
			f.messages = append(f.messages, m)
			f.mu.Unlock()
		}
	}
	return failed
}
