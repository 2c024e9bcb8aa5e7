package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) productOptions() []api.Route {
	return r.resource(api.Resource{
		One: "product_option", Many: "product_options", Path: "/store/product-options", Entity: "product_option", Limit: 50,
		Fields:  api.Fields("id, title, is_exclusive, values.*, created_at, updated_at, metadata"),
		Visible: r.show("product_option", allowedOptions),
	})
}
