package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

// What is sent of categories.
var (
	categoryColumns = body.ColumnsOf(product.Categories, "name", "description?", "handle?", "is_internal", "is_active", "parent_category_id",
		"external_id", "metadata", "rank").With(body.Optional("rank", body.Integer.OrMore(0))).Ignoring("additional_data")
	newCategories   = body.For[catalog.NewCategory](categoryColumns)
	categoryChanges = body.For[module.Patch](categoryColumns)
)

func (r *routes) productCategories() []api.Route {
	records := r.Product.Categories
	categories := api.Resource{
		One: "product_category", Many: "product_categories", Path: "/admin/product-categories", Entity: "product_category", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, name, description, handle, is_active, is_internal, rank, external_id, parent_category_id,
			created_at, updated_at, metadata, parent_category.*, category_children.*`),
		Create: api.Writes(newCategories, func(ctx context.Context, _ *api.Call, in *catalog.NewCategory) (string, error) {
			return r.catalog.CreateCategory(ctx, in)
		}),
		Update: api.Writes(categoryChanges, func(ctx context.Context, c *api.Call, p *module.Patch) (string, error) {
			return c.Param("id"), r.catalog.UpdateCategory(ctx, c.Param("id"), *p)
		}),
		Delete: r.catalog.DeleteCategory,
		Tree:   api.CategoryTree,
	}
	return append(categories.Routes(r.Shop), categories.Action(r.Shop, "/products", "Change the products of a category",
		members(func(ctx context.Context, id string, in *membership) error {
			if err := records.Unrelate(ctx, id, "products", in.Remove...); err != nil {
				return err
			}
			return records.Relate(ctx, id, "products", in.Add...)
		})))
}
