package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) regions() []api.Route {
	return r.resource(api.Resource{
		One: "region", Many: "regions", Path: "/store/regions", Entity: "region", Limit: 50,
		Fields:  api.Fields("id, name, currency_code, created_at, updated_at, deleted_at, metadata, countries.*"),
		Visible: r.show("region", allowedRegions),
	})
}
