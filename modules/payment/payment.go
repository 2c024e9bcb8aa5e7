package payment

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Payment is an authorized amount, to be captured in one or several parts.
type Payment struct {
	model.Base
	Amount              money.Amount  `json:"amount"`
	CurrencyCode        string        `json:"currency_code"`
	ProviderID          string        `json:"provider_id"`
	Data                model.RawJSON `json:"data"` // the provider's
	CapturedAt          *time.Time    `json:"captured_at"`
	CanceledAt          *time.Time    `json:"canceled_at"`
	PaymentCollectionID string        `json:"payment_collection_id"`
	PaymentSessionID    string        `json:"payment_session_id"`

	PaymentCollection *Collection `json:"payment_collection,omitzero" model:"belongs"`
	PaymentSession    *Session    `json:"payment_session,omitzero" model:"belongs,nokey"`
	Refunds           []*Refund   `json:"refunds,omitzero" model:"many=payment_id"`
	Captures          []*Capture  `json:"captures,omitzero" model:"many=payment_id"`
}

// Payments is the model of Payment: entity payment, ids pay_….
var Payments = model.Define[Payment]("payment").
	Listed().
	WithPrefix("pay").
	Index("provider_id").
	Unique("payment_session_id").
	Cascades("refunds", "captures")

// Capture is an amount captured from a payment.
type Capture struct {
	model.Base
	Amount    money.Amount `json:"amount"`
	CreatedBy *string      `json:"created_by"`
	PaymentID string       `json:"payment_id"`

	Payment *Payment `json:"payment,omitzero" model:"belongs"`
}

// Captures is the model of Capture: entity capture, ids capt_….
var Captures = model.Define[Capture]("capture").WithPrefix("capt")
