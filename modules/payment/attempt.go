package payment

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Attempt is a call of a provider outside of this program. It is stored before the
// call is made, so that a call whose answer never came is not forgotten. Its id is
// the key that the provider knows the call by.
type Attempt struct {
	model.Record
	Kind             AttemptKind   `json:"kind" model:"enum=create_session|update_session|delete_session|authorize|capture|refund|cancel"`
	State            AttemptState  `json:"state" model:"default=open,enum=open|done|declined,index"`
	Amount           money.Amount  `json:"amount"`
	CurrencyCode     string        `json:"currency_code"`
	ProviderID       string        `json:"provider_id"`
	Data             model.RawJSON `json:"data"` // what the provider is given
	Note             *string       `json:"note"`
	CreatedBy        *string       `json:"created_by"`
	RefundReasonID   *string       `json:"refund_reason_id"`
	Reason           *string       `json:"reason"` // why the provider declined
	FinishedAt       *time.Time    `json:"finished_at"`
	PaymentSessionID string        `json:"payment_session_id"`
	PaymentID        *string       `json:"payment_id"`

	PaymentSession *Session `json:"payment_session,omitzero" model:"belongs"`
	Payment        *Payment `json:"payment,omitzero" model:"belongs"`
}

// Attempts is the model of Attempt: entity payment_attempt, ids payatt_….
var Attempts = model.Define[Attempt]("payment_attempt").WithPrefix("payatt")

// AttemptKind says which method of a provider is called.
type AttemptKind string

// The kinds of attempt.
const (
	AttemptCreateSession AttemptKind = "create_session"
	AttemptUpdateSession AttemptKind = "update_session"
	AttemptDeleteSession AttemptKind = "delete_session"
	AttemptAuthorize     AttemptKind = "authorize"
	AttemptCapture       AttemptKind = "capture"
	AttemptRefund        AttemptKind = "refund"
	AttemptCancel        AttemptKind = "cancel"
)

// AttemptState says whether the outcome of an attempt is known.
type AttemptState string

// The states of an attempt.
const (
	AttemptOpen     AttemptState = "open"     // what it claims counts as if it were done
	AttemptDone     AttemptState = "done"     // and its outcome is stored
	AttemptDeclined AttemptState = "declined" // the provider has not done it, and will not
)

var attempts = &module.Machine[AttemptState]{
	Of:    "payment attempt",
	Start: []AttemptState{AttemptOpen},
	Moves: []module.Move[AttemptState]{
		{By: "finish", From: []AttemptState{AttemptOpen}, To: []AttemptState{AttemptDone, AttemptDeclined}},
	},
}
