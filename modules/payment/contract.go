package payment

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/gorgon-commerce/gorgon/money"
)

// A Provider moves money. The service of a shop's own module is one when it
// implements this interface; package paymenttest checks that it keeps to it.
//
// Every call has a key. A provider that gets a key again returns what it returned
// the first time and does nothing: a call is repeated when its answer was lost. A
// call that it refuses for good is a *Declined error. After any other error it is
// unknown whether the call was carried out, and it is made again later.
type Provider interface {
	// PaymentProviderID returns the id of its row, which has the form pp_NAME_ID.
	PaymentProviderID() string
	// CreateSession announces a payment of an amount.
	CreateSession(ctx context.Context, c Call) (Outcome, error)
	// UpdateSession changes the amount of a session that is not authorized.
	UpdateSession(ctx context.Context, c Call) (Outcome, error)
	// DeleteSession makes sure that a session cannot be authorized any more. It declines if the session is, and does
	// nothing if it does not know the session.
	DeleteSession(ctx context.Context, c Call) (Outcome, error)
	// Authorize authorizes the amount of a session, or says what is missing.
	Authorize(ctx context.Context, c Call) (Outcome, error)
	// Capture takes an amount of what was authorized, exactly.
	Capture(ctx context.Context, c Call) (Outcome, error)
	// Refund gives back an amount of what was captured, exactly.
	Refund(ctx context.Context, c Call) (Outcome, error)
	// Cancel gives up an authorization of which nothing was captured.
	Cancel(ctx context.Context, c Call) (Outcome, error)
	// Webhook reads a message that the provider has sent. It returns an error unless the message is genuine.
	Webhook(ctx context.Context, m Message) (Event, error)
}

// Inside is implemented by a provider that calls nothing outside this program. Its
// methods are called inside the transaction of the operation, and are rolled back
// with it.
type Inside interface{ RunsInTransactions() }

// A Call is what a provider is told.
type Call struct {
	Key          string // of this call
	SessionID    string // the session, whose provider's name for it should be found by this id
	PaymentID    string // the payment, once there is one
	Amount       money.Amount
	CurrencyCode string          // in lower case
	Data         json.RawMessage // the provider's, as its last call returned it; for a new session, what the caller gave
	Context      json.RawMessage // of the session
}

// An Outcome is what a provider did.
type Outcome struct {
	// Status is the state of the session after CreateSession, UpdateSession and Authorize; "" means that it is pending
	// after the first two, and authorized after the last. Captured means that all of the session is captured; one of which
	// a part is captured is authorized, and messages say how much.
	Status SessionStatus
	// Data is what the provider wants to be given the next time; nil means the same as before, and so does what is not JSON.
	Data json.RawMessage
}

// Declined is the error of a call that a provider refuses for good.
type Declined struct{ Reason string }

// Decline returns a *Declined error.
func Decline(format string, args ...any) error { return &Declined{fmt.Sprintf(format, args...)} }

func (d *Declined) Error() string { return "declined: " + d.Reason }

// A Message is the request by which a provider tells a shop that something happened.
type Message struct {
	Body   []byte
	Header http.Header
}

// An Event is what had happened to a session when the provider sent a message. It
// says what there is in all, not what was added, so that messages may come twice and
// in any order.
type Event struct {
	SessionID string          // "" for a message that is not about a session: it is ignored
	Status    SessionStatus   // the furthest that the session has got; how much is captured says Captured alone
	Captured  money.Amount    // in all
	Refunded  money.Amount    // in all
	Canceled  bool            // whether the authorization was given up
	Data      json.RawMessage // nil means the same as before
}
