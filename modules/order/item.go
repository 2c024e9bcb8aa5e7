package order

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Item is a LineItem in one version of an order: its quantities, and its price if a
// change has set another one.
type Item struct {
	model.Base
	Version                 int64         `json:"version" model:"default=1"`
	UnitPrice               *money.Amount `json:"unit_price"`            // null means the price of the line item
	CompareAtUnitPrice      *money.Amount `json:"compare_at_unit_price"` // null means the price of the line item
	Quantity                money.Amount  `json:"quantity"`
	FulfilledQuantity       money.Amount  `json:"fulfilled_quantity" model:"default=0"`
	DeliveredQuantity       money.Amount  `json:"delivered_quantity" model:"default=0"`
	ShippedQuantity         money.Amount  `json:"shipped_quantity" model:"default=0"`
	ReturnRequestedQuantity money.Amount  `json:"return_requested_quantity" model:"default=0"`
	ReturnReceivedQuantity  money.Amount  `json:"return_received_quantity" model:"default=0"`
	ReturnDismissedQuantity money.Amount  `json:"return_dismissed_quantity" model:"default=0"`
	WrittenOffQuantity      money.Amount  `json:"written_off_quantity" model:"default=0"`
	OrderID                 string        `json:"order_id"`
	ItemID                  string        `json:"item_id"`
	totals.Charge                         // of the version; in queries, the line item has them
	totals.Progress
	totals.Refundable

	totaled bool // by the order that it was created with

	Order *Order    `json:"order,omitzero" model:"belongs"`
	Item  *LineItem `json:"item,omitzero" model:"belongs"`
}

// Items is the model of Item: entity order_item, ids orditem_….
var Items = model.Define[Item]("order_item").WithPrefix("orditem").Index("order_id", "version")
