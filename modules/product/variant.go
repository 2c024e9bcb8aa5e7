package product

import "github.com/gorgon-commerce/gorgon/model"

// Variant is a product in a certain size, color, and so on. It is what is put into a
// cart.
type Variant struct {
	model.Base
	Title           string   `json:"title" model:"searchable,index"`
	SKU             *string  `json:"sku" model:"searchable"`
	Barcode         *string  `json:"barcode" model:"searchable"`
	EAN             *string  `json:"ean" model:"searchable"`
	UPC             *string  `json:"upc" model:"searchable"`
	AllowBackorder  bool     `json:"allow_backorder" model:"default=false,index"`
	ManageInventory *bool    `json:"manage_inventory" model:"notnull,default=true,index"`
	HSCode          *string  `json:"hs_code"`
	OriginCountry   *string  `json:"origin_country"`
	MIDCode         *string  `json:"mid_code"`
	Material        *string  `json:"material"`
	Weight          *float64 `json:"weight"`
	Length          *float64 `json:"length"`
	Height          *float64 `json:"height"`
	Width           *float64 `json:"width"`
	VariantRank     *int64   `json:"variant_rank" model:"default=0,index"` // among the variants of the product, from 0
	Thumbnail       *string  `json:"thumbnail"`
	ProductID       *string  `json:"product_id"`

	Product *Product       `json:"product,omitzero" model:"belongs,cascade,searchable"`
	Images  []*Image       `json:"images,omitzero" model:"through=product_variant_product_image.variant_id.image_id"`
	Options []*OptionValue `json:"options,omitzero" model:"through=product_variant_option.variant_id.option_value_id"`
}

// Variants is the model of Variant: entity variant, table product_variant, ids
// variant_….
var Variants = model.Define[Variant]("product_variant").
	Listed().Searched().
	WithPrefix("variant").
	Named("variant", "variants", "product_variant", "product_variants").
	Unique("ean").
	Unique("upc").
	Unique("sku").
	Unique("barcode")
