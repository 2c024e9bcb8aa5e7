package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// orders: a customer lists theirs; whoever knows an order's id, which nobody
// can guess, reads it.
func (r *routes) orders() []api.Route {
	orders := api.Resource{
		One: "order", Many: "orders", Path: "/store/orders", Entity: "order", Access: api.Customer, Limit: 50,
		Fields:  api.Fields("id, status, summary, display_id, custom_display_id, total, currency_code, metadata, created_at, updated_at"),
		Allowed: allowedOrders,
		Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"customer_id": c.Caller.ID, "is_draft_order": false}, nil
		},
	}
	one := orders
	one.Access, one.Depth = api.Storefront, 3
	one.Fields = api.Fields(`id, status, summary, currency_code, display_id, custom_display_id, region_id, email, total, ` + orderTotals + `,
		created_at, updated_at, credit_lines.*,
		items{*, tax_lines.*, adjustments.*, detail.*, variant{*, product.*}}, shipping_address.*, billing_address.*,
		shipping_methods{*, tax_lines.*, adjustments.*}, payment_collections.*`)
	one.Scope = func(*api.Call) (query.Filters, error) { return query.Filters{"is_draft_order": false}, nil }
	one.Missing = "Order id not found: %s"
	return []api.Route{orders.ListRoute(r.Shop), one.RouteAt(r.Shop, "/store/orders/{id}", "Read an order")}
}
