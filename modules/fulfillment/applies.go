package fulfillment

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Attributes of rules that Gorgon gives a value.
const (
	AttributeReturn = "is_return"        // true for options that customers send goods back with
	AttributeStore  = "enabled_in_store" // true for options that customers can choose
)

// Facts are the values of attributes that rules are compared with. An attribute can
// have several.
type Facts map[string][]string

// Applies reports whether all rules of an option hold. A rule of an attribute without
// values does not hold, unless it says what the value must not be. A rule that is nil is
// passed over.
func Applies(rules []*ShippingOptionRule, facts Facts) bool {
	return !slices.ContainsFunc(rules, func(r *ShippingOptionRule) bool { return r != nil && !r.holds(facts[r.Attribute]) })
}

func (r *ShippingOptionRule) holds(values []string) bool {
	wanted := ruleValues(r.Value)
	one := func(compare func(value, wanted string) bool) bool {
		return slices.ContainsFunc(values, func(v string) bool {
			return slices.ContainsFunc(wanted, func(w string) bool { return compare(v, w) })
		})
	}
	equal := func(v, w string) bool { return v == w }
	switch r.Operator {
	case OperatorEqual, OperatorIn:
		return one(equal)
	case OperatorNotEqual, OperatorNotIn:
		return !one(equal)
	case OperatorAbove:
		return one(numbers(func(c int) bool { return c > 0 }))
	case OperatorAtLeast:
		return one(numbers(func(c int) bool { return c >= 0 }))
	case OperatorBelow:
		return one(numbers(func(c int) bool { return c < 0 }))
	case OperatorAtMost:
		return one(numbers(func(c int) bool { return c <= 0 }))
	}
	return false
}

// numbers returns a comparison of texts that are numbers.
func numbers(holds func(compared int) bool) func(value, wanted string) bool {
	return func(value, wanted string) bool {
		a, errA := money.Parse(value)
		b, errB := money.Parse(wanted)
		return errA == nil && errB == nil && holds(a.Cmp(b))
	}
}

// ruleValues returns the values of a rule: one or a list, of texts, numbers or
// booleans.
func ruleValues(value model.RawJSON) []string {
	d := json.NewDecoder(strings.NewReader(string(value)))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, e := range list {
		out = append(out, fmt.Sprint(e))
	}
	return out
}
