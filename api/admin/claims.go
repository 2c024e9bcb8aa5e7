package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

const claimFields = "id, type, order_id, return_id, display_id, order_version, refund_amount, created_by, created_at, updated_at, canceled_at"

func (r *routes) claims() []api.Route {
	claims := api.Resource{
		Access: api.Admin,
		One:    "claim", Many: "claims", Path: "/admin/claims", Entity: "order_claim", Limit: 15,
		Fields:  api.Fields(claimFields + ", additional_items.*, claim_items.*"),
		Listing: api.Listing{Fields: api.Fields(claimFields)},
		Create:  api.Writes(newClaims, r.beginClaim).With(r.besideOrder(orderOf(r.Order.Claims, func(of *order.Claim) string { return of.OrderID }))),
	}
	return append(claims.Routes(r.Shop), discards("/admin/claims/{id}/request", "claim", r.Order.DiscardClaim))
}
