package admin

import "github.com/gorgon-commerce/gorgon/api"

const returnFields = `id, order_id, exchange_id, claim_id, display_id, location_id, order_version, status, metadata, no_notification, refund_amount,
	created_by, created_at, updated_at, canceled_at, requested_at, received_at`

func (r *routes) returns() []api.Route {
	return r.resource(api.Resource{
		One: "return", Many: "returns", Path: "/admin/returns", Entity: "return", Limit: 15,
		Fields:  api.Fields(returnFields + ", items{*, reason.*}"),
		Listing: api.Listing{Fields: api.Fields(returnFields)},
		Lookup:  api.Lookup{Missing: "Return id not found: %s"},
	})
}
