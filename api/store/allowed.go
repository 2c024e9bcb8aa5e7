package store

import "github.com/gorgon-commerce/gorgon/api"

// What storefronts may ask for.
const (
	productColumns = `id, title, subtitle, description, handle, is_giftcard, discountable, thumbnail, collection_id, type_id, weight, length,
		height, width, hs_code, origin_country, mid_code, material, created_at, updated_at`
	variantColumns = `id, title, sku, barcode, ean, upc, allow_backorder, manage_inventory, variant_rank, product_id, thumbnail, hs_code,
		origin_country, mid_code, material, weight, length, height, width, created_at, updated_at, metadata`
	productAllowed = productColumns + `, type{id, value, created_at, updated_at},
		collection{id, title, handle, created_at, updated_at, deleted_at, metadata}, options{values{id, value}, id, title, is_exclusive},
		tags{id, value, created_at, updated_at}, images{id, url, rank},
		variants{` + variantColumns + `, deleted_at, options{id, value, option{id, title}}, images{id, url, rank},
			prices{id, currency_code, amount, min_quantity, max_quantity}},
		metadata, categories{` + categoryColumns + `}, status, external_id, deleted_at`
	labelColumns    = "id, value, external_id, created_at, updated_at, metadata" // of tags and types
	categoryColumns = "id, name, description, handle, rank, external_id, parent_category_id, created_at, updated_at, deleted_at"
	addressColumns  = `id, address_name, company, customer_id, first_name, last_name, address_1, address_2, city, province, postal_code,
		country_code, phone, metadata, is_default_shipping, is_default_billing, created_at, updated_at`
)

var (
	allowedProducts    = api.Fields(productAllowed + ", variants{inventory_quantity}")
	allowedVariants    = api.Fields(variantColumns + ", inventory_quantity, deleted_at, options{id, value}, images{id, url, rank}, product{id, type_id}")
	allowedCollections = api.Fields("id, title, handle, external_id, created_at, updated_at, metadata, deleted_at, products{" + productAllowed + "}")
	allowedLabels      = api.Fields(labelColumns + ", products{" + productAllowed + "}")

	allowedCategories = api.Fields(categoryColumns + `, metadata,
		parent_category{` + categoryColumns + `, parent_category{` + categoryColumns + `, parent_category{` + categoryColumns + `}}},
		category_children{` + categoryColumns + `, category_children{` + categoryColumns + `, category_children{` + categoryColumns + `}}},
		products{title, id, handle, thumbnail, variants{` + variantColumns + `}, options{id, title, values{id, value}}, images{id, url, rank}}`)

	allowedOptions = api.Fields("id, title, is_exclusive, values{id, value}, created_at, updated_at, metadata")

	allowedCurrencies = api.Fields("code, name, symbol, symbol_native, decimal_digits, rounding, created_at, updated_at, deleted_at")
	allowedRegions    = api.Fields(`id, name, currency_code, created_at, updated_at, deleted_at, metadata,
		countries{id, iso_2, iso_3, num_code, name, display_name}, payment_providers{id, is_enabled}`)

	allowedCustomers = api.Fields(`id, email, company_name, first_name, last_name, phone, metadata, has_account, deleted_at, created_at, updated_at,
		addresses{` + addressColumns + `},
		orders{id, status, display_id, custom_display_id, email, currency_code, region_id, customer_id, sales_channel_id, metadata, created_at, updated_at}`)
	allowedAddresses = api.Fields(addressColumns)
)

// What storefronts may ask for of an order.
var (
	orderAllowed = `id, status, summary, currency_code, display_id, custom_display_id, region_id, email, total, created_at, updated_at,
		customer_id, sales_channel_id, payment_status, fulfillment_status, item_discount_total, shipping_discount_total, ` + orderTotals + `, credit_lines{id, amount, reference, reference_id, created_at, updated_at}, metadata,
		items{tax_lines{id, code, rate, created_at, updated_at, item_id}, adjustments{id, amount, created_at, updated_at, item_id},
			detail{id, item_id, quantity, fulfilled_quantity, delivered_quantity, shipped_quantity, return_requested_quantity,
				return_received_quantity, return_dismissed_quantity, written_off_quantity, metadata, created_at, updated_at},
			variant{` + variantColumns + `, deleted_at, options{id, value}, product{` + productColumns + `, status, external_id, deleted_at,
				variants{` + variantColumns + `}, options{id, title}, images{id, url, rank}}},
			product{` + productColumns + `, metadata}, id, title, subtitle, thumbnail, variant_id, product_id, product_title, product_description,
			product_subtitle, product_type_id, product_type, product_collection, product_handle, variant_sku, variant_barcode, variant_title,
			variant_option_values, requires_shipping, is_discountable, is_tax_inclusive, is_giftcard, is_custom_price,
			compare_at_unit_price, unit_price, quantity, created_at, updated_at, metadata, line_item_metadata},
		shipping_address{` + orderAddressColumns + `}, billing_address{` + orderAddressColumns + `},
		shipping_methods{tax_lines{id, code, rate, created_at, updated_at, shipping_method_id},
			adjustments{id, amount, created_at, updated_at, shipping_method_id},
			id, name, amount, is_tax_inclusive, shipping_option_id, data, metadata, created_at, updated_at},
		payment_collections{payments{id, amount, currency_code, created_at, captured_at, canceled_at},
			payment_sessions{id, amount, currency_code, provider_id, status}, payment_providers{id}, id, currency_code, amount,
			authorized_amount, captured_amount, refunded_amount, completed_at, created_at, updated_at, status},
		customer{id, email}, cart{id}, fulfillments{id, packed_at, shipped_at, delivered_at, canceled_at, requires_shipping, created_at, updated_at,
			items{id, title, sku, quantity, line_item_id}, labels{id, tracking_number, tracking_url}},
		promotions{id, code, is_automatic, is_tax_inclusive, application_method{value, type, currency_code}}`
	orderTotals = `subtotal, tax_total, discount_total, discount_subtotal, discount_tax_total, original_total, original_subtotal, original_tax_total,
		item_total, item_subtotal, item_tax_total, original_item_total, original_item_subtotal, original_item_tax_total,
		shipping_total, shipping_subtotal, shipping_tax_total, original_shipping_tax_total, original_shipping_subtotal,
		original_shipping_total, credit_line_total, credit_line_subtotal, credit_line_tax_total`
	orderAddressColumns = `id, first_name, last_name, company, address_1, address_2, city, postal_code, country_code, province, phone, metadata,
		created_at, updated_at`
	allowedOrders = api.Fields(orderAllowed)
)
