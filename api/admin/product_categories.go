package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

func (r *routes) productCategories() []api.Route {
	records := r.Product.Categories
	columns := body.ColumnsOf(product.Categories, "name", "description?", "handle?", "is_internal", "is_active", "parent_category_id",
		"external_id", "metadata", "rank").With(body.Optional("rank", body.Integer.OrMore(0))).Ignoring("additional_data")
	categories := api.Resource{
		One: "product_category", Many: "product_categories", Path: "/admin/product-categories", Entity: "product_category", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, name, description, handle, is_active, is_internal, rank, external_id, parent_category_id,
			created_at, updated_at, metadata, parent_category.*, category_children.*`),
		Create: api.Creates(records, columns), Update: api.Updates(records, columns), Delete: records.SoftDelete,
		Listing: api.Listing{Ignored: []string{"include_ancestors_tree", "include_descendants_tree"}},
	}
	return append(categories.Routes(r.Shop), categories.Action(r.Shop, "/products", "Change the products of a category",
		members(func(ctx context.Context, id string, in *membership) error {
			if err := records.Unrelate(ctx, id, "products", in.Remove...); err != nil {
				return err
			}
			return records.Relate(ctx, id, "products", in.Add...)
		})))
}
