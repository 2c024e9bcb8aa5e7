package product

import "github.com/gorgon-commerce/gorgon/model"

// Category is a category of products. Categories form a tree.
type Category struct {
	model.Base
	Name             string  `json:"name" model:"searchable,index"`
	Description      string  `json:"description" model:"searchable"`
	Handle           string  `json:"handle" model:"searchable"`
	MPath            string  `json:"mpath"` // the ids from the root to this category, joined by dots
	IsActive         bool    `json:"is_active" model:"default=false,index"`
	IsInternal       bool    `json:"is_internal" model:"default=false,index"`
	Rank             int64   `json:"rank" model:"default=0"` // among its siblings, from 0
	ExternalID       *string `json:"external_id" model:"index"`
	ParentCategoryID *string `json:"parent_category_id"`

	ParentCategory   *Category   `json:"parent_category,omitzero" model:"belongs,cascade"`
	CategoryChildren []*Category `json:"category_children,omitzero" model:"many=parent_category_id"`
	Products         []*Product  `json:"products,omitzero" model:"through=product_category_product.product_category_id.product_id"`
}

// Categories is the model of Category: entity product_category, ids pcat_….
var Categories = model.Define[Category]("product_category").
	Listed().
	WithPrefix("pcat").
	Unique("handle").
	Index("mpath").
	Cascades("category_children")
