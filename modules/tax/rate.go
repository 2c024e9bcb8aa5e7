package tax

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Rate is a tax of a region: on everything, if it is the default, or on what its rules name.
type Rate struct {
	model.Base
	Rate         *money.Amount `json:"rate"` // in percent; null is 0
	Code         string        `json:"code" model:"searchable"`
	Name         string        `json:"name" model:"searchable"`
	IsDefault    bool          `json:"is_default" model:"default=false"`
	IsCombinable bool          `json:"is_combinable" model:"default=false"` // added to the rate of the country
	TaxRegionID  string        `json:"tax_region_id"`
	CreatedBy    *string       `json:"created_by"`

	TaxRegion *Region     `json:"tax_region,omitzero" model:"belongs"`
	Rules     []*RateRule `json:"rules,omitzero" model:"many=tax_rate_id"`
}

// Rates is the model of Rate: entity tax_rate, ids txr_….
var Rates = model.Define[Rate]("tax_rate").
	WithPrefix("txr").
	UniqueWhere("is_default", "tax_region_id").
	Cascades("rules")

// RateRule names something that a rate applies to.
type RateRule struct {
	model.Base
	Reference   Reference `json:"reference"`
	ReferenceID string    `json:"reference_id"`
	TaxRateID   string    `json:"tax_rate_id"`
	CreatedBy   *string   `json:"created_by"`

	TaxRate *Rate `json:"tax_rate,omitzero" model:"belongs"`
}

// RateRules is the model of RateRule: entity tax_rate_rule, ids txrule_….
var RateRules = model.Define[RateRule]("tax_rate_rule").
	WithPrefix("txrule").
	Unique("tax_rate_id", "reference_id").
	Index("reference_id")

// Reference is what kind of record a rule names.
type Reference string

// What rules can name.
const (
	ReferenceProduct        Reference = "product"
	ReferenceProductType    Reference = "product_type"
	ReferenceShippingOption Reference = "shipping_option"
)
