package admin

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/query"
)

// labeledRule is a rule as people read it: with the labels of its attribute,
// operator and values. A label that is not known is the value itself.
type labeledRule struct {
	ID             string                 `json:"id"`
	Description    *string                `json:"description"`
	Attribute      string                 `json:"attribute"`
	AttributeLabel string                 `json:"attribute_label"`
	FieldType      string                 `json:"field_type,omitempty"`
	Operator       promotion.RuleOperator `json:"operator"`
	OperatorLabel  string                 `json:"operator_label"`
	Required       bool                   `json:"required"`
	Disguised      bool                   `json:"disguised"`
	Values         []option               `json:"values"`
}

// label adds the labels to rules of a kind.
func (r *routes) label(ctx context.Context, kind promotion.RuleKind, of ruleSubject, rules []*labeledRule) error {
	attributes := attributesOf(kind, of)
	for _, rule := range rules {
		rule.AttributeLabel, rule.OperatorLabel = rule.Attribute, string(rule.Operator)
		for i := range rule.Values {
			rule.Values[i].Label = rule.Values[i].Value
		}
		for _, o := range ruleOperators {
			if o.Value == string(rule.Operator) {
				rule.OperatorLabel = o.Label
			}
		}
		at := slices.IndexFunc(attributes, func(a ruleAttribute) bool { return a.Value == rule.Attribute })
		if at < 0 {
			continue
		}
		a := &attributes[at]
		rule.AttributeLabel, rule.FieldType, rule.Required, rule.Disguised = a.Label, a.FieldType, a.Required, a.Disguised
		if err := r.labelValues(ctx, a, rule.Values); err != nil {
			return err
		}
	}
	return nil
}

// labelValues sets the labels of values of an attribute.
func (r *routes) labelValues(ctx context.Context, a *ruleAttribute, values []option) error {
	if a.entity == "" || len(values) == 0 {
		return nil
	}
	keys := make([]string, len(values))
	for i, v := range values {
		keys[i] = v.Value
	}
	res, err := r.Query.Graph(ctx, query.Request{Entity: a.entity, Fields: []string{a.key, a.shown}, Filters: query.Filters{a.key: keys}, Limit: query.All})
	if err != nil {
		return err
	}
	known, err := a.options(res.Data)
	if err != nil {
		return err
	}
	for i, v := range values {
		if at := slices.IndexFunc(known, func(o option) bool { return o.Value == v.Value }); at >= 0 {
			values[i].Label = known[at].Label
		}
	}
	return nil
}

// rulesIn returns the rules in the records of a query.
func rulesIn(data []byte) (rules []*labeledRule, err error) {
	return rules, json.Unmarshal(data, &rules)
}
