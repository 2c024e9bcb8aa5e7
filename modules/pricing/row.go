package pricing

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// row is a row of candidatesSQL: a price, a rule of it, and a rule of its list.
type row struct {
	candidate *candidate
	rule      nullRule
	listRule  struct {
		id, attribute *string
		value         model.RawJSON
	}
}

// nullRule is a rule, or only nulls.
type nullRule struct {
	id, attribute, operator, value *string
	priority                       *int64
}

func scan(rows db.Rows) (row, error) {
	p := &candidate{}
	r := row{candidate: p}
	var listType *string
	err := rows.Scan(&p.set, &p.id, &p.amount, &p.min, &p.max, &p.listID, &listType,
		&r.rule.id, &r.rule.attribute, &r.rule.operator, &r.rule.value, &r.rule.priority,
		&r.listRule.id, &r.listRule.attribute, &r.listRule.value, &p.byCurrency, &p.byRegion)
	if listType != nil {
		p.listType = new(PriceListType(*listType))
	}
	return r, err
}

// addRules adds the rules of the row to its price, unless the price has them.
func (r *row) addRules(p *candidate) {
	if rule := &r.rule; rule.id != nil && !p.hasRule(*rule.id) {
		p.rules = append(p.rules, PriceRule{
			Record: model.Record{ID: *rule.id}, Attribute: *rule.attribute, Operator: RuleOperator(*rule.operator), Value: *rule.value, Priority: *rule.priority,
		})
	}
	if rule := &r.listRule; rule.id != nil && !p.hasListRule(*rule.id) {
		p.listRules = append(p.listRules, PriceListRule{Record: model.Record{ID: *rule.id}, Attribute: *rule.attribute, Value: rule.value})
	}
}

func (p *candidate) hasRule(id string) bool {
	for i := range p.rules {
		if p.rules[i].ID == id {
			return true
		}
	}
	return false
}

func (p *candidate) hasListRule(id string) bool {
	for i := range p.listRules {
		if p.listRules[i].ID == id {
			return true
		}
	}
	return false
}
