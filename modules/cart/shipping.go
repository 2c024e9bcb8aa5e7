package cart

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// ShippingMethod is the shipping option chosen for a cart.
type ShippingMethod struct {
	model.Base
	Name             string        `json:"name"`
	Description      model.RawJSON `json:"description"`
	Amount           money.Amount  `json:"amount"`
	IsTaxInclusive   bool          `json:"is_tax_inclusive" model:"default=false"`
	ShippingOptionID *string       `json:"shipping_option_id"`
	Data             model.RawJSON `json:"data"`
	CartID           string        `json:"cart_id"`
	totals.Charge

	totaled bool // by the cart that it was created with

	Cart        *Cart                       `json:"cart,omitzero" model:"belongs"`
	TaxLines    []*ShippingMethodTaxLine    `json:"tax_lines,omitzero" model:"many=shipping_method_id"`
	Adjustments []*ShippingMethodAdjustment `json:"adjustments,omitzero" model:"many=shipping_method_id"`
}

// ShippingMethods is the model of ShippingMethod: entity shipping_method, table
// cart_shipping_method, ids casm_….
var ShippingMethods = model.Define[ShippingMethod]("shipping_method").
	OnTable("cart_shipping_method").
	WithPrefix("casm").
	Index("shipping_option_id").
	Check("cart_shipping_method_check", "CAST(amount AS numeric) >= 0")

// ShippingMethodAdjustment is a discount on a shipping method.
type ShippingMethodAdjustment struct {
	model.Base
	Description      *string      `json:"description"`
	Code             *string      `json:"code"`
	Amount           money.Amount `json:"amount"`
	ProviderID       *string      `json:"provider_id"`
	PromotionID      *string      `json:"promotion_id"`
	ShippingMethodID string       `json:"shipping_method_id"`
	totals.Part

	totaled bool

	ShippingMethod *ShippingMethod `json:"shipping_method,omitzero" model:"belongs"`
}

// ShippingMethodAdjustments is the model of ShippingMethodAdjustment: entity
// shipping_method_adjustment, table cart_shipping_method_adjustment, ids
// casmadj_….
var ShippingMethodAdjustments = model.Define[ShippingMethodAdjustment]("shipping_method_adjustment").
	OnTable("cart_shipping_method_adjustment").
	WithPrefix("casmadj").
	Index("promotion_id")

// ShippingMethodTaxLine is a tax on a shipping method.
type ShippingMethodTaxLine struct {
	model.Base
	Description      *string       `json:"description"`
	Code             string        `json:"code"`
	Rate             float64       `json:"rate"` // in percent
	ProviderID       *string       `json:"provider_id"`
	TaxRateID        *string       `json:"tax_rate_id"`
	Data             model.RawJSON `json:"data"`
	ShippingMethodID string        `json:"shipping_method_id"`
	totals.Part

	totaled bool

	ShippingMethod *ShippingMethod `json:"shipping_method,omitzero" model:"belongs"`
}

// ShippingMethodTaxLines is the model of ShippingMethodTaxLine: entity
// shipping_method_tax_line, table cart_shipping_method_tax_line, ids casmtxl_….
var ShippingMethodTaxLines = model.Define[ShippingMethodTaxLine]("shipping_method_tax_line").
	OnTable("cart_shipping_method_tax_line").
	WithPrefix("casmtxl").
	Index("tax_rate_id")
