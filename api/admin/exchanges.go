package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

const exchangeFields = "id, order_id, return_id, display_id, order_version, created_by, created_at, updated_at, canceled_at"

func (r *routes) exchanges() []api.Route {
	exchanges := api.Resource{
		Access: api.Admin,
		One:    "exchange", Many: "exchanges", Path: "/admin/exchanges", Entity: "order_exchange", Limit: 15,
		Fields:  api.Fields(exchangeFields + ", additional_items.*"),
		Listing: api.Listing{Fields: api.Fields(exchangeFields)},
		Create:  api.Writes(newExchanges, r.beginExchange).With(r.besideOrder(orderOf(r.Order.Exchanges, func(of *order.Exchange) string { return of.OrderID }))),
	}
	return append(exchanges.Routes(r.Shop), discards("/admin/exchanges/{id}/request", "exchange", r.Order.DiscardExchange))
}
