package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

func (r *routes) collections() []api.Route {
	records := r.Product.Collections
	columns := body.ColumnsOf(product.Collections, "title", "handle?", "external_id", "metadata").Ignoring("additional_data")
	collections := api.Resource{
		One: "collection", Many: "collections", Path: "/admin/collections", Entity: "product_collection", Access: api.Admin, Limit: 10,
		Fields: api.Fields("id, title, handle, external_id, created_at, updated_at, metadata"),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
	}
	return append(collections.Routes(r.Shop), collections.Action(r.Shop, "/products", "Change the products of a collection",
		members(func(ctx context.Context, id string, in *membership) error {
			return r.Product.MoveToCollection(ctx, id, in.Add, in.Remove)
		})))
}
