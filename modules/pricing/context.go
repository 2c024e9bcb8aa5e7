package pricing

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
)

// Context is the case that prices are asked for: who buys, where, how much.
type Context struct {
	CurrencyCode     string              // ISO 4217; needed
	RegionID         string              // "" is no region
	CustomerGroupIDs []string            // the groups of the customer
	Quantity         money.Amount        // how many pieces; 0 is 1
	Attributes       map[string][]string // whatever else rules ask for: item_total …
}

// complete is the context with the currency in the form that prices have it
// in, or an invalid_data error.
func (c Context) complete() (*Context, error) {
	code, ok := money.Code(c.CurrencyCode)
	if !ok {
		return nil, fault.New(fault.InvalidData, "prices cannot be calculated in the currency %q; they need a code of three letters, such as eur", c.CurrencyCode)
	}
	c.CurrencyCode = code
	return &c, nil
}

// values are what the context says of an attribute. Groups go by two names:
// rules of older shops have the second.
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

// fulfills reports whether one of the context's values compares to the rule's
// as it asks.
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

// holds reports whether a comparison, -1, 0 or 1, is what the operator asks.
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
