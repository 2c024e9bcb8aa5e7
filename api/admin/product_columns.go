package admin

import (
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// What clients may set of products and variants.
var (
	productColumns = body.ColumnsOf(product.Products,
		"title", "subtitle", "description", "is_giftcard", "discountable", "thumbnail", "handle?", "status", "external_id",
		"type_id", "collection_id", "metadata", "weight", "length", "height", "width", "hs_code", "mid_code", "origin_country", "material")
	variantColumns = body.ColumnsOf(product.Variants,
		"title", "sku", "ean", "upc", "barcode", "allow_backorder", "manage_inventory", "variant_rank", "thumbnail", "metadata",
		"weight", "length", "height", "width", "hs_code", "mid_code", "origin_country", "material")
	ownOptionColumns = body.ColumnsOf(product.Options, "title?", "metadata")
)

// What is sent of products and variants: the flows declare it.
var (
	newProducts    = body.For[catalog.NewProduct](productColumns, variantColumns, ownOptionColumns)
	productChanges = body.For[catalog.ProductChange](productColumns, variantColumns)
	newVariants    = body.For[catalog.NewVariant](variantColumns)
	variantChanges = body.For[catalog.VariantChange](variantColumns)
	optionChoices  = body.For[catalog.OptionsChange](ownOptionColumns)

	productBatches = body.For[batch[catalog.NewProduct, productUpdate]](productColumns, variantColumns, ownOptionColumns)
	variantBatches = body.For[batch[catalog.NewVariant, variantUpdate]](variantColumns)
)

// productUpdate is one of several changes of products.
type productUpdate struct {
	ID string `json:"id" body:"required"`
	catalog.ProductChange
}

// variantUpdate is one of several changes of variants.
type variantUpdate struct {
	ID string `json:"id" body:"required"`
	catalog.VariantChange
}
