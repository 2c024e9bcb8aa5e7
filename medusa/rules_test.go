package medusa_test

import (
	"regexp"

	"github.com/gorgon-commerce/gorgon/model"
)

// The rules by which our results differ from recorded answers. docs/differences.md explains
// each.
const (
	ruleTotals    = "computed totals"
	ruleLater     = "modules to come"
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

// later lists relations to modules that we do not have yet, by model.
var later = map[string][]string{
	"fulfillment_set": {"location"},
	"product_variant": {"inventory", "inventory_items"},
	"sales_channel":   {"stock_locations"},
}

// laterEntities lists the models of those modules.
var laterEntities = []string{
	"inventory_level", "location_fulfillment_provider", "location_fulfillment_set",
	"product_variant_inventory_item", "sales_channel_location", "stock_location",
}

// absence returns the rule because of which we do not have a name of a model.
func absence(m *model.Model, name string) string {
	if computed.MatchString(name) {
		return ruleTotals
	}
	for _, n := range later[m.Name] {
		if n == name {
			return ruleLater
		}
	}
	return ruleUnknown
}
