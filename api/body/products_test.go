package body_test

import (
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// The bodies of products, as flows take them.
type (
	ref struct {
		ID string `json:"id" body:"required"`
	}
	newProduct struct {
		product.Product
		_                 struct{}     `body:"ignored=additional_data"`
		Status            string       `json:"status" body:"null,enum=draft|published"`
		Options           []newOption  `json:"options"`
		Variants          []newVariant `json:"variants"`
		Tags              []ref        `json:"tags"`
		ShippingProfileID string       `json:"shipping_profile_id"`
	}
	newOption struct {
		product.Option
		ID       string           `json:"id" body:"bare"`
		Values   []string         `json:"values"`
		Ranks    map[string]int64 `json:"ranks"`
		ValueIDs []string         `json:"value_ids"`
	}
	newVariant struct {
		product.Variant
		_       struct{}          `body:"ignored=additional_data"`
		Options map[string]string `json:"options"`
		Prices  []price           `json:"prices" body:"required"`
	}
	price struct {
		pricing.Price
		Rules map[string]string `json:"rules"`
	}
	productChange struct {
		_                 struct{}          `body:"unknown=pass"`
		Patch             module.Patch      `body:"columns=product"`
		Tags              *[]ref            `json:"tags"`
		Images            *[]*product.Image `json:"images"`
		ShippingProfileID *string           `json:"shipping_profile_id" body:"null=zero"`
	}
)

var (
	productColumns = body.ColumnsOf(product.Products, "title", "subtitle", "description", "is_giftcard", "discountable", "thumbnail",
		"handle?", "status", "external_id", "type_id", "collection_id", "metadata", "weight", "length", "height", "width", "hs_code",
		"mid_code", "origin_country", "material")
	variantColumns = body.ColumnsOf(product.Variants, "title", "sku", "ean", "upc", "barcode", "allow_backorder", "manage_inventory",
		"variant_rank", "thumbnail", "metadata", "weight", "length", "height", "width", "hs_code", "mid_code", "origin_country", "material")

	productSchema = body.For[newProduct](productColumns, variantColumns, body.ColumnsOf(product.Options, "title?", "is_exclusive", "metadata"),
		body.ColumnsOf(pricing.Prices, "currency_code", "amount", "min_quantity", "max_quantity"))
	productChangeSchema = body.For[productChange](productColumns, body.ColumnsOf(product.Images, "id?", "url"))
)
