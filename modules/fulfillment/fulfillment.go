package fulfillment

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Fulfillment is a parcel, or any other delivery of goods to the customer.
type Fulfillment struct {
	model.Base
	LocationID        string        `json:"location_id"` // the stock location it leaves from
	PackedAt          *time.Time    `json:"packed_at"`
	ShippedAt         *time.Time    `json:"shipped_at"`
	MarkedShippedBy   *string       `json:"marked_shipped_by"`
	CreatedBy         *string       `json:"created_by"`
	DeliveredAt       *time.Time    `json:"delivered_at"`
	CanceledAt        *time.Time    `json:"canceled_at"`
	Data              model.RawJSON `json:"data"` // the provider's
	RequiresShipping  *bool         `json:"requires_shipping" model:"notnull,default=true"`
	ProviderID        *string       `json:"provider_id"`
	ShippingOptionID  *string       `json:"shipping_option_id"`
	DeliveryAddressID *string       `json:"delivery_address_id"`
	ProviderCall      ProviderCall  `json:"provider_call" model:"default=none,enum=none|create|create_return|cancel,index,unlisted"` // a call whose outcome is not known
	ProviderKey       string        `json:"provider_key" model:"default=none,unlisted"`                                              // the key of that call

	Items           []*Item         `json:"items,omitzero" model:"many=fulfillment_id"`
	Labels          []*Label        `json:"labels,omitzero" model:"many=fulfillment_id"`
	Provider        *ProviderRecord `json:"provider,omitzero" model:"belongs"`
	ShippingOption  *ShippingOption `json:"shipping_option,omitzero" model:"belongs"`
	DeliveryAddress *Address        `json:"delivery_address,omitzero" model:"belongs"`
}

// Fulfillments is the model of Fulfillment: entity fulfillment, ids ful_….
var Fulfillments = model.Define[Fulfillment]("fulfillment").
	Listed().
	WithPrefix("ful").
	Index("location_id").
	Cascades("delivery_address", "items", "labels")

// ProviderCall is a method of a provider that was, or is about to be, called about a
// fulfillment.
type ProviderCall string

// The calls.
const (
	CallNone         ProviderCall = "none"
	CallCreate       ProviderCall = "create"
	CallCreateReturn ProviderCall = "create_return"
	CallCancel       ProviderCall = "cancel"
)

// Item is the quantity of an order line in a parcel.
type Item struct {
	model.Record
	Title           string       `json:"title"`
	SKU             string       `json:"sku"`
	Barcode         string       `json:"barcode"`
	Quantity        money.Amount `json:"quantity"`
	LineItemID      *string      `json:"line_item_id"` // the line item of the order
	InventoryItemID *string      `json:"inventory_item_id"`
	FulfillmentID   string       `json:"fulfillment_id"`

	Fulfillment *Fulfillment `json:"fulfillment,omitzero" model:"belongs"`
}

// Items is the model of Item: entity fulfillment_item, ids fulit_….
var Items = model.Define[Item]("fulfillment_item").
	WithPrefix("fulit").
	Index("line_item_id").
	Index("inventory_item_id")

// Label is a shipping label with its tracking number.
type Label struct {
	model.Record
	TrackingNumber string `json:"tracking_number"`
	TrackingURL    string `json:"tracking_url"`
	LabelURL       string `json:"label_url"`
	FulfillmentID  string `json:"fulfillment_id"`

	Fulfillment *Fulfillment `json:"fulfillment,omitzero" model:"belongs"`
}

// Labels is the model of Label: entity fulfillment_label, ids fulla_….
var Labels = model.Define[Label]("fulfillment_label").WithPrefix("fulla")

// Address is where a parcel goes.
type Address struct {
	model.Base
	Company     *string `json:"company"`
	FirstName   *string `json:"first_name"`
	LastName    *string `json:"last_name"`
	Address1    *string `json:"address_1"`
	Address2    *string `json:"address_2"`
	City        *string `json:"city"`
	CountryCode *string `json:"country_code"` // lower case, ISO 3166-1 alpha-2
	Province    *string `json:"province"`
	PostalCode  *string `json:"postal_code"`
	Phone       *string `json:"phone"`
}

// Addresses is the model of Address: entity fulfillment_address, ids fuladdr_….
var Addresses = model.Define[Address]("fulfillment_address").WithPrefix("fuladdr")
