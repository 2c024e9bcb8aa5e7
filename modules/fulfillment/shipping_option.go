package fulfillment

import "github.com/gorgon-commerce/gorgon/model"

// ShippingOption is a way of shipping that a customer can choose.
type ShippingOption struct {
	model.Base
	Name                 string        `json:"name" model:"searchable"`
	PriceType            PriceType     `json:"price_type" model:"default=flat,enum=calculated|flat"`
	Data                 model.RawJSON `json:"data"`
	ServiceZoneID        string        `json:"service_zone_id"`
	ShippingProfileID    *string       `json:"shipping_profile_id"`
	ProviderID           *string       `json:"provider_id"`
	ShippingOptionTypeID string        `json:"shipping_option_type_id"`

	ServiceZone     *ServiceZone          `json:"service_zone,omitzero" model:"belongs"`
	ShippingProfile *ShippingProfile      `json:"shipping_profile,omitzero" model:"belongs"`
	Provider        *ProviderRecord       `json:"provider,omitzero" model:"belongs"`
	Type            *ShippingOptionType   `json:"type,omitzero" model:"belongs=shipping_option_type_id,noaction"`
	Rules           []*ShippingOptionRule `json:"rules,omitzero" model:"many=shipping_option_id"`
	Fulfillments    []*Fulfillment        `json:"fulfillments,omitzero" model:"many=shipping_option_id"`
}

// ShippingOptions is the model of ShippingOption: entity shipping_option, ids
// so_….
var ShippingOptions = model.Define[ShippingOption]("shipping_option").
	WithPrefix("so").
	Cascades("rules")

// PriceType says where the price of an option comes from.
type PriceType string

// The types of price.
const (
	PriceCalculated PriceType = "calculated" // the provider calculates it
	PriceFlat       PriceType = "flat"       // it is a price of the shop
)

// ShippingOptionRule restricts when an option is offered.
type ShippingOptionRule struct {
	model.Record
	Attribute        string        `json:"attribute"`
	Operator         RuleOperator  `json:"operator" model:"enum=in|eq|ne|gt|gte|lt|lte|nin"`
	Value            model.RawJSON `json:"value"`
	ShippingOptionID string        `json:"shipping_option_id"`

	ShippingOption *ShippingOption `json:"shipping_option,omitzero" model:"belongs"`
}

// ShippingOptionRules is the model of ShippingOptionRule: entity
// shipping_option_rule, ids sorul_….
var ShippingOptionRules = model.Define[ShippingOptionRule]("shipping_option_rule").
	WithPrefix("sorul")

// RuleOperator compares an attribute with a value.
type RuleOperator string

// The operators.
const (
	OperatorIn       RuleOperator = "in"
	OperatorEqual    RuleOperator = "eq"
	OperatorNotEqual RuleOperator = "ne"
	OperatorAbove    RuleOperator = "gt"
	OperatorAtLeast  RuleOperator = "gte"
	OperatorBelow    RuleOperator = "lt"
	OperatorAtMost   RuleOperator = "lte"
	OperatorNotIn    RuleOperator = "nin"
)

// ShippingOptionType is the kind of an option, as defined by the shop.
type ShippingOptionType struct {
	model.Record
	Label       string  `json:"label" model:"searchable"`
	Description *string `json:"description" model:"searchable"`
	Code        string  `json:"code" model:"searchable"`

	ShippingOptions []*ShippingOption `json:"shipping_options,omitzero" model:"many=shipping_option_type_id"`
}

// ShippingOptionTypes is the model of ShippingOptionType: entity
// shipping_option_type, ids sotype_….
var ShippingOptionTypes = model.Define[ShippingOptionType]("shipping_option_type").
	WithPrefix("sotype")

// ShippingProfile groups products that are shipped in the same way.
type ShippingProfile struct {
	model.Base
	Name string `json:"name"`
	Type string `json:"type"`

	ShippingOptions []*ShippingOption `json:"shipping_options,omitzero" model:"many=shipping_profile_id"`
}

// ShippingProfiles is the model of ShippingProfile: entity shipping_profile,
// ids sp_….
var ShippingProfiles = model.Define[ShippingProfile]("shipping_profile").
	WithPrefix("sp").
	Unique("name")
