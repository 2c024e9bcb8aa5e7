package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/query"
)

// productFilters are names of filters on products.
var productFilters = api.Aliases{
	"category_id": "categories.id", "tag_id": "tags.id", "sales_channel_id": "sales_channels.id", "option_id": "options.id",
	"option_value_id": "options.values.id", "price_list_id": "variants.price_set.all_prices.price_list_id",
}

const productFields = `id, title, subtitle, status, external_id, description, handle, is_giftcard, discountable, thumbnail, collection_id, type_id,
	weight, length, height, width, hs_code, origin_country, mid_code, material, created_at, updated_at, deleted_at, metadata,
	type.*, collection.*, options{*, values.*}, tags.*, images.*,
	variants{*, prices{*, price_rules{value, attribute}}, options.*, images.*}, sales_channels.*`

func (r *routes) productResource() api.Resource {
	return api.Resource{
		One: "product", Many: "products", Path: "/admin/products", Entity: "product", Access: api.Admin, Limit: 50,
		Fields: api.Fields(productFields), Filters: productFilters,
		Create: api.Writes(newProducts, func(ctx context.Context, _ *api.Call, in *catalog.NewProduct) (string, error) {
			return r.catalog.CreateProduct(ctx, in)
		}),
		Update: api.Writes(productChanges, func(ctx context.Context, c *api.Call, in *catalog.ProductChange) (string, error) {
			return c.Param("id"), r.catalog.UpdateProduct(ctx, c.Param("id"), in)
		}),
		Delete: r.catalog.DeleteProducts,
		Finish: shapePrices("variants"), Below: shapedPrices("variants"),
	}
}

func (r *routes) products() []api.Route {
	products := r.productResource()
	options := api.Resource{
		One: "product_option", Many: "product_options", Path: "/admin/products/{id}/options", Entity: "product_option", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, title"),
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"products.id": c.Param("id")}, nil
		}},
	}
	change := products.Action(r.Shop, "/options/batch", "Change the options of a product", api.Writes(optionChoices,
		func(ctx context.Context, c *api.Call, in *catalog.OptionsChange) (string, error) {
			return c.Param("id"), r.catalog.ChangeOptions(ctx, c.Param("id"), in)
		}))
	return append(products.Routes(r.Shop), r.productBatch(), options.ListRoute(r.Shop), change)
}

// productBatch creates, changes and deletes products at once.
func (r *routes) productBatch() api.Route {
	return batchRoute(r, "/admin/products/batch", "Create, change and delete products", productBatches, r.productResource(),
		batchWork[catalog.NewProduct, productUpdate]{
			create: func(ctx context.Context, _ *api.Call, all []catalog.NewProduct) ([]string, error) {
				ids := make([]string, len(all))
				for i := range all {
					var err error
					if ids[i], err = r.catalog.CreateProduct(ctx, &all[i]); err != nil {
						return nil, err
					}
				}
				return ids, nil
			},
			update: func(ctx context.Context, _ *api.Call, one *productUpdate) (string, error) {
				return one.ID, r.catalog.UpdateProduct(ctx, one.ID, &one.ProductChange)
			},
			delete: func(ctx context.Context, _ *api.Call, ids []string) error {
				return r.catalog.DeleteProducts(ctx, ids...)
			},
		})
}
