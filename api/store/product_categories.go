package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) productCategories() []api.Route {
	return r.resource(api.Resource{
		One: "product_category", Many: "product_categories", Path: "/store/product-categories", Entity: "product_category", Limit: 50,
		Fields: api.Fields(`id, name, description, handle, rank, external_id, parent_category_id, created_at, updated_at, metadata,
			parent_category.*, category_children.*`),
		Tree:    api.CategoryTree,
		Visible: r.show("product_category", allowedCategories),
	})
}
