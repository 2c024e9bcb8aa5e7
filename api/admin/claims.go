package admin

import "github.com/gorgon-commerce/gorgon/api"

const claimFields = "id, type, order_id, return_id, display_id, order_version, refund_amount, created_by, created_at, updated_at, canceled_at"

func (r *routes) claims() []api.Route {
	return r.resource(api.Resource{
		One: "claim", Many: "claims", Path: "/admin/claims", Entity: "order_claim", Limit: 15,
		Fields:  api.Fields(claimFields + ", additional_items.*, claim_items{*, reason.*}"),
		Listing: api.Listing{Fields: api.Fields(claimFields)},
	})
}
