package admin

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// labelFields are the fields of tags and types.
const labelFields = "id, value, external_id, created_at, updated_at, metadata"

func (r *routes) productTags() []api.Route {
	records, columns := r.Product.Tags, body.ColumnsOf(product.Tags, "value", "external_id", "metadata")
	return r.resource(api.Resource{
		One: "product_tag", Many: "product_tags", Path: "/admin/product-tags", Entity: "product_tag", Limit: 20,
		Fields: api.Fields(labelFields),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	})
}
