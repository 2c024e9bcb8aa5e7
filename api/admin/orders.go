package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// orderTotals are what an order comes to.
const orderTotals = `subtotal, tax_total, discount_total, discount_tax_total, original_total, original_subtotal, original_tax_total,
	item_total, item_subtotal, item_tax_total, original_item_total, original_item_subtotal, original_item_tax_total,
	shipping_total, shipping_subtotal, shipping_tax_total, original_shipping_tax_total, original_shipping_subtotal,
	original_shipping_total, credit_line_total, credit_line_subtotal, credit_line_tax_total`

const orderFields = "id, display_id, custom_display_id, status, version, summary, total, metadata, locale, created_at, updated_at"

const orderChangeFields = `id, order_id, return_id, claim_id, exchange_id, version, change_type, actions.*, description, status, internal_note,
	created_by, requested_by, requested_at, confirmed_by, confirmed_at, declined_by, declined_reason, metadata, declined_at,
	canceled_by, canceled_at, created_at, updated_at, carry_over_promotions, no_notification`

func (r *routes) orders() []api.Route {
	changes := api.Resource{
		One: "order_change", Many: "order_changes", Path: "/admin/orders/{id}/changes", Entity: "order_change", Access: api.Admin, Limit: 1000,
		Fields: api.Fields(orderChangeFields),
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"order_id": c.Param("id")}, nil
		}},
	}
	return append(r.resource(api.Resource{
		One: "order", Many: "orders", Path: "/admin/orders", Entity: "order", Limit: 15,
		Fields: api.Fields(orderFields + ", region_id," + orderTotals + `,
			items{*, tax_lines.*, adjustments.*, variant{*, product.*}, detail.*}, credit_lines.*,
			shipping_address.*, billing_address.*, shipping_methods{*, tax_lines.*, adjustments.*},
			payment_collections{*, payments{*, refunds.*, captures.*}}`),
		Always:  api.OrderStatuses,
		Listing: api.Listing{Fields: api.Fields(orderFields), Lenient: true},
		Lookup:  api.Lookup{Missing: "Order id not found: %s", Version: true},
		Visible: api.Visibility{Scope: func(*api.Call) (query.Filters, error) { return query.Filters{"is_draft_order": false}, nil }},
	}), changes.ListRoute(r.Shop), r.preview())
}
