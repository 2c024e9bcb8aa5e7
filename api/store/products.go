package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) products() []api.Route {
	return r.resource(api.Resource{
		One: "product", Many: "products", Path: "/store/products", Entity: "product", Limit: 50,
		Fields: api.Fields(productColumns + ", type.*, collection.*, options{*, values.*}, tags.*, images.*, variants{*, options.*}"),
		Filters: api.Aliases{
			"category_id": "categories.id", "tag_id": "tags.id", "option_id": "options.id", "option_value_id": "options.values.id",
		},
		Listing:  api.Listing{Ignored: priceContext},
		Visible:  api.Visibility{Allowed: allowedProducts, Depth: 4, Scope: visible, Nested: nested},
		Computed: r.productPrices(),
	})
}
