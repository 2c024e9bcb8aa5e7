package medusa_test

import (
	"regexp"
)

// The rules by which our results differ from recorded answers. docs/differences.md explains
// each.
const (
	ruleTotals    = "computed totals"
	ruleUnknown   = "unknown names"
	ruleNothing   = "nothing asked"
	ruleBare      = "bare relations"
	ruleRaw       = "raw companions"
	ruleDouble    = "doubles"
	ruleStub      = "stubs"
	ruleLeak      = "leaked keys"
	rulePulled    = "pulled relations"
	ruleAbsent    = "absent for null"
	ruleHoles     = "holes"
	ruleSets      = "nested order"
	ruleShape     = "object or array"
	rulePlacing   = "placing rows"
	ruleSummaries = "summary of any version"
	ruleMetadata  = "metadata"
	ruleUntyped   = "untyped errors"
)

// computed matches the totals that Medusa computes on reading.
var computed = regexp.MustCompile(`^(raw_)?(\w+_)?(total|subtotal)(_per_unit)?$`)

// absence returns the rule because of which we do not have a name.
func absence(name string) string {
	if computed.MatchString(name) {
		return ruleTotals
	}
	return ruleUnknown
}
