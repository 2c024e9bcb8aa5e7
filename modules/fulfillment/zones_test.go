package fulfillment_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

// area returns a service zone of one geo zone, named as both.
func area(name string, g fulfillment.GeoZone) *fulfillment.ServiceZone {
	return &fulfillment.ServiceZone{Name: name, GeoZones: []*fulfillment.GeoZone{&g}}
}

// networks returns two sets: one of zones of every type, and one of countries.
func networks() (inland, abroad *fulfillment.Set) {
	province, city := fulfillment.GeoZone{Type: fulfillment.ZoneProvince, CountryCode: "us", ProvinceCode: new("us-ny")}, fulfillment.ZoneCity
	postal := func(expression string) fulfillment.GeoZone {
		return fulfillment.GeoZone{
			Type: fulfillment.ZoneZIP, CountryCode: "us", ProvinceCode: new("ny"), City: new("New York"), PostalExpression: model.RawJSON(expression),
		}
	}
	inland = &fulfillment.Set{Name: "Inland", Type: "shipping", ServiceZones: []*fulfillment.ServiceZone{
		area("us", fulfillment.GeoZone{CountryCode: "US"}),
		area("ny", province),
		area("ca", fulfillment.GeoZone{Type: fulfillment.ZoneProvince, CountryCode: "us", ProvinceCode: new("ca")}),
		area("new york", fulfillment.GeoZone{Type: city, CountryCode: "us", ProvinceCode: new("ny"), City: new("New York")}),
		area("new york in ca", fulfillment.GeoZone{Type: city, CountryCode: "us", ProvinceCode: new("ca"), City: new("New York")}),
		area("100*", postal(`{"starts":"100*"}`)),
		area("10001 to 10010", postal(`{"from":"10001","to":"10010"}`)),
		area("20000", postal(`{"is":["20000"]}`)),
	}}
	abroad = &fulfillment.Set{Name: "Abroad", Type: "shipping", ServiceZones: []*fulfillment.ServiceZone{
		area("ca the country", fulfillment.GeoZone{CountryCode: "ca"}),
		{Name: "both", GeoZones: []*fulfillment.GeoZone{{CountryCode: "us"}, {CountryCode: "ca"}}},
		area("closed", fulfillment.GeoZone{CountryCode: "us"}),
		area("reduced", fulfillment.GeoZone{CountryCode: "us"}),
	}}
	return inland, abroad
}

func TestZonesOf(t *testing.T) {
	t.Parallel()
	tests := []struct {
		to   fulfillment.Destination
		sets []string // all without any
		want string
	}{
		{to: fulfillment.Destination{CountryCode: "us"}, want: "both, us"},
		{to: fulfillment.Destination{CountryCode: "US"}, want: "both, us"},
		{to: fulfillment.Destination{CountryCode: "us"}, sets: []string{"Inland"}, want: "us"},
		{to: fulfillment.Destination{CountryCode: "us"}, sets: []string{"Abroad"}, want: "both"},
		{to: fulfillment.Destination{CountryCode: "us"}, sets: []string{"Inland", "Abroad"}, want: "both, us"},
		{to: fulfillment.Destination{CountryCode: "ca"}, want: "both, ca the country"},
		{to: fulfillment.Destination{CountryCode: "fr"}, want: ""},
		{to: fulfillment.Destination{CountryCode: "us", Province: "NY"}, sets: []string{"Inland"}, want: "ny, us"},
		{to: fulfillment.Destination{CountryCode: "us", Province: "us-ca"}, sets: []string{"Inland"}, want: "ca, us"},
		{to: fulfillment.Destination{CountryCode: "us", Province: "tx", City: "New York", PostalCode: "10001"}, sets: []string{"Inland"}, want: "us"},
		{to: fulfillment.Destination{CountryCode: "us", City: "New York", PostalCode: "10001"}, sets: []string{"Inland"}, want: "us"}, // a city is found in its province only
		{to: fulfillment.Destination{CountryCode: "us", Province: "ny", City: " new york "}, sets: []string{"Inland"}, want: "new york, ny, us"},
		{to: fulfillment.Destination{CountryCode: "us", Province: "ny", City: "Albany", PostalCode: "10001"}, sets: []string{"Inland"}, want: "ny, us"},
		{
			to:   fulfillment.Destination{CountryCode: "us", Province: "ny", City: "New York", PostalCode: "100 01"},
			sets: []string{"Inland"}, want: "100*, 10001 to 10010, new york, ny, us",
		},
		{to: fulfillment.Destination{CountryCode: "us", Province: "ny", City: "New York", PostalCode: "10099"}, sets: []string{"Inland"}, want: "100*, new york, ny, us"},
		{to: fulfillment.Destination{CountryCode: "us", Province: "ny", City: "New York", PostalCode: "20000"}, sets: []string{"Inland"}, want: "20000, new york, ny, us"},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := fulfillment.New(moduletest.Open(t, d, graph))
		inland, abroad := networks()
		moduletest.Create(t, s.Sets, inland, abroad)
		names, setOf := map[string]string{}, map[string]string{}
		for _, set := range []*fulfillment.Set{inland, abroad} {
			for _, z := range set.ServiceZones {
				names[z.ID], setOf[z.ID] = z.Name, set.ID
			}
		}
		err := errors.Join(s.ServiceZones.SoftDelete(t.Context(), abroad.ServiceZones[2].ID), s.GeoZones.SoftDelete(t.Context(), abroad.ServiceZones[3].GeoZones[0].ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range tests {
			var sets []string
			for _, name := range test.sets {
				sets = append(sets, map[string]string{inland.Name: inland.ID, abroad.Name: abroad.ID}[name])
			}
			zones, err := s.ZonesOf(t.Context(), test.to, sets...)
			if err != nil {
				t.Fatal(err)
			}
			found := []string{}
			for id, set := range zones {
				found = append(found, names[id])
				if set != setOf[id] {
					t.Errorf("%+v: zone %s is of set %s, want %s", test.to, names[id], set, setOf[id])
				}
			}
			slices.Sort(found)
			if got := strings.Join(found, ", "); got != test.want {
				t.Errorf("%+v in sets %q: zones %q, want %q", test.to, test.sets, got, test.want)
			}
		}
	})
}

// Rules and zones that are nil are passed over.
func TestNil(t *testing.T) {
	t.Parallel()
	if !fulfillment.Applies([]*fulfillment.ShippingOptionRule{nil}, nil) {
		t.Error("a rule that is nil does not hold")
	}
	if (fulfillment.Destination{CountryCode: "fr"}).InZone(nil) {
		t.Error("France is in a zone that is nil")
	}
}
