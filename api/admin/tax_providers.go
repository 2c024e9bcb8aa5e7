package admin

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) taxProviders() []api.Route {
	providers := api.Resource{
		One: "tax_provider", Many: "tax_providers", Path: "/admin/tax-providers", Entity: "tax_provider", Access: api.Admin, Limit: 20,
		Fields: api.Fields("id, is_enabled"),
	}
	return []api.Route{providers.ListRoute(r.Shop)}
}
