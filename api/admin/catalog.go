package admin

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
)

// catalog is how products are sorted into kinds: collections, categories, tags
// and types.
func (r *routes) catalog() []api.Route {
	tag := api.Fields("id, value, external_id, created_at, updated_at, metadata")
	tags, types := r.Products.Tags, r.Products.Types
	out := r.resources(
		api.Resource{
			One: "product_tag", Many: "product_tags", Path: "/admin/product-tags", Entity: "product_tag", Limit: 20, Fields: tag,
			Create: api.Creates(tags, "value", "external_id", "metadata"),
			Update: api.Updates(tags, "value", "external_id", "metadata"),
			Delete: removes(r, tags),
		},
		api.Resource{
			One: "product_type", Many: "product_types", Path: "/admin/product-types", Entity: "product_type", Limit: 10, Fields: tag,
			Create: api.Creates(types, "value", "external_id", "metadata"),
			Update: api.Updates(types, "value", "external_id", "metadata"),
			Delete: removes(r, types),
		},
	)
	return append(append(out, r.collections()...), r.categories()...)
}

func (r *routes) collections() []api.Route {
	records := r.Products.Collections
	columns := []string{"title", "handle", "external_id", "metadata"}
	body := api.Columns(product.Collections, columns...).With(api.May("handle", api.Text), api.May("additional_data", api.Map.OrNull()))
	collections := api.Resource{
		One: "collection", Many: "collections", Path: "/admin/collections", Entity: "product_collection", Access: api.Admin, Limit: 10,
		Fields: api.Fields("id, title, handle, external_id, created_at, updated_at, metadata"),
		Create: &api.Write{Body: body, Do: create(records)},
		Update: &api.Write{Body: body.Optional(), Do: update(records, columns...)},
		Delete: removes(r, records),
	}
	return append(collections.Routes(r.Shop), collections.Action(r.Shop, "/products", "Change the products of a collection", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.Products.MoveToCollection(ctx, c.Param("id"), v.Texts("add"), v.Texts("remove"))
		}))
}

func (r *routes) categories() []api.Route {
	records := r.Products.Categories
	columns := []string{"name", "description", "handle", "is_internal", "is_active", "parent_category_id", "external_id", "metadata", "rank"}
	body := api.Columns(product.Categories, columns...).With(
		api.May("handle", api.Text), api.May("description", api.Text), api.May("rank", api.Integer.OrMore(0)), api.May("additional_data", api.Map.OrNull()))
	categories := api.Resource{
		One: "product_category", Many: "product_categories", Path: "/admin/product-categories", Entity: "product_category", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, name, description, handle, is_active, is_internal, rank, external_id, parent_category_id,
			created_at, updated_at, metadata, parent_category.*, category_children.*`),
		Ignored: []string{"include_ancestors_tree", "include_descendants_tree"},
		Create:  &api.Write{Body: body, Do: create(records)},
		Update:  &api.Write{Body: body.Optional(), Do: update(records, columns...)},
		Delete:  removes(r, records),
	}
	return append(categories.Routes(r.Shop), categories.Action(r.Shop, "/products", "Change the products of a category", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			if err := records.Unrelate(ctx, id, "products", v.Texts("remove")...); err != nil {
				return "", err
			}
			return id, records.Relate(ctx, id, "products", v.Texts("add")...)
		}))
}

// create and update are writes whose bodies carry additional_data, which is
// for the shop's own code.
func create[T any](records module.Records[T]) api.Do {
	return func(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
		return api.Create(ctx, records, v.Without("additional_data"))
	}
}

func update[T any](records module.Records[T], columns ...string) api.Do {
	return func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
		return c.Param("id"), api.Update(ctx, records, c.Param("id"), v.Patch(columns...))
	}
}

// options are choices that products share, and their values.
func (r *routes) options() []api.Route {
	body := api.Body{
		api.Must("title", api.Text), api.Must("values", api.List(api.Text)), api.May("ranks", api.Map), api.May("is_exclusive", api.Flag),
		api.May("metadata", api.Map.OrNull()),
	}
	value := api.Body{api.May("value", api.Text), api.May("metadata", api.Map.OrNull())}
	options := api.Resource{
		One: "product_option", Many: "product_options", Path: "/admin/product-options", Entity: "product_option", Limit: 20,
		Fields: api.Fields("id, title, is_exclusive, values.*, products.*, created_at, updated_at, metadata"),
		Create: &api.Write{Body: body, Do: func(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
			o := optionOf(v)
			if err := v.Without("values", "ranks").Into(o); err != nil {
				return "", err
			}
			err := r.Products.Options.Create(ctx, o)
			return o.ID, err
		}},
		Update: &api.Write{Body: body.Optional(), Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			if err := api.Update(ctx, r.Products.Options, id, v.Patch("title", "is_exclusive", "metadata")); err != nil || !v.Has("values") {
				return id, err
			}
			return id, r.Products.SetValues(ctx, id, optionOf(v).Values)
		}},
		Delete: removes(r, r.Products.Options),
	}
	values := api.Resource{
		One: "product_option_value", Many: "product_option_values", Path: "/admin/product-options/{id}/values", ID: "value_id",
		Entity: "product_option_value", Limit: 20,
		Fields: api.Fields("id, value, rank, option_id, created_at, updated_at, metadata"),
		Scope:  func(c *api.Call) (query.Filters, error) { return query.Filters{"option_id": c.Param("id")}, nil },
		Owned: func(ctx context.Context, c *api.Call) error {
			return r.Products.HasValue(ctx, c.Param("id"), c.Param("value_id"))
		},
		Update: &api.Write{Body: value, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("value_id"), api.Update(ctx, r.Products.OptionValues, c.Param("value_id"), v.Patch("value", "metadata"))
		}},
		Delete: r.Products.OptionValues.SoftDelete,
	}
	return r.resources(options, values)
}

// optionOf is the option of a body: its values in order, or in that of ranks.
func optionOf(v api.Values) *product.Option {
	o := &product.Option{}
	ranks, _ := v["ranks"].(map[string]any)
	for i, text := range v.Texts("values") {
		rank := int64(i)
		if given, ok := ranks[text].(json.Number); ok {
			rank, _ = given.Int64()
		}
		o.Values = append(o.Values, &product.OptionValue{Value: text, Rank: &rank})
	}
	return o
}
