package order

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// Shipping is a ShippingMethod in one version of an order, with the return, claim or
// exchange that it was added for.
type Shipping struct {
	model.Record
	Version          int64         `json:"version" model:"default=1"`
	OrderID          string        `json:"order_id"`
	ReturnID         *string       `json:"return_id"`
	ExchangeID       *string       `json:"exchange_id"`
	ClaimID          *string       `json:"claim_id"`
	ShippingMethodID string        `json:"shipping_method_id"`
	Amount           *money.Amount `json:"amount" model:"unlisted"` // null means the amount of the shipping method
	totals.Charge                  // of the version; in queries, the shipping method has them

	totaled bool // by the order that it was created with

	Order          *Order          `json:"order,omitzero" model:"belongs"`
	Return         *Return         `json:"return,omitzero" model:"belongs,nokey"`
	Exchange       *Exchange       `json:"exchange,omitzero" model:"belongs,nokey"`
	Claim          *Claim          `json:"claim,omitzero" model:"belongs,nokey"`
	ShippingMethod *ShippingMethod `json:"shipping_method,omitzero" model:"belongs,nokey"`
}

// Shippings is the model of Shipping: entity order_shipping, ids ordspmv_….
var Shippings = model.Define[Shipping]("order_shipping").
	WithPrefix("ordspmv").
	Index("order_id", "version")

// ShippingMethod is a way of shipping with its price. Like a LineItem, it is written
// once; a Shipping places it in each version.
type ShippingMethod struct {
	model.Base
	Name             string        `json:"name"`
	Description      model.RawJSON `json:"description"`
	Amount           money.Amount  `json:"amount"`
	IsTaxInclusive   bool          `json:"is_tax_inclusive" model:"default=false"`
	IsCustomAmount   bool          `json:"is_custom_amount" model:"default=false"`
	ShippingOptionID *string       `json:"shipping_option_id"`
	Data             model.RawJSON `json:"data"` // the fulfillment provider's

	totaled bool

	TaxLines    []*ShippingMethodTaxLine    `json:"tax_lines,omitzero" model:"many=shipping_method_id"`
	Adjustments []*ShippingMethodAdjustment `json:"adjustments,omitzero" model:"many=shipping_method_id"`
}

// ShippingMethods is the model of ShippingMethod: entity order_shipping_method,
// ids ordsm_….
var ShippingMethods = model.Define[ShippingMethod]("order_shipping_method").
	WithPrefix("ordsm").
	Index("shipping_option_id").
	Cascades("tax_lines", "adjustments")

// ShippingMethodAdjustment is a discount on a shipping method, in one version
// of the order.
type ShippingMethodAdjustment struct {
	model.Record
	Version          int64        `json:"version" model:"default=1"`
	Description      *string      `json:"description"`
	PromotionID      *string      `json:"promotion_id"`
	Code             *string      `json:"code"`
	Amount           money.Amount `json:"amount"`
	ProviderID       *string      `json:"provider_id"`
	ShippingMethodID string       `json:"shipping_method_id"`
	totals.Part

	totaled bool

	ShippingMethod *ShippingMethod `json:"shipping_method,omitzero" model:"belongs"`
}

// ShippingMethodAdjustments is the model of ShippingMethodAdjustment: entity
// order_shipping_method_adjustment, ids ordsmadj_….
var ShippingMethodAdjustments = model.Define[ShippingMethodAdjustment]("order_shipping_method_adjustment").
	WithPrefix("ordsmadj")

// ShippingMethodTaxLine is a tax on a shipping method.
type ShippingMethodTaxLine struct {
	model.Base
	Description      *string       `json:"description"`
	TaxRateID        *string       `json:"tax_rate_id"`
	Code             string        `json:"code"`
	Rate             money.Amount  `json:"rate"` // in percent
	ProviderID       *string       `json:"provider_id"`
	Data             model.RawJSON `json:"data"`
	ShippingMethodID string        `json:"shipping_method_id"`
	totals.Part                    // in the version in force

	totaled bool

	ShippingMethod *ShippingMethod `json:"shipping_method,omitzero" model:"belongs"`
}

// ShippingMethodTaxLines is the model of ShippingMethodTaxLine: entity
// order_shipping_method_tax_line, ids ordsmtxl_….
var ShippingMethodTaxLines = model.Define[ShippingMethodTaxLine]("order_shipping_method_tax_line").
	WithPrefix("ordsmtxl")
