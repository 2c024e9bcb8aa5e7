package payment

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Refund is an amount refunded from a payment.
type Refund struct {
	model.Base
	Amount         money.Amount `json:"amount"`
	Note           *string      `json:"note"`
	CreatedBy      *string      `json:"created_by"`
	PaymentID      string       `json:"payment_id"`
	RefundReasonID *string      `json:"refund_reason_id"`

	Payment      *Payment      `json:"payment,omitzero" model:"belongs"`
	RefundReason *RefundReason `json:"refund_reason,omitzero" model:"belongs,nokey"`
}

// Refunds is the model of Refund: entity refund, ids ref_….
var Refunds = model.Define[Refund]("refund").WithPrefix("ref")

// RefundReason is a reason for a refund.
type RefundReason struct {
	model.Base
	Label       string  `json:"label" model:"searchable"`
	Code        string  `json:"code" model:"searchable"`
	Description *string `json:"description" model:"searchable"`

	Refunds []*Refund `json:"refunds,omitzero" model:"many=refund_reason_id"`
}

// RefundReasons is the model of RefundReason: entity refund_reason, ids refr_….
var RefundReasons = model.Define[RefundReason]("refund_reason").WithPrefix("refr")
