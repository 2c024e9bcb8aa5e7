package admin

import (
	"context"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/query"
)

const variantFields = `id, title, sku, thumbnail, barcode, ean, upc, allow_backorder, manage_inventory, hs_code, origin_country, mid_code, material,
	weight, length, height, width, metadata, variant_rank, product_id, created_at, updated_at, deleted_at,
	prices{*, price_rules{value, attribute}}, options.*`

// productVariants are listed for all products, and kept below their own.
func (r *routes) productVariants() []api.Route {
	all := r.resource(api.Resource{
		One: "variant", Many: "variants", Path: "/admin/product-variants", Entity: "variant", Limit: 50,
		Fields: api.Fields(variantFields + ", product.*"),
		Finish: shapePrices(""), Below: shapedPrices(""),
	})
	products := r.productResource()
	below := r.resource(api.Resource{
		One: "variant", Many: "variants", Path: "/admin/products/{id}/variants", Entity: "variant", Limit: 50,
		Fields: api.Fields(variantFields),
		Create: api.Writes(newVariants, func(ctx context.Context, c *api.Call, in *catalog.NewVariant) (string, error) {
			_, err := r.catalog.CreateVariants(ctx, c.Param("id"), *in)
			return c.Param("id"), err
		}),
		Update: api.Writes(variantChanges, func(ctx context.Context, c *api.Call, in *catalog.VariantChange) (string, error) {
			return c.Param("id"), r.catalog.UpdateVariant(ctx, c.Param("id"), c.Param("variant_id"), in)
		}),
		Delete: r.catalog.DeleteVariants,
		Finish: shapePrices(""), Below: shapedPrices(""),
		Lookup: api.Lookup{Param: "variant_id"},
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"product_id": c.Param("id")}, nil
		}},
		Owner: api.Ownership{Parent: &products, Check: func(ctx context.Context, c *api.Call) error {
			if c.Method != http.MethodDelete {
				return nil
			}
			return r.Product.HasVariant(ctx, c.Param("id"), c.Param("variant_id"))
		}},
	})
	return slices.Concat(all, below, r.variantItems(), r.variantImages(), []api.Route{r.variantBatch()})
}

// variantBatch creates, changes and deletes variants of a product at once.
func (r *routes) variantBatch() api.Route {
	variants := api.Resource{Entity: "variant", Fields: api.Fields(variantFields), Finish: shapePrices(""), Below: shapedPrices("")}
	return batchRoute(r, "/admin/products/{id}/variants/batch", "Create, change and delete variants", variantBatches, variants,
		batchWork[catalog.NewVariant, variantUpdate]{
			create: func(ctx context.Context, c *api.Call, all []catalog.NewVariant) ([]string, error) {
				return r.catalog.CreateVariants(ctx, c.Param("id"), all...)
			},
			update: func(ctx context.Context, c *api.Call, one *variantUpdate) (string, error) {
				return one.ID, r.catalog.UpdateVariant(ctx, c.Param("id"), one.ID, &one.VariantChange)
			},
			delete: func(ctx context.Context, c *api.Call, ids []string) error {
				for _, id := range ids {
					if err := r.Product.HasVariant(ctx, c.Param("id"), id); err != nil {
						return err
					}
				}
				return r.catalog.DeleteVariants(ctx, ids...)
			},
		})
}
