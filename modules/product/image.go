package product

import "github.com/gorgon-commerce/gorgon/model"

// Image is a picture of a product.
type Image struct {
	model.Base
	URL       string `json:"url"`
	Rank      int64  `json:"rank" model:"default=0"` // among the images of the product, from 0
	ProductID string `json:"product_id"`

	Product  *Product   `json:"product,omitzero" model:"belongs"`
	Variants []*Variant `json:"variants,omitzero" model:"through=product_variant_product_image.image_id.variant_id"`
}

// Images is the model of Image: entity product_image, table image, ids img_….
var Images = model.Define[Image]("product_image").
	OnTable("image").
	WithPrefix("img").
	Index("product_id", "rank").
	Index("url")

// VariantImage assigns an image to a variant.
type VariantImage struct {
	model.Record
	VariantID string `json:"variant_id"`
	ImageID   string `json:"image_id"`

	Variant *Variant `json:"variant,omitzero" model:"belongs,nokey"`
	Image   *Image   `json:"image,omitzero" model:"belongs"`
}

// VariantImages is the model of VariantImage: entity
// product_variant_product_image, ids pvpi_….
var VariantImages = model.Define[VariantImage]("product_variant_product_image").WithPrefix("pvpi")
