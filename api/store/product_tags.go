package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) productTags() []api.Route {
	return r.resource(api.Resource{
		One: "product_tag", Many: "product_tags", Path: "/store/product-tags", Entity: "product_tag", Limit: 50,
		Fields:  api.Fields(labelColumns),
		Visible: r.show("product_tag", allowedLabels),
	})
}
