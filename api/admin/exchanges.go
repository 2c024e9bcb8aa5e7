package admin

import "github.com/gorgon-commerce/gorgon/api"

const exchangeFields = "id, order_id, return_id, display_id, order_version, created_by, created_at, updated_at, canceled_at"

func (r *routes) exchanges() []api.Route {
	return r.resource(api.Resource{
		One: "exchange", Many: "exchanges", Path: "/admin/exchanges", Entity: "order_exchange", Limit: 15,
		Fields:  api.Fields(exchangeFields + ", additional_items.*"),
		Listing: api.Listing{Fields: api.Fields(exchangeFields)},
	})
}
