package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

func (r *routes) productTypes() []api.Route {
	records, columns := r.Product.Types, body.ColumnsOf(product.Types, "value", "external_id", "metadata")
	return r.resource(api.Resource{
		One: "product_type", Many: "product_types", Path: "/admin/product-types", Entity: "product_type", Limit: 10,
		Fields: api.Fields(labelFields),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	})
}
