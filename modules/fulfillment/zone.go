package fulfillment

import "github.com/gorgon-commerce/gorgon/model"

// Set is a kind of delivery that a stock location offers, such as shipping or
// pickup.
type Set struct {
	model.Base
	Name string `json:"name"`
	Type string `json:"type"`

	ServiceZones []*ServiceZone `json:"service_zones,omitzero" model:"many=fulfillment_set_id"`
}

// Sets is the model of Set: entity fulfillment_set, ids fuset_….
var Sets = model.Define[Set]("fulfillment_set").
	WithPrefix("fuset").
	Unique("name").
	Cascades("service_zones")

// ServiceZone is an area in which shipping options of a set are available.
type ServiceZone struct {
	model.Base
	Name             string `json:"name"`
	FulfillmentSetID string `json:"fulfillment_set_id"`

	FulfillmentSet  *Set              `json:"fulfillment_set,omitzero" model:"belongs"`
	GeoZones        []*GeoZone        `json:"geo_zones,omitzero" model:"many=service_zone_id"`
	ShippingOptions []*ShippingOption `json:"shipping_options,omitzero" model:"many=service_zone_id"`
}

// ServiceZones is the model of ServiceZone: entity service_zone, ids serzo_….
var ServiceZones = model.Define[ServiceZone]("service_zone").
	WithPrefix("serzo").
	Unique("name").
	Cascades("geo_zones", "shipping_options")

// GeoZone is a part of a service zone: a country, or a province, city or range of
// postal codes within a country.
type GeoZone struct {
	model.Base
	Type             GeoZoneType   `json:"type" model:"default=country,enum=country|province|city|zip"`
	CountryCode      string        `json:"country_code"` // lower case, ISO 3166-1 alpha-2
	ProvinceCode     *string       `json:"province_code"`
	City             *string       `json:"city"`
	PostalExpression model.RawJSON `json:"postal_expression"` // which postal codes
	ServiceZoneID    string        `json:"service_zone_id"`

	ServiceZone *ServiceZone `json:"service_zone,omitzero" model:"belongs"`
}

// GeoZones is the model of GeoZone: entity geo_zone, ids fgz_….
var GeoZones = model.Define[GeoZone]("geo_zone").
	WithPrefix("fgz").
	Index("country_code").
	Index("province_code").
	Index("city")

// GeoZoneType is what a GeoZone covers.
type GeoZoneType string

// The types of zone.
const (
	ZoneCountry  GeoZoneType = "country"
	ZoneProvince GeoZoneType = "province"
	ZoneCity     GeoZoneType = "city"
	ZoneZIP      GeoZoneType = "zip"
)
