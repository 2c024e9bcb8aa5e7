package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// orders: a customer lists their own; whoever knows the id of an order, which
// cannot be guessed, reads it.
func (r *routes) orders() []api.Route {
	list := api.Resource{
		One: "order", Many: "orders", Path: "/store/orders", Entity: "order", Access: api.Customer, Limit: 50,
		Fields: api.Fields("id, status, summary, display_id, custom_display_id, total, currency_code, metadata, created_at, updated_at"),
		Visible: api.Visibility{Allowed: allowedOrders, Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"customer_id": c.Caller.ID, "is_draft_order": false}, nil
		}},
	}
	one := api.Resource{
		One: "order", Path: "/store/orders", Entity: "order", Access: api.Storefront,
		Fields: api.Fields(`id, status, summary, currency_code, display_id, custom_display_id, region_id, email, total, ` + orderTotals + `,
			created_at, updated_at, credit_lines.*,
			items{*, tax_lines.*, adjustments.*, detail.*, variant{*, product.*}}, shipping_address.*, billing_address.*,
			shipping_methods{*, tax_lines.*, adjustments.*}, payment_collections.*`),
		Lookup: api.Lookup{Missing: "Order id not found: %s"},
		Visible: api.Visibility{Allowed: allowedOrders, Depth: 3, Scope: func(*api.Call) (query.Filters, error) {
			return query.Filters{"is_draft_order": false}, nil
		}},
	}
	return []api.Route{list.ListRoute(r.Shop), one.RouteAt(r.Shop, "/store/orders/{id}", "Read an order")}
}
