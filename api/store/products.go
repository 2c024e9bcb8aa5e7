package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) products() []api.Route {
	visible := r.show("product", allowedProducts)
	visible.Depth, visible.Models, visible.Context = 4, r.seenProducts, stockOf("variants.")
	return r.resource(api.Resource{
		One: "product", Many: "products", Path: "/store/products", Entity: "product", Limit: 50,
		Fields: api.Fields(productColumns + ", type.*, collection.*, options{*, values.*}, tags.*, images.*, variants{*, options.*}"),
		Filters: api.Aliases{
			"category_id": "categories.id", "tag_id": "tags.id", "option_id": "options.id", "option_value_id": "options.values.id",
		},
		Listing:  api.Listing{Others: purchase},
		Visible:  visible,
		Computed: r.productPrices(),
	})
}
