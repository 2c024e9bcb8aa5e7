package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

const returnFields = `id, order_id, exchange_id, claim_id, display_id, location_id, order_version, status, metadata, no_notification, refund_amount,
	created_by, created_at, updated_at, canceled_at, requested_at, received_at`

func (r *routes) returns() []api.Route {
	returns := api.Resource{
		Access: api.Admin,
		One:    "return", Many: "returns", Path: "/admin/returns", Entity: "return", Limit: 15,
		Fields:  api.Fields(returnFields + ", items{*, reason.*}"),
		Listing: api.Listing{Fields: api.Fields(returnFields)},
		Lookup:  api.Lookup{Missing: "Return id not found: %s"},
		Create:  api.Writes(newReturns, r.beginReturn).With(r.besideOrder(orderOf(r.Order.Returns, func(of *order.Return) string { return of.OrderID }))),
	}
	return append(returns.Routes(r.Shop), discards("/admin/returns/{id}/request", "return", r.Order.DiscardReturn))
}
