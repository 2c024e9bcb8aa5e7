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
	canceled_by, canceled_at, created_at, updated_at, carry_over_promotions`

func (r *routes) orders() []api.Route {
	changes := api.Resource{
		One: "order_change", Many: "order_changes", Path: "/admin/orders/{id}/changes", Entity: "order_change", Access: api.Admin, Limit: 1000,
		Fields: api.Fields(orderChangeFields),
		Scope:  func(c *api.Call) (query.Filters, error) { return query.Filters{"order_id": c.Param("id")}, nil },
	}
	return append(r.resources(api.Resource{
		One: "order", Many: "orders", Path: "/admin/orders", Entity: "order", Limit: 15, Lenient: true, Version: true,
		ListOnly: api.Fields(orderFields),
		Fields: api.Fields(orderFields + ", region_id," + orderTotals + `,
			items{*, tax_lines.*, adjustments.*, variant{*, product.*}, detail.*}, credit_lines.*,
			shipping_address.*, billing_address.*, shipping_methods{*, tax_lines.*, adjustments.*},
			payment_collections{*, payments{*, refunds.*, captures.*}}`),
		Scope:   func(*api.Call) (query.Filters, error) { return query.Filters{"is_draft_order": false}, nil },
		Missing: "Order id not found: %s",
	}), changes.ListRoute(r.Shop))
}

func (r *routes) afterSale() []api.Route {
	returned := "id, order_id, exchange_id, claim_id, display_id, location_id, order_version, status, metadata, no_notification, refund_amount, " +
		"created_by, created_at, updated_at, canceled_at, requested_at, received_at"
	claimed := "id, type, order_id, return_id, display_id, order_version, refund_amount, created_by, created_at, updated_at, canceled_at"
	exchanged := "id, order_id, return_id, display_id, order_version, created_by, created_at, updated_at, canceled_at"
	reason := "id, value, label, parent_return_reason_id, description, created_at, updated_at, deleted_at"
	reasons := r.Orders.ReturnReasons
	return r.resources(
		api.Resource{
			One: "return", Many: "returns", Path: "/admin/returns", Entity: "return", Limit: 15,
			ListOnly: api.Fields(returned), Fields: api.Fields(returned + ", items{*, reason.*}"), Missing: "Return id not found: %s",
		},
		api.Resource{
			One: "claim", Many: "claims", Path: "/admin/claims", Entity: "order_claim", Limit: 15,
			ListOnly: api.Fields(claimed), Fields: api.Fields(claimed + ", additional_items.*, claim_items{*, reason.*}"),
		},
		api.Resource{
			One: "exchange", Many: "exchanges", Path: "/admin/exchanges", Entity: "order_exchange", Limit: 15,
			ListOnly: api.Fields(exchanged), Fields: api.Fields(exchanged + ", additional_items.*"),
		},
		api.Resource{
			One: "return_reason", Many: "return_reasons", Path: "/admin/return-reasons", Entity: "return_reason", Limit: 20,
			ListOnly: api.Fields(reason), Fields: api.Fields(reason + ", parent_return_reason.*, return_reason_children.*"),
			Create: api.Creates(reasons, "value", "label", "description", "parent_return_reason_id", "metadata"),
			Update: api.Updates(reasons, "value", "label", "description", "metadata"),
			Delete: reasons.SoftDelete,
		},
	)
}

// carts are read alone: what happens to a cart is its customer's doing.
func (r *routes) carts() []api.Route {
	return r.resources(api.Resource{
		One: "cart", Many: "carts", Path: "/admin/carts", Entity: "cart", Limit: 15,
		ListOnly: api.Fields("id, currency_code, email, locale, region_id, customer_id, sales_channel_id, metadata, created_at, updated_at, completed_at"),
		Fields: api.Fields(`id, currency_code, email, locale, region_id, customer_id, sales_channel_id, metadata, created_at, updated_at, completed_at,
			items{*, tax_lines.*, adjustments.*}, shipping_methods{*, tax_lines.*, adjustments.*}, credit_lines.*,
			shipping_address.*, billing_address.*, promotions.*, payment_collection{*, payment_sessions.*}`),
		Missing: "Cart with id '%s' not found",
	})
}

func (r *routes) payments() []api.Route {
	reasons := r.Payments.RefundReasons
	return r.resources(
		api.Resource{
			One: "payment_collection", Many: "payment_collections", Path: "/admin/payment-collections", Entity: "payment_collection", Limit: 20,
			Fields: api.Fields("id, currency_code, amount, status, authorized_amount, captured_amount, refunded_amount, payment_sessions.*, payments.*"),
		},
		api.Resource{
			One: "payment_provider", Many: "payment_providers", Path: "/admin/payments/payment-providers", Entity: "payment_provider", Limit: 20,
			Fields: api.Fields("id, is_enabled"),
		},
		api.Resource{
			One: "payment", Many: "payments", Path: "/admin/payments", Entity: "payment", Limit: 20,
			Fields: api.Fields(`id, currency_code, amount, captured_at, payment_collection_id, payment_session_id,
				captures{id, amount}, refunds{id, amount, note, payment_id, refund_reason{label, code}}`),
		},
		api.Resource{
			One: "refund_reason", Many: "refund_reasons", Path: "/admin/refund-reasons", Entity: "refund_reason", Limit: 15,
			Fields: api.Fields("id, label, code, description, created_at, updated_at, deleted_at"),
			Create: api.Creates(reasons, "label", "code", "description"),
			Update: api.Updates(reasons, "label", "code", "description"),
			Delete: reasons.SoftDelete,
		},
	)
}
