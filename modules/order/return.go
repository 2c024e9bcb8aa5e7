package order

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Return is goods that a customer sends back.
type Return struct {
	model.Base
	OrderVersion   int64         `json:"order_version"` // the version of the order when the return was requested
	DisplayID      int64         `json:"display_id" model:"serial"`
	Status         ReturnStatus  `json:"status" model:"default=open,enum=open|requested|received|partially_received|canceled,index"`
	LocationID     *string       `json:"location_id"` // the stock location it goes to
	NoNotification *bool         `json:"no_notification"`
	RefundAmount   *money.Amount `json:"refund_amount"`
	CreatedBy      *string       `json:"created_by"`
	RequestedAt    *time.Time    `json:"requested_at"`
	ReceivedAt     *time.Time    `json:"received_at"`
	CanceledAt     *time.Time    `json:"canceled_at"`
	OrderID        string        `json:"order_id"`
	ExchangeID     *string       `json:"exchange_id"`
	ClaimID        *string       `json:"claim_id"`

	Order           *Order         `json:"order,omitzero" model:"belongs,nokey"`
	Exchange        *Exchange      `json:"exchange,omitzero" model:"belongs,nokey"`
	Claim           *Claim         `json:"claim,omitzero" model:"belongs,nokey"`
	Items           []*ReturnItem  `json:"items,omitzero" model:"many=return_id"`
	ShippingMethods []*Shipping    `json:"shipping_methods,omitzero" model:"many=return_id"`
	Transactions    []*Transaction `json:"transactions,omitzero" model:"many=return_id"`
}

// Returns is the model of Return: entity return, ids return_….
var Returns = model.Define[Return]("return").
	Listed().
	Index("display_id").
	Cascades("items", "shipping_methods", "transactions").
	With(shippingMethodsBy("return_id"))

// ReturnStatus is the state of a return.
type ReturnStatus string

// The states of a return.
const (
	ReturnOpen              ReturnStatus = "open" // being prepared
	ReturnRequested         ReturnStatus = "requested"
	ReturnReceived          ReturnStatus = "received"
	ReturnPartiallyReceived ReturnStatus = "partially_received"
	ReturnCanceled          ReturnStatus = "canceled"
)

// ReturnItem is the quantity of a line that is returned.
type ReturnItem struct {
	model.Base
	Quantity         money.Amount `json:"quantity"`
	ReceivedQuantity money.Amount `json:"received_quantity" model:"default=0"`
	DamagedQuantity  money.Amount `json:"damaged_quantity" model:"default=0"` // received, but not restocked
	Note             *string      `json:"note"`
	ReasonID         *string      `json:"reason_id"`
	ReturnID         string       `json:"return_id"`
	ItemID           string       `json:"item_id"`

	Reason *ReturnReason `json:"reason,omitzero" model:"belongs,nokey"`
	Return *Return       `json:"return,omitzero" model:"belongs,nokey"`
	Item   *LineItem     `json:"item,omitzero" model:"belongs,nokey"`
}

// ReturnItems is the model of ReturnItem: entity return_item, ids retitem_….
var ReturnItems = model.Define[ReturnItem]("return_item").
	WithPrefix("retitem").
	With(detail(Returns, "return_id"))

// ReturnReason is a reason for a return. Reasons form a tree.
type ReturnReason struct {
	model.Base
	Value                string  `json:"value" model:"searchable"`
	Label                string  `json:"label" model:"searchable"`
	Description          *string `json:"description"`
	ParentReturnReasonID *string `json:"parent_return_reason_id"`

	ParentReturnReason   *ReturnReason   `json:"parent_return_reason,omitzero" model:"belongs,noaction"`
	ReturnReasonChildren []*ReturnReason `json:"return_reason_children,omitzero" model:"many=parent_return_reason_id"`
}

// ReturnReasons is the model of ReturnReason: entity return_reason, ids rr_….
var ReturnReasons = model.Define[ReturnReason]("return_reason").WithPrefix("rr").Index("value")
