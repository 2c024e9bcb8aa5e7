package cart

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Cart is what a visitor of the shop is about to order.
type Cart struct {
	model.Base
	RegionID          *string    `json:"region_id"`
	CustomerID        *string    `json:"customer_id"`
	SalesChannelID    *string    `json:"sales_channel_id"`
	Email             *string    `json:"email" model:"anycase"`
	CurrencyCode      string     `json:"currency_code"`
	Locale            *string    `json:"locale"`
	CompletedAt       *time.Time `json:"completed_at"` // when it became an order
	ShippingAddressID *string    `json:"shipping_address_id"`
	BillingAddressID  *string    `json:"billing_address_id"`
	Rounding          Rounding   `json:"rounding" model:"default=exact,enum=exact|currency,unlisted"` // that of the store when the cart was created
	totals.Cart

	ShippingAddress *Address          `json:"shipping_address,omitzero" model:"belongs"`
	BillingAddress  *Address          `json:"billing_address,omitzero" model:"belongs"`
	Items           []*LineItem       `json:"items,omitzero" model:"many=cart_id"`
	CreditLines     []*CreditLine     `json:"credit_lines,omitzero" model:"many=cart_id"`
	ShippingMethods []*ShippingMethod `json:"shipping_methods,omitzero" model:"many=cart_id"`
}

// Carts is the model of Cart: entity cart, ids cart_….
var Carts = model.Define[Cart]("cart").
	Listed().
	Index("customer_id").
	Index("region_id").
	Index("sales_channel_id").
	Index("currency_code").
	Index("total").
	Cascades("items", "shipping_methods", "shipping_address", "billing_address")

// Rounding says how the totals of a cart are rounded.
type Rounding string

// The ways of rounding; see package totals.
const (
	RoundingExact    Rounding = "exact"
	RoundingCurrency Rounding = "currency"
)

// Address is the shipping or billing address of a cart.
type Address struct {
	model.Base
	CustomerID  *string `json:"customer_id"`
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

// Addresses is the model of Address: entity address, table cart_address, ids
// caaddr_….
var Addresses = model.Define[Address]("address").OnTable("cart_address").WithPrefix("caaddr")

// CreditLine reduces the amount to be paid for a cart.
type CreditLine struct {
	model.Base
	Reference   *string      `json:"reference"`
	ReferenceID *string      `json:"reference_id"`
	Amount      money.Amount `json:"amount"`
	CartID      string       `json:"cart_id"`

	totaled bool // by the cart that it was created with

	Cart *Cart `json:"cart,omitzero" model:"belongs,noaction"`
}

// CreditLines is the model of CreditLine: entity credit_line, ids cacl_….
var CreditLines = model.Define[CreditLine]("credit_line").
	WithPrefix("cacl").
	Index("reference", "reference_id")
