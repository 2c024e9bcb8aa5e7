package pricing

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
)

// Context is what prices depend on: who buys, where, and how much.
type Context struct {
	CurrencyCode     string              // ISO 4217; required
	RegionID         string              // "" means no region
	CustomerGroupIDs []string            // the groups of the customer
	Quantity         money.Amount        // the number of pieces; 0 means 1
	Attributes       map[string][]string // other attributes that rules may have, such as item_total
}

// complete returns the context with the currency in lower case, or an invalid_data
// error.
func (c Context) complete() (*Context, error) {
	code, ok := money.Code(c.CurrencyCode)
	if !ok {
		return nil, fault.New(fault.InvalidData, "prices cannot be calculated in the currency %q; it must be a code of three letters, such as eur", c.CurrencyCode)
	}
	c.CurrencyCode = code
	return &c, nil
}

// values returns the values of an attribute. Customer groups have two names; rules of
// older shops use the second.
func (c *Context) values(attribute string) []string {
	given := c.Attributes[attribute]
	switch attribute {
	case AttributeCurrency:
		return append(slices.Clip(given), c.CurrencyCode)
	case AttributeRegion:
		if c.RegionID != "" {
			return append(slices.Clip(given), c.RegionID)
		}
	case AttributeGroups, "customer_group_id":
		return append(slices.Clip(given), c.CustomerGroupIDs...)
	}
	return given
}

// fulfills reports whether one of the context's values fulfills a rule.
func (c *Context) fulfills(attribute string, operator RuleOperator, value string) bool {
	return slices.ContainsFunc(c.values(attribute), func(v string) bool {
		if operator == OperatorEqual {
			return v == value
		}
		a, errA := money.Parse(v)
		b, errB := money.Parse(value)
		return errA == nil && errB == nil && holds(operator, a.Cmp(b))
	})
}

// holds reports whether a comparison, which is -1, 0 or 1, fulfills an operator.
func holds(operator RuleOperator, compared int) bool {
	switch operator {
	case OperatorAtLeast:
		return compared >= 0
	case OperatorAtMost:
		return compared <= 0
	case OperatorAbove:
		return compared > 0
	case OperatorBelow:
		return compared < 0
	}
	return compared == 0
}
