package product

import "github.com/gorgon-commerce/gorgon/model"

// Collection is a collection of products. A product is in at most one.
type Collection struct {
	model.Base
	Title      string  `json:"title" model:"searchable,index"`
	Handle     string  `json:"handle"`
	ExternalID *string `json:"external_id" model:"index"`

	Products []*Product `json:"products,omitzero" model:"many=collection_id"`
}

// Collections is the model of Collection: entity product_collection, ids
// pcol_….
var Collections = model.Define[Collection]("product_collection").Listed().WithPrefix("pcol").Unique("handle")

// Tag is a word attached to products.
type Tag struct {
	model.Base
	Value      string  `json:"value" model:"searchable"`
	ExternalID *string `json:"external_id" model:"index"`

	Products []*Product `json:"products,omitzero" model:"through=product_tags.product_tag_id.product_id"`
}

// Tags is the model of Tag: entity product_tag, ids ptag_….
var Tags = model.Define[Tag]("product_tag").Listed().WithPrefix("ptag").Unique("value")

// Type is the kind of a product.
type Type struct {
	model.Base
	Value      string  `json:"value" model:"searchable"`
	ExternalID *string `json:"external_id" model:"index"`

	Products []*Product `json:"products,omitzero" model:"many=type_id"`
}

// Types is the model of Type: entity product_type, ids ptyp_….
var Types = model.Define[Type]("product_type").Listed().WithPrefix("ptyp").Unique("value")
