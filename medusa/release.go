package medusa

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// own are columns of ours in tables of Medusa. The import leaves them to their
// defaults.
var own = map[string]bool{"store.rounding": true}

// fieldsOf returns the fields of a model that Medusa has, too.
func fieldsOf(m *model.Model) []*model.Field {
	return slices.DeleteFunc(slices.Clone(m.Fields), func(f *model.Field) bool { return own[m.Table+"."+f.Name] })
}

// modules are the tables of Medusa 2.21 by module. A link table between a module that we
// have and one that we do not have is listed with the latter. The map says which tables a
// source must have, and to which modules the skipped tables belong.
var modules = map[string][]string{
	"order": {
		"order", "order_address", "order_change", "order_change_action", "order_claim", "order_claim_item", "order_claim_item_image",
		"order_credit_line", "order_exchange", "order_exchange_item", "order_item", "order_line_item", "order_line_item_adjustment",
		"order_line_item_tax_line", "order_shipping", "order_shipping_method", "order_shipping_method_adjustment",
		"order_shipping_method_tax_line", "order_summary", "order_transaction", "return", "return_item", "return_reason",
	},
	"cart": {
		"cart", "cart_address", "cart_line_item", "cart_line_item_adjustment", "cart_line_item_tax_line", "cart_shipping_method",
		"cart_shipping_method_adjustment", "cart_shipping_method_tax_line", "credit_line",
	},
	"customer": {"customer", "customer_address", "customer_group", "customer_group_customer"},
	"fulfillment": {
		"fulfillment", "fulfillment_address", "fulfillment_item", "fulfillment_label", "fulfillment_provider", "fulfillment_set",
		"geo_zone", "service_zone", "shipping_option", "shipping_option_rule", "shipping_option_type", "shipping_profile",
	},
	"payment": {
		"account_holder", "capture", "payment", "payment_collection", "payment_collection_payment_providers", "payment_provider",
		"payment_session", "refund", "refund_reason",
	},
	"product": {
		"image", "product", "product_category", "product_category_product", "product_collection", "product_option",
		"product_option_value", "product_product_option", "product_product_option_value", "product_tag", "product_tags",
		"product_type", "product_variant", "product_variant_option", "product_variant_product_image",
	},
	"promotion": {
		"application_method_buy_rules", "application_method_target_rules", "promotion", "promotion_application_method",
		"promotion_campaign", "promotion_campaign_budget", "promotion_campaign_budget_usage", "promotion_promotion_rule",
		"promotion_rule", "promotion_rule_value",
	},
	"region":        {"region", "region_country"},
	"sales_channel": {"sales_channel"},
	"user":          {"user", "invite"},
	"auth": {
		"auth_identity", "auth_mfa_factor", "auth_mfa_recovery_code", "auth_password_reset_token", "auth_verification", "provider_identity",
	},
	"link": {
		"order_cart", "order_fulfillment", "order_payment_collection", "order_promotion", "return_fulfillment",
		"cart_payment_collection", "cart_promotion", "customer_account_holder", "product_sales_channel",
		"product_shipping_profile", "product_variant_price_set", "publishable_api_key_sales_channel", "region_payment_provider",
		"shipping_option_price_set",
	},
	"pricing":   {"price", "price_list", "price_list_rule", "price_preference", "price_rule", "price_set"},
	"inventory": {"inventory_item", "inventory_level", "reservation_item", "product_variant_inventory_item"},
	"stock_location": {
		"stock_location", "stock_location_address", "sales_channel_stock_location", "location_fulfillment_provider", "location_fulfillment_set",
	},
	"tax":          {"tax_provider", "tax_rate", "tax_rate_rule", "tax_region"},
	"api_key":      {"api_key"},
	"store":        {"store", "store_currency", "store_locale"},
	"currency":     {"currency"},
	"notification": {"notification", "notification_provider"},
	"settings":     {"layout_configuration", "property_label", "user_preference", "view_configuration"},
	"search":       {"search_index", "search_index_sync", "search_index_version", "search_postgres_index"},
	"rbac":         {"invite_rbac_role", "user_rbac_role"},
	"workflows":    {"workflow_execution"},
	"framework":    {"link_module_migrations", "mikro_orm_migrations", "script_migrations"},
}

// moduleOf returns the module of a table in Medusa. It is "unknown" for a table that the
// release does not have, such as one of a module of the shop.
func moduleOf(table string) string {
	for name, tables := range modules {
		for _, t := range tables {
			if t == table {
				return name
			}
		}
	}
	return "unknown"
}
