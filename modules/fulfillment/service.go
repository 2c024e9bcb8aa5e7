package fulfillment

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps fulfillments and what can be chosen for them.
type Service struct {
	Fulfillments        module.Records[Fulfillment]
	Items               module.Records[Item]
	Labels              module.Records[Label]
	Addresses           module.Records[Address]
	Providers           module.Records[Provider]
	Sets                module.Records[Set]
	ServiceZones        module.Records[ServiceZone]
	GeoZones            module.Records[GeoZone]
	ShippingOptions     module.Records[ShippingOption]
	ShippingOptionRules module.Records[ShippingOptionRule]
	ShippingOptionTypes module.Records[ShippingOptionType]
	ShippingProfiles    module.Records[ShippingProfile]
}

// New makes the service on a store, and sets the module's rules there; see
// rules.go.
func New(s *module.Store) *Service {
	return &Service{
		Fulfillments:        module.For[Fulfillment](s, Fulfillments).With(module.Rules[Fulfillment]{Each: checkFulfillment}),
		Items:               module.For[Item](s, Items).With(module.Rules[Item]{Each: checkItem}),
		Labels:              module.For[Label](s, Labels),
		Addresses:           module.For[Address](s, Addresses),
		Providers:           module.For[Provider](s, Providers),
		Sets:                module.For[Set](s, Sets).With(module.Rules[Set]{Each: checkSet}),
		ServiceZones:        module.For[ServiceZone](s, ServiceZones).With(module.Rules[ServiceZone]{Each: checkServiceZone}),
		GeoZones:            module.For[GeoZone](s, GeoZones).With(module.Rules[GeoZone]{Each: checkGeoZone}),
		ShippingOptions:     module.For[ShippingOption](s, ShippingOptions).With(module.Rules[ShippingOption]{Each: checkOption}),
		ShippingOptionRules: module.For[ShippingOptionRule](s, ShippingOptionRules).With(module.Rules[ShippingOptionRule]{Each: checkOptionRule}),
		ShippingOptionTypes: module.For[ShippingOptionType](s, ShippingOptionTypes).With(module.Rules[ShippingOptionType]{Each: checkOptionType}),
		ShippingProfiles:    module.For[ShippingProfile](s, ShippingProfiles).With(module.Rules[ShippingProfile]{Each: checkProfile}),
	}
}
