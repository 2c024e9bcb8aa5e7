package fulfillment

import (
	"bytes"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Fulfillments, module.Rules[Fulfillment]{Each: checkFulfillment}),
		module.On(Items, module.Rules[Item]{Each: checkItem}),
		module.On(Sets, module.Rules[Set]{Each: checkSet}),
		module.On(ServiceZones, module.Rules[ServiceZone]{Each: checkServiceZone}),
		module.On(GeoZones, module.Rules[GeoZone]{Each: checkGeoZone}),
		module.On(ShippingOptions, module.Rules[ShippingOption]{Each: checkOption}),
		module.On(ShippingOptionRules, module.Rules[ShippingOptionRule]{Each: checkOptionRule}),
		module.On(ShippingOptionTypes, module.Rules[ShippingOptionType]{Each: checkOptionType}),
		module.On(ShippingProfiles, module.Rules[ShippingProfile]{Each: checkProfile}),
	}
}

// checkFulfillment checks that a fulfillment has a location, and that it is not
// canceled after it was shipped.
func checkFulfillment(f *Fulfillment) error {
	if f.CanceledAt != nil && f.ShippedAt != nil {
		return fault.New(fault.NotAllowed, "fulfillment %q cannot be canceled: it was shipped", f.ID)
	}
	if f.CanceledAt != nil && f.DeliveredAt != nil {
		return fault.New(fault.NotAllowed, "fulfillment %q cannot be both canceled and delivered", f.ID)
	}
	return module.Require(Fulfillments, "location_id", f.LocationID)
}

// checks are what verify looks for.
var checks = []module.Check{
	{Model: Fulfillments, Column: "canceled_at", Wrong: "are set beside shipped_at or delivered_at", Rows: func(d db.Dialect) string {
		return " FROM " + d.Quote(Fulfillments.Table) + " AS a WHERE a.deleted_at IS NULL AND a.canceled_at IS NOT NULL AND (a.shipped_at IS NOT NULL OR a.delivered_at IS NOT NULL)"
	}},
}

// checkItem checks that an item has a title and a quantity.
func checkItem(i *Item) error {
	return module.FirstError(
		module.Require(Items, "title", i.Title),
		module.Positive(Items, "quantity", i.Quantity),
		module.Fits(Items.Name+".quantity", i.Quantity),
	)
}

func checkSet(s *Set) error {
	return module.FirstError(module.Require(Sets, "name", s.Name), module.Require(Sets, "type", s.Type))
}

func checkServiceZone(z *ServiceZone) error { return module.Require(ServiceZones, "name", z.Name) }

// checkOption checks that an option has a name and a service zone.
func checkOption(o *ShippingOption) error {
	return module.FirstError(
		module.Require(ShippingOptions, "name", o.Name),
		module.Require(ShippingOptions, "service_zone_id", o.ServiceZoneID),
	)
}

func checkOptionType(t *ShippingOptionType) error {
	return module.FirstError(
		module.Require(ShippingOptionTypes, "label", t.Label),
		module.Require(ShippingOptionTypes, "code", t.Code),
	)
}

func checkProfile(p *ShippingProfile) error {
	return module.FirstError(
		module.Require(ShippingProfiles, "name", p.Name),
		module.Require(ShippingProfiles, "type", p.Type),
	)
}

// checkOptionRule checks that a rule has an attribute and a value: a list for the
// operators in and nin, a single value for the others.
func checkOptionRule(r *ShippingOptionRule) error {
	value := bytes.TrimSpace(r.Value)
	if len(value) == 0 || bytes.Equal(value, []byte("null")) {
		return fault.New(fault.InvalidData, "shipping_option_rule.value is missing; the rule on %q needs one", r.Attribute)
	}
	list, wantList := value[0] == '[', r.Operator == OperatorIn || r.Operator == OperatorNotIn
	if list != wantList {
		want := "one value"
		if wantList {
			want = "a list of values"
		}
		return fault.New(fault.InvalidData, "shipping_option_rule.value cannot be %s; the operator %s compares with %s", value, r.Operator, want)
	}
	return module.Require(ShippingOptionRules, "attribute", r.Attribute)
}

// needs lists the fields that a geo zone of each type must have in addition to the
// country, from the largest area to the smallest.
var needs = map[GeoZoneType][]string{
	ZoneCountry:  nil,
	ZoneProvince: {"province_code"},
	ZoneCity:     {"province_code", "city"},
	ZoneZIP:      {"province_code", "city", "postal_expression"},
}

// checkGeoZone checks that a zone has the fields of its type, and puts the country
// code into lower case.
func checkGeoZone(z *GeoZone) error {
	z.CountryCode = strings.ToLower(z.CountryCode)
	if len(z.CountryCode) != 2 {
		return fault.New(fault.InvalidData, "geo_zone.country_code cannot be %q; it must be a country code of two letters, such as de", z.CountryCode)
	}
	has := map[string]bool{
		"province_code":     z.ProvinceCode != nil && *z.ProvinceCode != "",
		"city":              z.City != nil && *z.City != "",
		"postal_expression": len(z.PostalExpression) > 0 && string(z.PostalExpression) != "null",
	}
	for _, field := range needs[z.Type] {
		if !has[field] {
			return fault.New(fault.InvalidData, "geo_zone.%s is missing; a zone of type %s needs %s", field, z.Type, strings.Join(needs[z.Type], ", "))
		}
	}
	return z.checkCodes()
}

// checkCodes checks that a province is one of the country, and that a postal
// expression has a code.
func (z *GeoZone) checkCodes() error {
	if z.ProvinceCode != nil {
		if country, _, ok := strings.Cut(*z.ProvinceCode, "-"); ok && len(country) == 2 && !strings.EqualFold(country, z.CountryCode) {
			return fault.New(fault.InvalidData, "geo_zone.province_code cannot be %q: it is not a province of the country %s", fault.Clip(*z.ProvinceCode), z.CountryCode)
		}
	}
	if z.Type == ZoneZIP && !namesPostal(z.PostalExpression) {
		return fault.New(fault.InvalidData, "geo_zone.postal_expression names no postal code; want an object such as {\"codes\": [\"10115\", \"12*\"]} or {\"from\": \"10000\", \"to\": \"10999\"}")
	}
	return nil
}
