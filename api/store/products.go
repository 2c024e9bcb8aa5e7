package store

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// priceContext are parameters that say where somebody buys.
var priceContext = []string{"region_id", "country_code", "province", "cart_id", "sales_channel_id"}

// visible is what holds for products that a storefront may see: they are
// published, in a sales channel of its key.
func visible(c *api.Call) (query.Filters, error) {
	channels := c.Caller.Key.SalesChannelIDs
	if len(channels) == 0 {
		return nil, fault.New(fault.InvalidData, "the publishable API key has no sales channel; give it one to see products")
	}
	if asked := c.QueryList("sales_channel_id"); len(asked) > 0 {
		for _, id := range asked {
			if !slices.Contains(channels, id) {
				return nil, fault.New(fault.InvalidData, "the publishable API key is not for the sales channel %q", id)
			}
		}
		channels = asked
	}
	return query.Filters{"status": "published", "sales_channels": query.Filters{"id": channels}}, nil
}

// nested is what holds for records in lists inside others, by their model.
func nested(c *api.Call) map[string]query.Filters {
	channels := []string{}
	if c.Caller.Key != nil {
		channels = append(channels, c.Caller.Key.SalesChannelIDs...)
	}
	return map[string]query.Filters{
		"product":          {"status": "published", "sales_channels": query.Filters{"id": channels}},
		"product_category": {"is_active": true, "is_internal": false},
	}
}

// shownAncestors is how many ancestors of a category can be asked for.
const shownAncestors = 3

// shownCategory is what holds for a category that a storefront may see: it is
// active and not internal, and so is what it lies in, which it is answered with.
func shownCategory(ancestors int) query.Filters {
	out := query.Filters{"is_active": true, "is_internal": false}
	if ancestors > 0 {
		out["$or"] = []any{
			query.Filters{"parent_category_id": nil}, query.Filters{"parent_category": shownCategory(ancestors - 1)},
		}
	}
	return out
}

func (r *routes) products() []api.Route {
	return r.resources(
		api.Resource{
			One: "product", Many: "products", Path: "/store/products", Entity: "product", Limit: 50, Depth: 4,
			Fields:  api.Fields(productColumns + ", type.*, collection.*, options{*, values.*}, tags.*, images.*, variants{*, options.*}"),
			Allowed: allowedProducts, Ignored: priceContext,
			Filters: api.Aliases{
				"category_id": "categories.id", "tag_id": "tags.id", "option_id": "options.id", "option_value_id": "options.values.id",
			},
			Scope: visible, Nested: nested, Computed: r.productPrices(),
		},
		api.Resource{
			One: "variant", Many: "variants", Path: "/store/product-variants", Entity: "variant", Limit: 20,
			Fields:  api.Fields(variantColumns + ", options.*, images.*, product{id, type_id}"),
			Allowed: allowedVariants, Ignored: priceContext,
			Scope: func(c *api.Call) (query.Filters, error) {
				products, err := visible(c)
				return query.Filters{"product": products}, err
			},
			Nested: nested, Computed: r.variantPrices(),
		},
	)
}

// catalog is how products are sorted into kinds.
func (r *routes) catalog() []api.Route {
	tag := api.Fields("id, value, external_id, created_at, updated_at, metadata")
	return r.resources(
		api.Resource{
			One: "collection", Many: "collections", Path: "/store/collections", Entity: "product_collection", Limit: 10,
			Fields: api.Fields("id, title, handle, external_id, created_at, updated_at"), Allowed: allowedCatalog, Nested: nested, Order: []string{"-created_at"},
		},
		api.Resource{
			One: "product_category", Many: "product_categories", Path: "/store/product-categories", Entity: "product_category", Limit: 50,
			Fields: api.Fields(`id, name, description, handle, rank, external_id, parent_category_id, created_at, updated_at, metadata,
				parent_category.*, category_children.*`),
			Allowed: allowedCategories, Nested: nested, Ignored: []string{"include_ancestors_tree", "include_descendants_tree"},
			Scope: func(*api.Call) (query.Filters, error) {
				return shownCategory(shownAncestors), nil
			},
		},
		api.Resource{
			One: "product_option", Many: "product_options", Path: "/store/product-options", Entity: "product_option", Limit: 50,
			Fields: api.Fields("id, title, is_exclusive, values.*, created_at, updated_at, metadata"), Allowed: allowedOptions,
		},
		api.Resource{
			One: "product_tag", Many: "product_tags", Path: "/store/product-tags", Entity: "product_tag", Limit: 50,
			Fields: tag, Allowed: allowedTags, Nested: nested,
		},
		api.Resource{
			One: "product_type", Many: "product_types", Path: "/store/product-types", Entity: "product_type", Limit: 50,
			Fields: tag, Allowed: api.Fields("id, value, external_id, created_at, updated_at, metadata"),
		},
	)
}
