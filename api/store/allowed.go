package store

import "github.com/gorgon-commerce/gorgon/api"

// What storefronts may ask for. A relation without names below it, or with *, shows all
// of its columns: most often since an answer has them by default.
const (
	productColumns = `id, title, subtitle, description, handle, is_giftcard, discountable, thumbnail, collection_id, type_id, weight, length,
		height, width, hs_code, origin_country, mid_code, material, created_at, updated_at`
	variantColumns = `id, title, sku, barcode, ean, upc, allow_backorder, manage_inventory, variant_rank, product_id, thumbnail, hs_code,
		origin_country, mid_code, material, weight, length, height, width, created_at, updated_at, metadata`
	productAllowed = productColumns + `, type, collection, options{*, values}, tags, images,
		variants{` + variantColumns + `, deleted_at, options{*, option}, images, prices{` + priceColumns + `}, inventory_items{inventory_item_id, required_quantity}},
		metadata, categories, status, external_id, deleted_at`
	priceColumns    = "id, currency_code, amount, min_quantity, max_quantity, created_at, updated_at, deleted_at"
	labelColumns    = "id, value, external_id, created_at, updated_at, metadata" // of tags and types
	categoryColumns = "id, name, description, handle, rank, external_id, parent_category_id, created_at, updated_at, deleted_at"
	categoriesNear  = "*, parent_category{*, parent_category, category_children}, category_children{*, parent_category, category_children}"
	addressColumns  = `id, address_name, company, customer_id, first_name, last_name, address_1, address_2, city, province, postal_code,
		country_code, phone, metadata, is_default_shipping, is_default_billing, created_at, updated_at`
)

var (
	allowedProducts    = api.Fields(productAllowed + ", variants{inventory_quantity}")
	allowedVariants    = api.Fields(variantColumns + ", inventory_quantity, deleted_at, options, images, product{id, type_id}")
	allowedCollections = api.Fields("id, title, handle, external_id, created_at, updated_at, metadata, deleted_at, products{" + productAllowed + "}")
	allowedLabels      = api.Fields(labelColumns + ", products{" + productAllowed + "}")

	allowedCategories = api.Fields(categoryColumns + `, metadata,
		parent_category{` + categoriesNear + `}, category_children{products{title}, ` + categoriesNear + `},
		products{title, id, handle, thumbnail, variants{` + variantColumns + `, deleted_at}, options{*, values}, images}`)

	allowedOptions = api.Fields("id, title, is_exclusive, values, created_at, updated_at, metadata")

	allowedCurrencies = api.Fields("code, name, symbol, symbol_native, decimal_digits, rounding, created_at, updated_at, deleted_at")
	allowedRegions    = api.Fields(`id, name, currency_code, created_at, updated_at, deleted_at, metadata,
		countries, payment_providers{id, is_enabled}`)

	allowedCustomers = api.Fields(`id, email, company_name, first_name, last_name, phone, metadata, has_account, deleted_at, created_at, updated_at,
		addresses, orders{*, ` + orderAllowed + `}`)
	allowedAddresses = api.Fields(addressColumns)
)

// What storefronts may ask for of an order. The * are what its answer has by default.
// What a provider of payments or parcels keeps, and what staff write about them, is
// for neither the customer nor a stranger who knows the id.
const (
	orderAllowed = `id, status, summary, currency_code, display_id, custom_display_id, region_id, email, total, created_at, updated_at,
		customer_id, sales_channel_id, payment_status, fulfillment_status, item_discount_total, shipping_discount_total, ` + orderTotals + `, credit_lines, metadata,
		items{*, tax_lines, adjustments, detail,
			variant{*, options, product{*, variants{` + variantColumns + `, deleted_at}, options, images}}, product},
		shipping_address, billing_address, shipping_methods{*, tax_lines, adjustments},
		payment_collections{*, payments{` + paymentColumns + `}, payment_sessions{` + sessionColumns + `}, payment_providers},
		customer{id, email}, cart{id},
		fulfillments{id, provider_id, shipping_option_id, packed_at, shipped_at, delivered_at, canceled_at, requires_shipping, created_at, updated_at, deleted_at,
			items{id, title, sku, quantity, line_item_id}, labels{id, tracking_number, tracking_url}},
		promotions{id, code, is_automatic, is_tax_inclusive, application_method{value, type, currency_code}}`
	orderTotals = `subtotal, tax_total, discount_total, discount_subtotal, discount_tax_total, original_total, original_subtotal, original_tax_total,
		item_total, item_subtotal, item_tax_total, original_item_total, original_item_subtotal, original_item_tax_total,
		shipping_total, shipping_subtotal, shipping_tax_total, original_shipping_tax_total, original_shipping_subtotal,
		original_shipping_total, credit_line_total, credit_line_subtotal, credit_line_tax_total`
	paymentColumns = `id, amount, currency_code, provider_id, payment_collection_id, payment_session_id, captured_amount, refunded_amount,
		captured_at, canceled_at, created_at, updated_at, deleted_at`
	sessionColumns = `id, amount, currency_code, provider_id, status, payment_collection_id, authorized_at, created_at, updated_at, deleted_at`
)

var allowedOrders = api.Fields(orderAllowed)
