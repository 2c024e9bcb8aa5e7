package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) productVariants() []api.Route {
	visible := r.show("variant", allowedVariants)
	visible.Models, visible.Context = r.seenProducts, stockOf("")
	return r.resource(api.Resource{
		One: "variant", Many: "variants", Path: "/store/product-variants", Entity: "variant", Limit: 20,
		Fields:   api.Fields(variantColumns + ", options.*, images.*, product{id, type_id}"),
		Listing:  api.Listing{Others: purchase},
		Visible:  visible,
		Computed: r.variantPrices(),
	})
}
