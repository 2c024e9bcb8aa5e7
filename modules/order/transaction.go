package order

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Transaction is a payment (positive) or a refund (negative).
type Transaction struct {
	model.Record
	Version      int64        `json:"version" model:"default=1"` // the version of the order when the transaction was created
	Amount       money.Amount `json:"amount"`
	CurrencyCode string       `json:"currency_code"`
	Reference    *string      `json:"reference"` // capture, refund or payment_collection
	ReferenceID  *string      `json:"reference_id"`
	OrderID      string       `json:"order_id"`
	ReturnID     *string      `json:"return_id"`
	ExchangeID   *string      `json:"exchange_id"`
	ClaimID      *string      `json:"claim_id"`

	totaled bool

	Order    *Order    `json:"order,omitzero" model:"belongs"`
	Return   *Return   `json:"return,omitzero" model:"belongs,nokey"`
	Exchange *Exchange `json:"exchange,omitzero" model:"belongs,nokey"`
	Claim    *Claim    `json:"claim,omitzero" model:"belongs,nokey"`
}

// Transactions is the model of Transaction: entity order_transaction, ids
// ordtrx_….
var Transactions = model.Define[Transaction]("order_transaction").
	WithPrefix("ordtrx").
	Index("currency_code").
	Index("order_id", "version").
	Index("reference_id")

// CreditLine reduces what the customer owes, in one version of the order.
type CreditLine struct {
	model.Base
	Version     int64        `json:"version" model:"default=1"`
	Reference   *string      `json:"reference"`
	ReferenceID *string      `json:"reference_id"`
	Amount      money.Amount `json:"amount"`
	OrderID     string       `json:"order_id"`
	totals.Part              // the amount: credit has no taxes

	totaled bool

	Order *Order `json:"order,omitzero" model:"belongs"`
}

// CreditLines is the model of CreditLine: entity order_credit_line, ids
// ordcl_….
var CreditLines = model.Define[CreditLine]("order_credit_line").
	WithPrefix("ordcl").
	Index("order_id", "version")
