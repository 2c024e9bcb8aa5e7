package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) productTypes() []api.Route {
	return r.resource(api.Resource{
		One: "product_type", Many: "product_types", Path: "/store/product-types", Entity: "product_type", Limit: 50,
		Fields:  api.Fields(labelColumns),
		Visible: r.show("product_type", allowedLabels),
	})
}
