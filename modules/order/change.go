package order

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Change is a requested or confirmed change of an order. When it is confirmed, it
// creates the next version of the order.
//
// Its change_type is edit, return_request, return_receive, claim, exchange,
// transfer, credit_line or update_order. It is null for shipments and similar
// actions, which also create a version.
type Change struct {
	model.Base
	ReturnID            *string      `json:"return_id"`
	ClaimID             *string      `json:"claim_id"`
	ExchangeID          *string      `json:"exchange_id"`
	Version             int64        `json:"version"` // the version that the order has once the change is confirmed
	ChangeType          *string      `json:"change_type"`
	Description         *string      `json:"description"`
	Status              ChangeStatus `json:"status" model:"default=pending,enum=confirmed|declined|requested|pending|canceled"`
	InternalNote        *string      `json:"internal_note"`
	CreatedBy           *string      `json:"created_by"`
	RequestedBy         *string      `json:"requested_by"`
	RequestedAt         *time.Time   `json:"requested_at"`
	ConfirmedBy         *string      `json:"confirmed_by"`
	ConfirmedAt         *time.Time   `json:"confirmed_at"`
	DeclinedBy          *string      `json:"declined_by"`
	DeclinedReason      *string      `json:"declined_reason"`
	DeclinedAt          *time.Time   `json:"declined_at"`
	CanceledBy          *string      `json:"canceled_by"`
	CanceledAt          *time.Time   `json:"canceled_at"`
	CarryOverPromotions *bool        `json:"carry_over_promotions"`
	NoNotification      *bool        `json:"no_notification"`
	OrderID             string       `json:"order_id"`

	Order   *Order          `json:"order,omitzero" model:"belongs"`
	Actions []*ChangeAction `json:"actions,omitzero" model:"many=order_change_id"`
}

// Changes is the model of Change: entity order_change, ids ordch_….
var Changes = model.Define[Change]("order_change").
	Listed().
	WithPrefix("ordch").
	Index("order_id", "version").
	Index("order_id", "status").
	Index("change_type").
	Index("return_id").
	Index("claim_id").
	Index("exchange_id").
	Index("status").
	Cascades("actions")

// ChangeStatus is the state of a change.
type ChangeStatus string

// The states of a change.
const (
	ChangeConfirmed ChangeStatus = "confirmed"
	ChangeDeclined  ChangeStatus = "declined"
	ChangeRequested ChangeStatus = "requested" // waits for confirmation
	ChangePending   ChangeStatus = "pending"
	ChangeCanceled  ChangeStatus = "canceled"
)

// ChangeAction is one step of a Change.
type ChangeAction struct {
	model.Record
	OrderID       *string       `json:"order_id"`
	ReturnID      *string       `json:"return_id"`
	ClaimID       *string       `json:"claim_id"`
	ExchangeID    *string       `json:"exchange_id"`
	Ordering      int64         `json:"ordering" model:"serial"` // steps are applied in this order
	Version       *int64        `json:"version"`
	Reference     *string       `json:"reference"` // the kind of record that reference_id refers to
	ReferenceID   *string       `json:"reference_id"`
	Action        ActionType    `json:"action"`
	Details       model.RawJSON `json:"details" model:"default={}"` // the parameters of the action, such as reference_id and quantity
	Amount        *money.Amount `json:"amount"`
	InternalNote  *string       `json:"internal_note"`
	Applied       bool          `json:"applied" model:"default=false"`
	OrderChangeID *string       `json:"order_change_id"`

	OrderChange *Change `json:"order_change,omitzero" model:"belongs,cascade"`
}

// ChangeActions is the model of ChangeAction: entity order_change_action, ids
// ordchact_….
var ChangeActions = model.Define[ChangeAction]("order_change_action").
	WithPrefix("ordchact").
	Index("order_id").
	Index("return_id").
	Index("claim_id").
	Index("exchange_id").
	Index("ordering")
