package product

import "github.com/gorgon-commerce/gorgon/model"

// Product is something for sale, in one or more variants.
type Product struct {
	model.Base
	Title         string   `json:"title" model:"searchable,index"`
	Handle        string   `json:"handle"`
	Subtitle      *string  `json:"subtitle" model:"searchable"`
	Description   *string  `json:"description" model:"searchable"`
	IsGiftcard    bool     `json:"is_giftcard" model:"default=false,index"`
	Status        Status   `json:"status" model:"default=draft,enum=draft|proposed|published|rejected"`
	Thumbnail     *string  `json:"thumbnail"`
	Weight        *float64 `json:"weight"`
	Length        *float64 `json:"length"`
	Height        *float64 `json:"height"`
	Width         *float64 `json:"width"`
	OriginCountry *string  `json:"origin_country"`
	HSCode        *string  `json:"hs_code"`
	MIDCode       *string  `json:"mid_code"`
	Material      *string  `json:"material"`
	Discountable  *bool    `json:"discountable" model:"notnull,default=true"`
	ExternalID    *string  `json:"external_id" model:"index"`
	TypeID        *string  `json:"type_id"`
	CollectionID  *string  `json:"collection_id"`

	Variants       []*Variant       `json:"variants,omitzero" model:"many=product_id,searchable"`
	Type           *Type            `json:"type,omitzero" model:"belongs"`
	Tags           []*Tag           `json:"tags,omitzero" model:"through=product_tags.product_id.product_tag_id"`
	Options        []*Option        `json:"options,omitzero" model:"through=product_product_option.product_id.product_option_id"`
	ProductOptions []*ProductOption `json:"product_options,omitzero" model:"many=product_id"`
	Images         []*Image         `json:"images,omitzero" model:"many=product_id"`
	Collection     *Collection      `json:"collection,omitzero" model:"belongs"`
	Categories     []*Category      `json:"categories,omitzero" model:"through=product_category_product.product_id.product_category_id"`
}

// Products is the model of Product: entity product, ids prod_….
var Products = model.Define[Product]("product").
	Listed().Searched().
	WithPrefix("prod").
	Unique("handle").
	Index("status").
	Cascades("variants", "images")

// Status says whether a product is for sale.
type Status string

// The states of a product.
const (
	StatusDraft     Status = "draft"
	StatusProposed  Status = "proposed"
	StatusPublished Status = "published"
	StatusRejected  Status = "rejected"
)
