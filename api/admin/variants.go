package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows"
	"github.com/gorgon-commerce/gorgon/query"
)

const variantFields = `id, title, sku, thumbnail, barcode, ean, upc, allow_backorder, manage_inventory, hs_code, origin_country, mid_code, material,
	weight, length, height, width, metadata, variant_rank, product_id, created_at, updated_at, deleted_at,
	prices{*, price_rules{value, attribute}}, options.*`

// variants are listed for all products, and kept below their own.
func (r *routes) variants() []api.Route {
	products := r.productResource()
	all := api.Resource{
		One: "variant", Many: "variants", Path: "/admin/product-variants", Entity: "variant", Access: api.Admin, Limit: 50,
		Fields: api.Fields(variantFields + ", product.*"),
	}
	below := api.Resource{
		One: "variant", Many: "variants", Path: "/admin/products/{id}/variants", ID: "variant_id", Entity: "variant", Access: api.Admin, Limit: 50,
		Fields: api.Fields(variantFields),
		Scope:  func(c *api.Call) (query.Filters, error) { return query.Filters{"product_id": c.Param("id")}, nil },
	}
	written := below
	written.Parent = &products
	written.Create = &api.Write{Body: variantBody, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
		_, err := r.createVariants(ctx, c.Param("id"), v)
		return c.Param("id"), err
	}}
	written.Update = &api.Write{Body: variantChangeBody, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
		change, err := variantChange(c.Param("variant_id"), v)
		if err != nil {
			return "", err
		}
		return c.Param("id"), r.Flows.UpdateVariant(ctx, c.Param("id"), change)
	}}
	written.Delete = r.Flows.DeleteVariants
	written.Owned = func(ctx context.Context, c *api.Call) error {
		if c.Method != http.MethodDelete {
			return nil
		}
		return r.Products.HasVariant(ctx, c.Param("id"), c.Param("variant_id"))
	}
	return append(append(all.Routes(r.Shop), written.Routes(r.Shop)...), r.variantBatch())
}

func (r *routes) createVariants(ctx context.Context, productID string, bodies ...api.Values) ([]string, error) {
	in := make([]flows.NewVariant, len(bodies))
	for i, v := range bodies {
		if err := v.Without("additional_data").Into(&in[i]); err != nil {
			return nil, err
		}
	}
	return r.Flows.CreateVariants(ctx, productID, in...)
}

func variantChange(id string, v api.Values) (flows.VariantChange, error) {
	out := flows.VariantChange{ID: id, Patch: v.Patch(variantColumns...), Priced: v.Has("prices")}
	var parts struct {
		Options map[string]string `json:"options"`
		Prices  []flows.Price     `json:"prices"`
	}
	err := v.Into(&parts)
	out.Options, out.Prices = parts.Options, parts.Prices
	return out, err
}

// variantBatch creates, changes and deletes variants of a product at once.
func (r *routes) variantBatch() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/products/{id}/variants/batch", Access: api.Admin, Summary: "Create, change and delete variants",
		Body: api.Body{
			api.May("create", api.List(api.Object(variantBody))),
			api.May("update", api.List(api.Object(variantChangeBody.With(api.Must("id", api.Text))))),
			api.May("delete", api.IDs),
		},
		Answer: api.Answer{Body: batchAnswer},
		Do: func(c *api.Call) error {
			id := c.Param("id")
			return r.batch(c, "variant", api.Fields(variantFields), func(ctx context.Context, v api.Values) (out batch, err error) {
				if out.created, err = r.createVariants(ctx, id, v.Objects("create")...); err != nil {
					return out, err
				}
				for _, o := range v.Objects("update") {
					change, err := variantChange(o.Text("id"), o)
					if err != nil {
						return out, err
					}
					if err := r.Flows.UpdateVariant(ctx, id, change); err != nil {
						return out, err
					}
					out.updated = append(out.updated, change.ID)
				}
				out.deleted = v.Texts("delete")
				for _, variant := range out.deleted {
					if err := r.Products.HasVariant(ctx, id, variant); err != nil {
						return out, err
					}
				}
				return out, r.Flows.DeleteVariants(ctx, out.deleted...)
			})
		},
	}
}
