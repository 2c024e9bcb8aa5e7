package order

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Exchange is a return of goods for other goods.
type Exchange struct {
	model.Base
	OrderVersion   int64         `json:"order_version"` // the version of the order when the exchange was created
	DisplayID      int64         `json:"display_id" model:"serial"`
	NoNotification *bool         `json:"no_notification"`
	DifferenceDue  *money.Amount `json:"difference_due"` // if positive, the customer owes it
	AllowBackorder bool          `json:"allow_backorder" model:"default=false"`
	CreatedBy      *string       `json:"created_by"`
	CanceledAt     *time.Time    `json:"canceled_at"`
	OrderID        string        `json:"order_id"`
	ReturnID       *string       `json:"return_id"`

	Order           *Order          `json:"order,omitzero" model:"belongs,nokey"`
	Return          *Return         `json:"return,omitzero" model:"belongs,nokey"`
	AdditionalItems []*ExchangeItem `json:"additional_items,omitzero" model:"many=exchange_id"`
	ShippingMethods []*Shipping     `json:"shipping_methods,omitzero" model:"many=exchange_id"`
	Transactions    []*Transaction  `json:"transactions,omitzero" model:"many=exchange_id"`
}

// Exchanges is the model of Exchange: entity order_exchange or exchange, ids oexc_….
var Exchanges = model.Define[Exchange]("order_exchange").
	Listed().
	Named("order_exchange", "order_exchanges", "exchange", "exchanges").
	WithPrefix("oexc").
	Index("display_id").
	Cascades("additional_items", "transactions").
	With(shippingMethodsBy("exchange_id"))

// ExchangeItem is a line that is sent in exchange.
type ExchangeItem struct {
	model.Base
	Quantity   money.Amount `json:"quantity"`
	Note       *string      `json:"note"`
	ExchangeID string       `json:"exchange_id"`
	ItemID     string       `json:"item_id"`

	Exchange *Exchange `json:"exchange,omitzero" model:"belongs,nokey"`
	Item     *LineItem `json:"item,omitzero" model:"belongs,nokey"`
}

// ExchangeItems is the model of ExchangeItem: entity order_exchange_item, ids
// oexcitem_….
var ExchangeItems = model.Define[ExchangeItem]("order_exchange_item").
	WithPrefix("oexcitem").
	With(detail(Exchanges, "exchange_id"))
