package fulfillment

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "fulfillment",
	Models: []*model.Model{
		Fulfillments, Items, Labels, Addresses,
		Providers,
		Sets, ServiceZones, GeoZones,
		ShippingOptions, ShippingOptionRules, ShippingOptionTypes, ShippingProfiles,
	},
	Rules:  rules,
	Checks: checks,
	Reconcile: func(ctx context.Context, s *module.Store, olderThan time.Duration) (int, error) {
		return New(s).Reconcile(ctx, olderThan)
	},
	Machines: []module.Diagram{parcels},
	Service:  module.Provide(New),
}

// Service manages fulfillments and shipping options.
type Service struct {
	Fulfillments        module.Records[Fulfillment]
	Items               module.Records[Item]
	Labels              module.Records[Label]
	Addresses           module.Records[Address]
	Providers           module.Records[ProviderRecord]
	Sets                module.Records[Set]
	ServiceZones        module.Records[ServiceZone]
	GeoZones            module.Records[GeoZone]
	ShippingOptions     module.Records[ShippingOption]
	ShippingOptionRules module.Records[ShippingOptionRule]
	ShippingOptionTypes module.Records[ShippingOptionType]
	ShippingProfiles    module.Records[ShippingProfile]
	store               *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Fulfillments:        module.For[Fulfillment](s, Fulfillments),
		Items:               module.For[Item](s, Items),
		Labels:              module.For[Label](s, Labels),
		Addresses:           module.For[Address](s, Addresses),
		Providers:           module.For[ProviderRecord](s, Providers),
		Sets:                module.For[Set](s, Sets),
		ServiceZones:        module.For[ServiceZone](s, ServiceZones),
		GeoZones:            module.For[GeoZone](s, GeoZones),
		ShippingOptions:     module.For[ShippingOption](s, ShippingOptions),
		ShippingOptionRules: module.For[ShippingOptionRule](s, ShippingOptionRules),
		ShippingOptionTypes: module.For[ShippingOptionType](s, ShippingOptionTypes),
		ShippingProfiles:    module.For[ShippingProfile](s, ShippingProfiles),
		store:               s,
	}
}
