package store

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// priceContext are parameters that say where a customer buys.
var priceContext = []string{"region_id", "country_code", "province", "cart_id", "sales_channel_id"}

// visible returns the condition of products that a storefront may see: they are
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

// nested returns the conditions of records in lists inside others, by model.
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

// shownAncestors is how many ancestors of a category can be requested.
const shownAncestors = 3

// shownCategory returns the condition of categories that a storefront may see:
// they are active and not internal, and so are their ancestors, which they are
// returned with.
func shownCategory(ancestors int) query.Filters {
	out := query.Filters{"is_active": true, "is_internal": false}
	if ancestors > 0 {
		out["$or"] = []any{
			query.Filters{"parent_category_id": nil}, query.Filters{"parent_category": shownCategory(ancestors - 1)},
		}
	}
	return out
}
