package store

import "github.com/gorgon-commerce/gorgon/api"

// orders: a customer lists their own; whoever knows the id of an order, which
// cannot be guessed, reads it.
func (r *routes) orders() []api.Route {
	list := api.Resource{
		One: "order", Many: "orders", Path: "/store/orders", Entity: "order", Access: api.Customer, Limit: 50,
		Fields:  api.Fields("id, status, summary, display_id, custom_display_id, total, currency_code, metadata, created_at, updated_at"),
		Always:  api.OrderStatuses,
		Visible: r.show("order", allowedOrders),
	}
	one := api.Resource{
		One: "order", Path: "/store/orders", Entity: "order", Access: api.Storefront,
		Fields: api.Fields(`id, status, summary, currency_code, display_id, custom_display_id, region_id, email, total, ` + orderTotals + `,
			created_at, updated_at, credit_lines.*,
			items{*, tax_lines.*, adjustments.*, detail.*, variant{*, product.*}}, shipping_address.*, billing_address.*,
			shipping_methods{*, tax_lines.*, adjustments.*}, payment_collections.*`),
		Lookup:  api.Lookup{Missing: "Order id not found: %s"},
		Always:  api.OrderStatuses,
		Visible: r.show("order", allowedOrders),
	}
	one.Visible.Depth, one.Visible.Models = 3, r.seenOrder
	return []api.Route{list.ListRoute(r.Shop), one.RouteAt(r.Shop, "/store/orders/{id}", "Read an order")}
}
