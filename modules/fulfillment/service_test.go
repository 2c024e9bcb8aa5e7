package fulfillment_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(fulfillment.Module)

// delivery returns a set with a zone and an option, as a stock location offers it.
func delivery() *fulfillment.Set {
	return &fulfillment.Set{Name: "Warehouse", Type: "shipping", ServiceZones: []*fulfillment.ServiceZone{{
		Name: "Europe",
		GeoZones: []*fulfillment.GeoZone{
			{CountryCode: "FR"},
			{Type: fulfillment.ZoneProvince, CountryCode: "de", ProvinceCode: new("de-by")},
			{Type: fulfillment.ZoneCity, CountryCode: "de", ProvinceCode: new("de-be"), City: new("Berlin")},
			{Type: fulfillment.ZoneZIP, CountryCode: "de", ProvinceCode: new("de-be"), City: new("Berlin"), PostalExpression: model.RawJSON(`{"starts":"10"}`)},
		},
		ShippingOptions: []*fulfillment.ShippingOption{{
			Name: "Express", Type: &fulfillment.ShippingOptionType{Label: "Fast", Code: "fast"},
			ShippingProfile: &fulfillment.ShippingProfile{Name: "Default", Type: "default"},
			Rules: []*fulfillment.ShippingOptionRule{
				{Attribute: "is_return", Operator: fulfillment.OperatorEqual, Value: model.RawJSON(`"false"`)},
				{Attribute: "customer.group", Operator: fulfillment.OperatorIn, Value: model.RawJSON(`["vip"]`)},
			},
		}},
	}}}
}

func TestWhatCanBeChosen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := fulfillment.New(store)
		set := delivery()
		moduletest.Create(t, s.Sets, set)
		if z := set.ServiceZones[0].GeoZones[0]; z.CountryCode != "fr" || z.Type != fulfillment.ZoneCountry {
			t.Errorf("the zone became %+v", z)
		}
		zone := set.ServiceZones[0]
		geo := func(z fulfillment.GeoZone) func(context.Context) error {
			z.ServiceZoneID = zone.ID
			return func(ctx context.Context) error {
				return s.GeoZones.Create(ctx, &fulfillment.GeoZone{CountryCode: "it", ServiceZoneID: zone.ID}, &z)
			}
		}
		rule := func(operator fulfillment.RuleOperator, value string) func(context.Context) error {
			r := &fulfillment.ShippingOptionRule{Attribute: "a", Operator: operator, Value: model.RawJSON(value), ShippingOptionID: zone.ShippingOptions[0].ID}
			return func(ctx context.Context) error { return s.ShippingOptionRules.Create(ctx, r) }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{}), Words: []string{"geo_zone.country_code"}},
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{CountryCode: "deu"}), Words: []string{"geo_zone.country_code", "two letters"}},
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{Type: fulfillment.ZoneProvince, CountryCode: "de"}), Words: []string{"geo_zone.province_code is missing", "province"}},
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{Type: fulfillment.ZoneCity, CountryCode: "de", ProvinceCode: new("de-be"), City: new("")}), Words: []string{"geo_zone.city is missing"}},
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{Type: fulfillment.ZoneZIP, CountryCode: "de", ProvinceCode: new("de-be"), City: new("Berlin")}), Words: []string{"geo_zone.postal_expression is missing"}},
			moduletest.Refusal{Do: geo(fulfillment.GeoZone{Type: "planet", CountryCode: "de"}), Words: []string{"geo_zone.type", "country, province, city, zip"}},
			moduletest.Refusal{Do: rule(fulfillment.OperatorIn, `"vip"`), Words: []string{"shipping_option_rule.value", "a list of values"}},
			moduletest.Refusal{Do: rule(fulfillment.OperatorEqual, `["vip"]`), Words: []string{"shipping_option_rule.value", "one value"}},
			moduletest.Refusal{Do: rule(fulfillment.OperatorEqual, `null`), Words: []string{"shipping_option_rule.value is missing"}},
			moduletest.Refusal{Do: rule("like", `"a"`), Words: []string{"shipping_option_rule.operator", "in, eq, ne"}},
			moduletest.Refusal{Name: "an option without a zone", Words: []string{"shipping_option.service_zone_id"}, Do: func(ctx context.Context) error {
				return s.ShippingOptions.Create(ctx, &fulfillment.ShippingOption{Name: "Slow", ShippingOptionTypeID: zone.ShippingOptions[0].ShippingOptionTypeID})
			}},
			moduletest.Refusal{Name: "an option without a type", Words: []string{"shipping_option.shipping_option_type_id"}, Do: func(ctx context.Context) error {
				return s.ShippingOptions.Create(ctx, &fulfillment.ShippingOption{Name: "Slow", ServiceZoneID: zone.ID})
			}},
			moduletest.Refusal{Name: "a zone twice", Type: fault.DuplicateError, Words: []string{`a service_zone with name "Europe"`}, Do: func(ctx context.Context) error {
				return s.ServiceZones.Create(ctx, &fulfillment.ServiceZone{Name: "Europe", FulfillmentSetID: set.ID})
			}},
			moduletest.Refusal{Name: "a profile without a type", Words: []string{"shipping_profile.type"}, Do: func(ctx context.Context) error {
				return s.ShippingProfiles.Create(ctx, &fulfillment.ShippingProfile{Name: "Bulky"})
			}},
			moduletest.Refusal{Name: "a set without a type", Words: []string{"fulfillment_set.type"}, Do: func(ctx context.Context) error {
				return s.Sets.Create(ctx, &fulfillment.Set{Name: "Shop"})
			}},
			moduletest.Refusal{Name: "a type without a code", Words: []string{"shipping_option_type.code"}, Do: func(ctx context.Context) error {
				return s.ShippingOptionTypes.Create(ctx, &fulfillment.ShippingOptionType{Label: "Slow"})
			}},
		)
	})
}

func TestWhatWasSent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := fulfillment.New(store)
		now := time.Now()
		parcel := func(spoil func(*fulfillment.Fulfillment)) *fulfillment.Fulfillment {
			f := &fulfillment.Fulfillment{
				LocationID: "sloc_1", DeliveryAddress: &fulfillment.Address{City: new("Paris")},
				Items:  []*fulfillment.Item{{Title: "Mug", Quantity: money.Int(1)}, {Title: "Tea", Quantity: money.MustParse("0.5")}},
				Labels: []*fulfillment.Label{{TrackingNumber: "1Z"}},
			}
			spoil(f)
			return f
		}
		sent := parcel(func(f *fulfillment.Fulfillment) { f.ShippedAt = &now })
		delivered := parcel(func(f *fulfillment.Fulfillment) { f.DeliveredAt = &now })
		moduletest.Create(t, s.Fulfillments, sent, delivered, parcel(func(f *fulfillment.Fulfillment) { f.CanceledAt = &now }))
		create := func(spoil func(*fulfillment.Fulfillment)) func(context.Context) error {
			return func(ctx context.Context) error { return s.Fulfillments.Create(ctx, parcel(spoil)) }
		}
		cancel := func(f *fulfillment.Fulfillment) func(context.Context) error {
			return func(ctx context.Context) error {
				_, err := s.Fulfillments.Update(ctx, []string{f.ID}, module.Patch{"canceled_at": now})
				return err
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(func(f *fulfillment.Fulfillment) { f.LocationID = "" }), Words: []string{"fulfillment.location_id"}},
			moduletest.Refusal{Do: create(func(f *fulfillment.Fulfillment) { f.Items[1].Quantity = money.Zero }), Words: []string{"fulfillment_item.quantity cannot be 0"}},
			moduletest.Refusal{Do: create(func(f *fulfillment.Fulfillment) { f.Items[0].Title = "" }), Words: []string{"fulfillment_item.title"}},
			moduletest.Refusal{Do: create(func(f *fulfillment.Fulfillment) { f.ProviderID = new("nobody") }), Type: fault.NotFound, Words: []string{"fulfillment.provider_id", "nobody"}},
			moduletest.Refusal{Do: cancel(sent), Type: fault.NotAllowed, Words: []string{sent.ID, "shipped"}},
			moduletest.Refusal{Do: cancel(delivered), Type: fault.NotAllowed, Words: []string{delivered.ID, "delivered"}},
		)
	})
}
