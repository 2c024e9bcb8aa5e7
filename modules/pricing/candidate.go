package pricing

import (
	"cmp"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// candidate is a price in the right currency with its rules.
type candidate struct {
	set, id   string
	amount    money.Amount
	min, max  *money.Amount
	listID    *string
	listType  *PriceListType
	rules     []PriceRule
	listRules []PriceListRule // the rules of its list

	byCurrency, byRegion *bool // the tax preferences of the currency and of the context's region
}

// matches reports whether the price applies in the context, for a quantity.
func (p *candidate) matches(c *Context, quantity money.Amount) bool {
	if p.min != nil && quantity.Cmp(*p.min) < 0 || p.max != nil && quantity.Cmp(*p.max) > 0 {
		return false
	}
	for _, r := range p.rules {
		if !c.fulfills(r.Attribute, r.Operator, r.Value) {
			return false
		}
	}
	for _, r := range p.listRules {
		if !c.fulfillsOne(r.Attribute, r.Value) {
			return false
		}
	}
	return true
}

// fulfillsOne reports whether one of the context's values is among the values of a
// rule of a list.
func (c *Context) fulfillsOne(attribute string, value model.RawJSON) bool {
	values, err := listValues(value)
	if err != nil {
		return false // an invalid rule matches nothing
	}
	for _, v := range values {
		if c.fulfills(attribute, OperatorEqual, v) {
			return true
		}
	}
	return false
}

// compare orders prices that match. It is negative if a is more specific than b.
func compare(a, b *candidate) int {
	return cmp.Or(
		cmp.Compare(len(b.rules)+len(b.listRules), len(a.rules)+len(a.listRules)),
		cmp.Compare(b.priority(), a.priority()),
		cmp.Compare(b.bounds(), a.bounds()),
		a.amount.Cmp(b.amount),
		strings.Compare(a.id, b.id),
	)
}

// better returns the better of two candidates; a may be nil.
func better(a, b *candidate) *candidate {
	if a == nil || compare(b, a) < 0 {
		return b
	}
	return a
}

// priority returns the highest priority of the rules.
func (p *candidate) priority() int64 {
	var highest int64
	for _, r := range p.rules {
		highest = max(highest, r.Priority)
	}
	return highest
}

// bounds returns 1 for a price with bounds on the quantity, and 0 for others.
func (p *candidate) bounds() int {
	if p.min != nil || p.max != nil {
		return 1
	}
	return 0
}

// inclusive reports whether the amount includes taxes. For a price with a rule on the
// region, the preference of the region decides, if there is one.
func (p *candidate) inclusive() bool {
	if p.byRegion != nil {
		for _, r := range p.rules {
			if r.Attribute == AttributeRegion && r.Operator == OperatorEqual {
				return *p.byRegion
			}
		}
	}
	return p.byCurrency != nil && *p.byCurrency
}

func (p *candidate) taken() Taken {
	return Taken{ID: p.id, PriceListID: p.listID, PriceListType: p.listType, MinQuantity: p.min, MaxQuantity: p.max}
}
