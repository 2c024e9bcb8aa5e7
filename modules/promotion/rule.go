package promotion

import "github.com/gorgon-commerce/gorgon/model"

// Rule is a condition: an attribute, an operator and values. A promotion has rules on
// when it applies; its method has rules on the lines it applies to and, for buy-get, on
// the lines that must be bought.
type Rule struct {
	model.Record
	Description *string      `json:"description"`
	Attribute   string       `json:"attribute"`
	Operator    RuleOperator `json:"operator" model:"enum=gte|lte|gt|lt|eq|ne|in"`

	Values            []*RuleValue         `json:"values,omitzero" model:"many=promotion_rule_id"`
	Promotions        []*Promotion         `json:"promotions,omitzero" model:"through=promotion_promotion_rule.promotion_rule_id.promotion_id"`
	MethodTargetRules []*ApplicationMethod `json:"method_target_rules,omitzero" model:"through=application_method_target_rules.promotion_rule_id.application_method_id"`
	MethodBuyRules    []*ApplicationMethod `json:"method_buy_rules,omitzero" model:"through=application_method_buy_rules.promotion_rule_id.application_method_id"`
}

// Rules is the model of Rule: entity promotion_rule, ids prorul_….
var Rules = model.Define[Rule]("promotion_rule").
	WithPrefix("prorul").
	Index("attribute", "operator").
	Index("operator", "attribute", "id").
	Cascades("values")

// RuleOperator compares an attribute with values.
type RuleOperator string

// The operators.
const (
	OperatorAtLeast  RuleOperator = "gte"
	OperatorAtMost   RuleOperator = "lte"
	OperatorAbove    RuleOperator = "gt"
	OperatorBelow    RuleOperator = "lt"
	OperatorEqual    RuleOperator = "eq"
	OperatorNotEqual RuleOperator = "ne"
	OperatorIn       RuleOperator = "in"
)

// RuleValue is one of the values of a rule.
type RuleValue struct {
	model.Record
	Value           string `json:"value"`
	PromotionRuleID string `json:"promotion_rule_id"`

	PromotionRule *Rule `json:"promotion_rule,omitzero" model:"belongs"`
}

// RuleValues is the model of RuleValue: entity promotion_rule_value, ids
// prorulval_….
var RuleValues = model.Define[RuleValue]("promotion_rule_value").
	WithPrefix("prorulval").
	Index("promotion_rule_id", "value").
	Index("value")
