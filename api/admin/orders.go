package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
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

// orderChange is a change of an order's own columns and addresses.
type orderChange struct {
	Patch           module.Patch        `body:"columns=order"`
	ShippingAddress *orderAddressChange `json:"shipping_address"`
	BillingAddress  *orderAddressChange `json:"billing_address"`
}

// orderAddressChange is a change of an address.
type orderAddressChange struct {
	Patch module.Patch `body:"columns=order_address"`
}

// patch returns the columns to be set; none without a change.
func (a *orderAddressChange) patch() module.Patch {
	if a == nil {
		return nil
	}
	return a.Patch
}

var orderChanges = body.For[orderChange](
	body.ColumnsOf(order.Orders, "email", "locale", "metadata").With(body.Optional("email", body.Email)),
	body.ColumnsOf(order.Addresses, "company", "first_name", "last_name", "address_1", "address_2", "city", "country_code", "province", "postal_code", "phone", "metadata"),
)

// updateOrder changes an order's own columns and addresses.
func (r *routes) updateOrder(ctx context.Context, c *api.Call, in *orderChange) (string, error) {
	return c.Param("id"), r.Order.UpdateOrder(ctx, c.Param("id"), c.Caller.ID, order.Update{
		Columns: in.Patch, ShippingAddress: in.ShippingAddress.patch(), BillingAddress: in.BillingAddress.patch(),
	})
}

func (r *routes) orders() []api.Route {
	changes := api.Resource{
		One: "order_change", Many: "order_changes", Path: "/admin/orders/{id}/changes", Entity: "order_change", Access: api.Admin, Limit: 1000,
		Fields: api.Fields(orderChangeFields),
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"order_id": c.Param("id")}, nil
		}},
	}
	orders := api.Resource{
		One: "order", Many: "orders", Path: "/admin/orders", Entity: "order", Limit: 15,
		Fields: api.Fields(orderFields + ", region_id," + orderTotals + `,
			items{*, tax_lines.*, adjustments.*, variant{*, product.*}, detail.*}, credit_lines.*,
			shipping_address.*, billing_address.*, shipping_methods{*, tax_lines.*, adjustments.*},
			payment_collections{*, payments{*, refunds.*, captures.*}}`),
		Update:  api.Writes(orderChanges, r.updateOrder),
		Always:  api.OrderStatuses,
		Listing: api.Listing{Fields: api.Fields(orderFields), Lenient: true},
		Lookup:  api.Lookup{Missing: "Order id not found: %s", Version: true},
		Visible: api.Visibility{Scope: func(*api.Call) (query.Filters, error) { return query.Filters{"is_draft_order": false}, nil }},
	}
	exported := orders
	exported.Access, exported.Listing.Fields = api.Admin, api.Fields(orderExportFields)
	return append(r.resource(orders), changes.ListRoute(r.Shop), r.preview(), r.orderOptions(), r.orderLines(), r.export(exported, "Orders"))
}

const orderExportFields = `id, display_id, status, created_at, updated_at, email, currency_code, region_id, subtotal, tax_total, shipping_total, discount_total,
	total, customer.*, shipping_address.*, billing_address.*, sales_channel.*, items.*, shipping_methods.*, payment_collections.*, fulfillments.*`
