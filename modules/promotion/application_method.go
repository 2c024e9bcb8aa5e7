package promotion

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// ApplicationMethod says how a promotion reduces prices: by how much, and which.
type ApplicationMethod struct {
	model.Record
	Value               *money.Amount `json:"value"` // an amount or a percentage
	CurrencyCode        *string       `json:"currency_code"`
	MaxQuantity         *int64        `json:"max_quantity"`
	ApplyToQuantity     *int64        `json:"apply_to_quantity"`      // for buy-get: how many are reduced
	BuyRulesMinQuantity *int64        `json:"buy_rules_min_quantity"` // for buy-get: how many must be bought
	Type                MethodType    `json:"type" model:"enum=fixed|percentage"`
	TargetType          TargetType    `json:"target_type" model:"enum=order|shipping_methods|items"`
	Allocation          *Allocation   `json:"allocation" model:"enum=each|across|once"`
	PromotionID         string        `json:"promotion_id"`

	Promotion   *Promotion `json:"promotion,omitzero" model:"belongs"`
	TargetRules []*Rule    `json:"target_rules,omitzero" model:"through=application_method_target_rules.application_method_id.promotion_rule_id"`
	BuyRules    []*Rule    `json:"buy_rules,omitzero" model:"through=application_method_buy_rules.application_method_id.promotion_rule_id"`
}

// ApplicationMethods is the model of ApplicationMethod: entity
// application_method, table promotion_application_method, ids proappmet_….
var ApplicationMethods = model.Define[ApplicationMethod]("application_method").
	OnTable("promotion_application_method").
	WithPrefix("proappmet").
	Index("type").
	Index("target_type").
	Index("allocation").
	Index("currency_code").
	Unique("promotion_id")

// MethodType is the kind of a method's value.
type MethodType string

// The types of method.
const (
	MethodFixed      MethodType = "fixed"
	MethodPercentage MethodType = "percentage"
)

// TargetType is what a method reduces.
type TargetType string

// The targets.
const (
	TargetOrder           TargetType = "order"
	TargetShippingMethods TargetType = "shipping_methods"
	TargetItems           TargetType = "items"
)

// Allocation is how a method's value is distributed over its targets.
type Allocation string

// The allocations.
const (
	AllocateEach   Allocation = "each"   // to each item, up to max_quantity of it
	AllocateAcross Allocation = "across" // shared by all items
	AllocateOnce   Allocation = "once"   // to max_quantity items in all
)
