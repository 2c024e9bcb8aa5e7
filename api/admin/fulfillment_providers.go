package admin

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) fulfillmentProviders() []api.Route {
	providers := api.Resource{
		One: "fulfillment_provider", Many: "fulfillment_providers", Path: "/admin/fulfillment-providers", Entity: "fulfillment_provider", Access: api.Admin, Limit: 50,
		Fields:  api.Fields("id, is_enabled"),
		Filters: api.Aliases{"stock_location_id": "locations.id"},
	}
	return []api.Route{providers.ListRoute(r.Shop)}
}
