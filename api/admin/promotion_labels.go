package admin

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

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

// blanks returns rules without values: those that a new promotion must be given.
func blanks(kind promotion.RuleKind, of ruleSubject) []*labeledRule {
	out := []*labeledRule{}
	for _, a := range attributesOf(kind, of) {
		if a.Required {
			out = append(out, &labeledRule{
				ID: a.ID, Attribute: a.Value, AttributeLabel: a.Label, FieldType: a.FieldType, Operator: promotion.RuleOperator(a.Operators[0].Value),
				OperatorLabel: a.Operators[0].Label, Required: true, Disguised: a.Disguised, Values: []option{},
			})
		}
	}
	return out
}

// disguisedRules returns what a promotion's method requires as rules: its currency, and its
// quantities.
func (r *routes) disguisedRules(ctx context.Context, kind promotion.RuleKind, id string) ([]*labeledRule, error) {
	found, _, err := query.List[struct {
		Type              promotion.Type `json:"type"`
		ApplicationMethod struct {
			Type                promotion.MethodType `json:"type"`
			TargetType          promotion.TargetType `json:"target_type"`
			CurrencyCode        *string              `json:"currency_code"`
			ApplyToQuantity     *int64               `json:"apply_to_quantity"`
			BuyRulesMinQuantity *int64               `json:"buy_rules_min_quantity"`
		} `json:"application_method"`
	}](ctx, r.Query, "promotion", query.Where(query.Filters{"id": id}), query.Limit(1))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	p, m := found[0], found[0].ApplicationMethod
	rules := blanks(kind, ruleSubject{p.Type, m.Type, m.TargetType})
	for _, rule := range rules {
		value := ""
		switch rule.Attribute {
		case "currency_code":
			value = deref(m.CurrencyCode)
		case "apply_to_quantity":
			value = digits(m.ApplyToQuantity)
		case "buy_rules_min_quantity":
			value = digits(m.BuyRulesMinQuantity)
		}
		if value != "" {
			rule.Values = []option{{value, value}}
		}
	}
	return rules, nil
}

func deref(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// digits returns a number as text, which is empty without one.
func digits(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
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
