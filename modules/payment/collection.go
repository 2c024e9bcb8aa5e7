package payment

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Collection is an amount to be paid, with the attempts to pay it.
type Collection struct {
	model.Base
	CurrencyCode     string           `json:"currency_code"`
	Amount           money.Amount     `json:"amount"`
	AuthorizedAmount *money.Amount    `json:"authorized_amount"`
	CapturedAmount   *money.Amount    `json:"captured_amount"`
	RefundedAmount   *money.Amount    `json:"refunded_amount"`
	CompletedAt      *time.Time       `json:"completed_at"`
	Status           CollectionStatus `json:"status" model:"default=not_paid,enum=not_paid|awaiting|authorized|partially_authorized|canceled|failed|partially_captured|completed,index"`

	PaymentProviders []*ProviderRecord `json:"payment_providers,omitzero" model:"through=payment_collection_payment_providers.payment_collection_id.payment_provider_id"`
	PaymentSessions  []*Session        `json:"payment_sessions,omitzero" model:"many=payment_collection_id"`
	Payments         []*Payment        `json:"payments,omitzero" model:"many=payment_collection_id"`
}

// Collections is the model of Collection: entity payment_collection, ids
// pay_col_….
var Collections = model.Define[Collection]("payment_collection").
	Listed().
	WithPrefix("pay_col").
	Cascades("payment_sessions", "payments")

// CollectionStatus says how much of a collection has been paid.
type CollectionStatus string

// The states of a collection.
const (
	CollectionNotPaid             CollectionStatus = "not_paid"
	CollectionAwaiting            CollectionStatus = "awaiting"
	CollectionAuthorized          CollectionStatus = "authorized"
	CollectionPartiallyAuthorized CollectionStatus = "partially_authorized"
	CollectionCanceled            CollectionStatus = "canceled"
	CollectionFailed              CollectionStatus = "failed"
	CollectionPartiallyCaptured   CollectionStatus = "partially_captured"
	CollectionCompleted           CollectionStatus = "completed"
)
