package pricing

import (
	"bytes"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// row is a row of candidatesSQL: a price, a rule of it, and a rule of its list.
type row struct {
	candidate *candidate
	rule      nullRule
	listRule  struct {
		attribute *string
		value     model.RawJSON
	}
}

// nullRule is a rule, or only nulls.
type nullRule struct {
	attribute, operator, value *string
	priority                   *int64
}

func scan(rows db.Rows) (row, error) {
	p := &candidate{}
	r := row{candidate: p}
	var listType *string
	err := rows.Scan(&p.set, &p.id, &p.amount, &p.min, &p.max, &p.listID, &listType,
		&r.rule.attribute, &r.rule.operator, &r.rule.value, &r.rule.priority,
		&r.listRule.attribute, &r.listRule.value, &p.byCurrency, &p.byRegion)
	if listType != nil {
		p.listType = new(PriceListType(*listType))
	}
	return r, err
}

// addRules adds the rules of the row to its price, unless the price has them. Of an
// attribute and operator, a price has one.
func (r *row) addRules(p *candidate) {
	if rule := &r.rule; rule.attribute != nil && !p.hasRule(*rule.attribute, RuleOperator(*rule.operator)) {
		p.rules = append(p.rules, PriceRule{Attribute: *rule.attribute, Operator: RuleOperator(*rule.operator), Value: *rule.value, Priority: *rule.priority})
	}
	if rule := &r.listRule; rule.attribute != nil && !p.hasListRule(*rule.attribute, rule.value) {
		p.listRules = append(p.listRules, PriceListRule{Attribute: *rule.attribute, Value: rule.value})
	}
}

func (p *candidate) hasRule(attribute string, operator RuleOperator) bool {
	return slices.ContainsFunc(p.rules, func(r PriceRule) bool { return r.Attribute == attribute && r.Operator == operator })
}

func (p *candidate) hasListRule(attribute string, value model.RawJSON) bool {
	return slices.ContainsFunc(p.listRules, func(r PriceListRule) bool { return r.Attribute == attribute && bytes.Equal(r.Value, value) })
}
