package order

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Order is the header of an order. Its version selects the rows of the versioned
// models that are in force.
type Order struct {
	model.Base
	DisplayID         int64      `json:"display_id" model:"serial,searchable"` // the number shown to people
	CustomDisplayID   *string    `json:"custom_display_id" model:"searchable"`
	RegionID          *string    `json:"region_id"`
	CustomerID        *string    `json:"customer_id"`
	Version           int64      `json:"version" model:"default=1"` // the version in force, from 1
	SalesChannelID    *string    `json:"sales_channel_id"`
	Status            Status     `json:"status" model:"default=pending,enum=pending|completed|draft|archived|canceled|requires_action,index"`
	IsDraftOrder      bool       `json:"is_draft_order" model:"default=false"`
	Email             *string    `json:"email" model:"searchable,anycase,index"`
	CurrencyCode      string     `json:"currency_code"`
	Locale            *string    `json:"locale"`
	NoNotification    *bool      `json:"no_notification"`
	CanceledAt        *time.Time `json:"canceled_at"`
	ShippingAddressID *string    `json:"shipping_address_id"`
	BillingAddressID  *string    `json:"billing_address_id"`
	Rounding          Rounding   `json:"rounding" model:"default=exact,enum=exact|currency,unlisted"` // that of the store when the order was placed
	totals.Order                 // of the version in force
	Statuses                     // kept by the shop, which knows payments and fulfillments

	ShippingAddress *Address       `json:"shipping_address,omitzero" model:"belongs,searchable"`
	BillingAddress  *Address       `json:"billing_address,omitzero" model:"belongs,searchable"`
	Summary         []*Summary     `json:"summary,omitzero" model:"many=order_id"`          // in queries, the totals in force
	Items           []*Item        `json:"items,omitzero" model:"many=order_id"`            // in queries, line items; see orderItems
	ShippingMethods []*Shipping    `json:"shipping_methods,omitzero" model:"many=order_id"` // in queries, shipping methods
	Transactions    []*Transaction `json:"transactions,omitzero" model:"many=order_id"`
	CreditLines     []*CreditLine  `json:"credit_lines,omitzero" model:"many=order_id"`
	Returns         []*Return      `json:"returns,omitzero" model:"many=order_id"`
	Claims          []*Claim       `json:"claims,omitzero" model:"many=order_id"`
	Exchanges       []*Exchange    `json:"exchanges,omitzero" model:"many=order_id"`
}

// Orders is the model of Order: entity order, ids order_….
var Orders = model.Define[Order]("order").
	Listed().Searched().
	CountBy("is_draft_order").
	Index("display_id").
	Index("region_id").
	Index("customer_id").
	Index("sales_channel_id").
	Index("currency_code").
	Index("is_draft_order").
	Index("total").
	Unique("custom_display_id").
	Cascades("summary", "items", "shipping_methods", "transactions", "credit_lines").
	With(orderEdges()...).
	AsOf(inForce(Summaries))

// Status is the state of an order.
type Status string

// The states of an order.
const (
	StatusPending        Status = "pending"
	StatusCompleted      Status = "completed"
	StatusDraft          Status = "draft"
	StatusArchived       Status = "archived"
	StatusCanceled       Status = "canceled"
	StatusRequiresAction Status = "requires_action" // the customer must act, as for a payment
)

// Rounding says how the totals of an order are rounded.
type Rounding string

// The ways of rounding; see package totals.
const (
	RoundingExact    Rounding = "exact"
	RoundingCurrency Rounding = "currency"
)

// Address is a copy of an address as it was when the order was placed.
type Address struct {
	model.Base
	CustomerID  *string `json:"customer_id"`
	Company     *string `json:"company" model:"searchable"`
	FirstName   *string `json:"first_name" model:"searchable"`
	LastName    *string `json:"last_name" model:"searchable"`
	Address1    *string `json:"address_1" model:"searchable"`
	Address2    *string `json:"address_2" model:"searchable"`
	City        *string `json:"city" model:"searchable"`
	CountryCode *string `json:"country_code"` // lower case, ISO 3166-1 alpha-2
	Province    *string `json:"province" model:"searchable"`
	PostalCode  *string `json:"postal_code" model:"searchable"`
	Phone       *string `json:"phone" model:"searchable"`
}

// Addresses is the model of Address: entity order_address, ids ordaddr_….
var Addresses = model.Define[Address]("order_address").WithPrefix("ordaddr").Index("customer_id").Searched()

// Summary says what one version of an order comes to and what was paid of it.
type Summary struct {
	model.Record
	Version int64         `json:"version" model:"default=1"`
	Totals  model.RawJSON `json:"totals" model:"notnull"` // a totals.Summary
	OrderID string        `json:"order_id"`
	Figures               // of the version; a query as of the version reads them

	Order *Order `json:"order,omitzero" model:"belongs"`
}

// Figures are the totals of an order.
type Figures = totals.Order

// Summaries is the model of Summary: entity order_summary, ids ordsum_….
var Summaries = model.Define[Summary]("order_summary").
	WithPrefix("ordsum").
	Index("order_id", "version")
