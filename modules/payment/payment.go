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

	// What captures, refunds and open attempts come to. The module keeps these columns, and the database their bounds.
	CapturedAmount money.Amount `json:"captured_amount" model:"default=0,follows,unlisted"`
	RefundedAmount money.Amount `json:"refunded_amount" model:"default=0,follows,unlisted"`
	CaptureClaims  money.Amount `json:"capture_claims" model:"default=0,follows,unlisted"` // what is captured or being captured
	RefundClaims   money.Amount `json:"refund_claims" model:"default=0,follows,unlisted"`  // what is refunded or being refunded
	Overdrawn      bool         `json:"overdrawn" model:"default=false,follows,unlisted"`  // whether an import brought entries beyond the bounds

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
	Check("payment_check", "overdrawn OR capture_claims <= amount AND refund_claims <= captured_amount AND captured_amount <= capture_claims AND refunded_amount <= refund_claims").
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
