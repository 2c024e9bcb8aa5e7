package admin

import "github.com/gorgon-commerce/gorgon/api"

const cartFields = "id, currency_code, email, locale, region_id, customer_id, sales_channel_id, total, metadata, created_at, updated_at, completed_at"

// cartTotals are what a cart comes to beside its total.
const cartTotals = orderTotals + ", discount_subtotal, item_discount_total, shipping_discount_total"

// carts are only read: what happens to a cart is up to its customer.
func (r *routes) carts() []api.Route {
	return r.resource(api.Resource{
		One: "cart", Many: "carts", Path: "/admin/carts", Entity: "cart", Limit: 15,
		Fields: api.Fields(cartFields + "," + cartTotals + `, items{*, tax_lines.*, adjustments.*}, shipping_methods{*, tax_lines.*, adjustments.*}, credit_lines.*,
			shipping_address.*, billing_address.*, promotions.*, payment_collection{*, payment_sessions.*}`),
		Listing: api.Listing{Fields: api.Fields(cartFields)},
		Lookup:  api.Lookup{Missing: "Cart with id '%s' not found"},
	})
}
