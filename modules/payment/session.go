package payment

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Session is an attempt to pay with a provider. When the provider authorizes it, a
// Payment is created.
type Session struct {
	model.Base
	CurrencyCode        string        `json:"currency_code"`
	Amount              money.Amount  `json:"amount"`
	ProviderID          string        `json:"provider_id"`
	Data                model.RawJSON `json:"data" model:"notnull,default={}"` // the provider's
	Context             model.RawJSON `json:"context"`
	Status              SessionStatus `json:"status" model:"default=pending,enum=authorized|captured|pending|requires_more|error|canceled|pending_authorization"`
	AuthorizedAt        *time.Time    `json:"authorized_at"`
	PaymentCollectionID string        `json:"payment_collection_id"`

	PaymentCollection *Collection `json:"payment_collection,omitzero" model:"belongs"`
	Payment           *Payment    `json:"payment,omitzero" model:"one=payment_session_id"`
}

// Sessions is the model of Session: entity payment_session, ids payses_….
var Sessions = model.Define[Session]("payment_session").WithPrefix("payses")

// SessionStatus is the state of a session.
type SessionStatus string

// The states of a session.
const (
	SessionAuthorized           SessionStatus = "authorized"
	SessionCaptured             SessionStatus = "captured"
	SessionPending              SessionStatus = "pending"
	SessionRequiresMore         SessionStatus = "requires_more" // the customer must act
	SessionError                SessionStatus = "error"
	SessionCanceled             SessionStatus = "canceled"
	SessionPendingAuthorization SessionStatus = "pending_authorization"
)

// approved reports whether a session with the status has been authorized.
func (s SessionStatus) approved() bool { return s == SessionAuthorized || s == SessionCaptured }
