package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

func (r *routes) productVariants() []api.Route {
	return r.resource(api.Resource{
		One: "variant", Many: "variants", Path: "/store/product-variants", Entity: "variant", Limit: 20,
		Fields:  api.Fields(variantColumns + ", options.*, images.*, product{id, type_id}"),
		Listing: api.Listing{Ignored: priceContext},
		Visible: api.Visibility{Allowed: allowedVariants, Nested: nested, Scope: func(c *api.Call) (query.Filters, error) {
			products, err := visible(c)
			return query.Filters{"product": products}, err
		}},
		Computed: r.variantPrices(),
	})
}
