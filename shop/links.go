package shop

import (
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/translation"
)

// Links are the links between the built-in modules: the map of the system. One
// and Many say how many records of an end there are for one of the other;
// what stands behind them are names that differ from the models' own.
var Links = []link.Definition{
	// The order: who bought, where, from which cart.
	link.ReadOnly(order.Orders, "customer_id", customer.Customers).Inverse("orders"),
	link.ReadOnly(order.Orders, "region_id", region.Regions).Inverse("orders"),
	link.ReadOnly(order.Orders, "sales_channel_id", saleschannel.SalesChannels).Inverse("orders"),
	link.Between(link.One(order.Orders), link.One(cart.Carts)).Table("order_cart").Prefix("ordercart").Entities("order_cart", "order_carts"),

	// What was bought.
	link.ReadOnly(order.LineItems, "product_id", product.Products).Inverse("order_items"),
	link.ReadOnly(order.LineItems, "variant_id", product.Variants).Inverse("order_items"),
	link.ReadOnly(order.ShippingMethods, "shipping_option_id", fulfillment.ShippingOptions),
	link.Between(link.Many(order.Orders), link.Many(promotion.Promotions).Named("promotions", "promotion").Inside("promotions")).
		Table("order_promotion").Prefix("orderpromo").Entities("order_promotion", "order_promotions"),

	// What was sent and sent back.
	link.Between(link.One(order.Orders), link.Many(fulfillment.Fulfillments).Inside("fulfillments")).
		Table("order_fulfillment").Prefix("ordful").Entities("order_fulfillment", "order_fulfillments"),
	link.Between(link.One(order.Returns), link.Many(fulfillment.Fulfillments).Rows("return_fulfillment_link").Inside("fulfillments")).
		Table("return_fulfillment").Prefix("retful").Entities("return_fulfillment", "return_fulfillments"),

	// What was paid: for orders, claims and exchanges.
	link.Between(link.One(order.Orders), link.Many(payment.Collections).Rows("payment_collections_link").Cascade()).
		Table("order_payment_collection").Prefix("ordpay").Entities("order_payment_collection", "order_payment_collections"),
	link.Between(link.One(order.Claims).As("claim").Rows("order_claim_link"),
		link.Many(payment.Collections).Named("payment_collections", "claim_payment_collections").Rows("payment_collections_link")).
		Table("order_claim_payment_collection").Prefix("claimpay").
		Entities("order_claim_payment_collection", "order_claim_payment_collections"),
	link.Between(link.One(order.Exchanges).As("exchange").Rows("order_exchange_link"),
		link.Many(payment.Collections).Named("payment_collections", "exchange_payment_collections").Rows("payment_collections_link")).
		Table("order_exchange_payment_collection").Prefix("excpay").
		Entities("order_exchange_payment_collection", "order_exchange_payment_collections"),

	// The cart.
	link.ReadOnly(cart.Carts, "customer_id", customer.Customers).Inverse("carts"),
	link.ReadOnly(cart.Carts, "region_id", region.Regions).Inverse("carts"),
	link.ReadOnly(cart.Carts, "sales_channel_id", saleschannel.SalesChannels).Inverse("carts"),
	link.ReadOnly(cart.LineItems, "product_id", product.Products).Inverse("cart_items"),
	link.ReadOnly(cart.LineItems, "variant_id", product.Variants).Inverse("cart_items"),
	link.ReadOnly(cart.ShippingMethods, "shipping_option_id", fulfillment.ShippingOptions),
	link.ReadOnly(cart.LineItemAdjustments, "promotion_id", promotion.Promotions),
	link.Between(link.One(cart.Carts), link.One(payment.Collections)).
		Table("cart_payment_collection").Prefix("capaycol").Entities("cart_payment_collection", "cart_payment_collections"),
	link.Between(link.Many(cart.Carts), link.Many(promotion.Promotions).Rows("cart_link").Inside("promotions")).
		Table("cart_promotion").Prefix("cartpromo").Entities("cart_promotion", "cart_promotions"),

	// What things cost.
	link.Between(link.One(product.Variants).As("variant"), link.One(pricing.PriceSets).Beyond("prices", "prices").Cascade()).
		Table("product_variant_price_set").Prefix("pvps").Entities("product_variant_price_set", "product_variant_price_sets"),
	link.Between(link.One(fulfillment.ShippingOptions), link.One(pricing.PriceSets).Beyond("prices", "prices").Cascade()).
		Table("shipping_option_price_set").Prefix("sops").Entities("shipping_option_price_set", "shipping_option_price_sets"),
	link.ReadOnly(region.Regions, "currency_code", currency.Currencies).As("currency"),
	link.ReadOnly(store.Currencies, "currency_code", currency.Currencies).As("currency"),
	link.ReadOnly(store.Locales, "locale_code", translation.Locales).As("locale"),

	// Where things are kept, and how they leave.
	link.Between(link.Many(saleschannel.SalesChannels).Rows("sales_channels_link"), link.Many(stocklocation.StockLocations).As("location").Key("stock_location_id").Named("stock_locations").Rows("locations_link")).
		Table("sales_channel_stock_location").Prefix("scloc").Entities("sales_channel_location", "sales_channel_locations"),
	link.Between(link.One(stocklocation.StockLocations).As("location").Key("stock_location_id").Rows("locations_link"), link.Many(fulfillment.Sets).Rows("fulfillment_set_link").Cascade()).
		Table("location_fulfillment_set").Prefix("locfs").Entities("location_fulfillment_set", "location_fulfillment_sets"),
	link.Between(link.Many(stocklocation.StockLocations).As("location").Key("stock_location_id").Rows("locations_link"), link.Many(fulfillment.Providers).Rows("fulfillment_provider_link")).
		Table("location_fulfillment_provider").Prefix("locfp").Entities("location_fulfillment_provider", "location_fulfillment_providers"),

	// What is in stock: which things a variant consists of, and how many of them; who has reserved them.
	link.Between(link.Many(product.Variants).As("variant").Rows("variant_link"), link.Many(inventory.InventoryItems).Named("inventory").Rows("inventory_items").Inside("inventory")).
		Table("product_variant_inventory_item").Prefix("pvitem").
		Entities("product_variant_inventory_item", "product_variant_inventory_items").
		Columns(link.Column{Name: "required_quantity", Kind: model.Decimal, Default: "1"}),
	link.ReadOnly(inventory.InventoryLevels, "location_id", stocklocation.StockLocations).AsList("stock_locations").Inverse("inventory_levels"),
	link.ReadOnly(inventory.ReservationItems, "line_item_id", order.LineItems).Inverse("reservations"),

	// The rest of the shop.
	link.Between(link.One(customer.Customers), link.Many(payment.AccountHolders)).
		Table("customer_account_holder").Prefix("custacchldr").Entities("customer_account_holder", "customer_account_holders"),
	link.Between(link.Many(product.Products).Rows("products_link"), link.Many(saleschannel.SalesChannels).Rows("sales_channels_link")).
		Table("product_sales_channel").Prefix("prodsc").Entities("product_sales_channel", "product_sales_channels"),
	link.Between(link.Many(product.Products).Rows("products_link"), link.One(fulfillment.ShippingProfiles).Rows("shipping_profiles_link")).
		Table("product_shipping_profile").Prefix("prodsp").Entities("product_shipping_profile", "product_shipping_profiles"),
	link.Between(link.Many(apikey.APIKeys).Key("publishable_key_id").Named("publishable_api_keys").Rows("api_keys_link"),
		link.Many(saleschannel.SalesChannels).Rows("sales_channels_link")).
		Table("publishable_api_key_sales_channel").Prefix("pksc").
		Entities("publishable_api_key_sales_channel", "publishable_api_key_sales_channels"),
	link.Between(link.Many(region.Regions), link.Many(payment.Providers)).
		Table("region_payment_provider").Prefix("regpp").Entities("region_payment_provider", "region_payment_providers"),
}
