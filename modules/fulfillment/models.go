package fulfillment

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Fulfillments, Items, Labels, Addresses,
	Providers,
	Sets, ServiceZones, GeoZones,
	ShippingOptions, ShippingOptionRules, ShippingOptionTypes, ShippingProfiles,
}
