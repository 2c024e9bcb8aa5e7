package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

var (
	measures       = []string{"weight", "length", "height", "width", "hs_code", "mid_code", "origin_country", "material"}
	productColumns = append([]string{
		"title", "subtitle", "description", "is_giftcard", "discountable", "thumbnail", "handle", "status", "external_id",
		"type_id", "collection_id", "metadata",
	}, measures...)
	variantColumns = append([]string{
		"title", "sku", "ean", "upc", "barcode", "allow_backorder", "manage_inventory", "variant_rank", "thumbnail", "metadata",
	}, measures...)
)

// The bodies of products and variants.
var (
	refs      = api.List(api.Object(api.Body{api.Must("id", api.Text)}))
	priceBody = api.Body{
		api.May("id", api.Text), api.Must("currency_code", api.Text), api.Must("amount", api.Amount),
		api.May("min_quantity", api.Amount.OrNull()), api.May("max_quantity", api.Amount.OrNull()), api.May("rules", api.Map),
	}
	inventoryBody = api.Body{api.Must("inventory_item_id", api.Text), api.Must("required_quantity", api.Number)}

	variantBody = api.Columns(product.Variants, variantColumns...).With(
		api.May("allow_backorder", api.Flag), api.May("manage_inventory", api.Flag), api.May("variant_rank", api.Integer),
		api.Must("prices", api.List(api.Object(priceBody))), api.May("options", api.Map),
		api.May("inventory_items", api.List(api.Object(inventoryBody))), api.May("additional_data", api.Map.OrNull()),
	)
	variantChangeBody = variantBody.Optional().With(
		api.May("id", api.Text),
		api.May("prices", api.List(api.Object(priceBody.With(api.May("currency_code", api.Text))))),
	)

	ownOption = api.Object(api.Body{
		api.Must("title", api.Text), api.Must("values", api.List(api.Text)), api.May("ranks", api.Map), api.May("is_exclusive", api.Flag),
		api.May("metadata", api.Map.OrNull()),
	})
	sharedOption = api.Object(api.Body{api.Must("id", api.Text), api.May("value_ids", api.IDs)})

	// productParts are what create and change have alike.
	productParts = api.Columns(product.Products, productColumns...).Optional().With(
		api.May("is_giftcard", api.Flag), api.May("discountable", api.Flag),
		api.May("categories", refs), api.May("tags", refs), api.May("sales_channels", refs), api.May("additional_data", api.Map.OrNull()),
	)
	productBody = productParts.With(
		api.Must("title", api.Text), api.May("handle", api.Text),
		api.May("status", api.OneOf("draft", "proposed", "published", "rejected").OrNull()),
		api.May("images", api.List(api.Object(api.Body{api.Must("url", api.Text)}))),
		api.May("options", api.List(ownOption.Or(sharedOption))),
		api.May("variants", api.List(api.Object(variantBody))),
		api.May("shipping_profile_id", api.Text),
	)
	productChangeBody = productParts.With(
		api.May("images", api.List(api.Object(api.Body{api.May("id", api.Text), api.Must("url", api.Text)}))),
		api.May("options", api.Any), api.May("option_ids", api.IDs),
		api.May("variants", api.List(api.Object(variantChangeBody))),
		api.May("shipping_profile_id", api.Text.OrNull()),
	)
)
