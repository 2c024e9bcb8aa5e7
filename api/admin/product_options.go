package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
)

// newOption is an option that products share, with its values in order, or in
// that of their ranks.
type newOption struct {
	product.Option
	Values []string         `json:"values" body:"required"`
	Ranks  map[string]int64 `json:"ranks"`
}

// optionChange is a change of an option; no Values leave them as they are.
type optionChange struct {
	Patch  module.Patch     `body:"columns=product_option"`
	Values *[]string        `json:"values"`
	Ranks  map[string]int64 `json:"ranks"`
}

var (
	optionColumns = body.ColumnsOf(product.Options, "title", "is_exclusive", "metadata")
	newOptions    = body.For[newOption](optionColumns)
	optionChanges = body.For[optionChange](optionColumns)
)

// productOptions are choices that products share, and their values.
func (r *routes) productOptions() []api.Route {
	records := r.Product.Options
	options := api.Resource{
		One: "product_option", Many: "product_options", Path: "/admin/product-options", Entity: "product_option", Limit: 20,
		Fields: api.Fields("id, title, is_exclusive, values.*, products.*, created_at, updated_at, metadata"),
		Create: api.Writes(newOptions, func(ctx context.Context, _ *api.Call, in *newOption) (string, error) {
			in.Option.Values = product.RankedValues(in.Values, in.Ranks)
			return api.Create(ctx, records, &in.Option)
		}),
		Update: api.Writes(optionChanges, func(ctx context.Context, c *api.Call, in *optionChange) (string, error) {
			id := c.Param("id")
			if err := api.Update(ctx, records, id, in.Patch); err != nil || in.Values == nil {
				return id, err
			}
			return id, r.Product.SetValues(ctx, id, product.RankedValues(*in.Values, in.Ranks))
		}),
		Delete: records.SoftDelete,
	}
	return append(r.resource(options), r.optionValues()...)
}

func (r *routes) optionValues() []api.Route {
	columns := body.ColumnsOf(product.OptionValues, "value", "metadata")
	return r.resource(api.Resource{
		One: "product_option_value", Many: "product_option_values", Path: "/admin/product-options/{id}/values",
		Entity: "product_option_value", Limit: 20,
		Fields: api.Fields("id, value, rank, option_id, created_at, updated_at, metadata"),
		Update: api.Writes(body.For[module.Patch](columns), func(ctx context.Context, c *api.Call, in *module.Patch) (string, error) {
			return c.Param("value_id"), api.Update(ctx, r.Product.OptionValues, c.Param("value_id"), *in)
		}),
		Delete: r.Product.OptionValues.SoftDelete,
		Lookup: api.Lookup{Param: "value_id"},
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"option_id": c.Param("id")}, nil
		}},
		Owner: api.Ownership{Check: func(ctx context.Context, c *api.Call) error {
			return r.Product.HasValue(ctx, c.Param("id"), c.Param("value_id"))
		}},
	})
}
