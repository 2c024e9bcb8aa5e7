package store

import (
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// conditions are, by entity, what records must meet to be seen by a storefront.
type conditions = map[string]query.Filters

// seen returns what the caller may see, wherever a query reaches it: published
// products in the sales channels of the key, categories that are active and not
// internal, and what belongs to the customer who calls. What has no condition is
// seen by everyone who is given its name.
func (r *routes) seen(c *api.Call) (conditions, error) {
	out := conditions{
		"product":          {"status": "published", "sales_channels": query.Filters{"id": keyChannels(c)}},
		"variant":          {"product": query.Filters{}},
		"product_category": shownCategory(shownAncestors),
		"price":            {"price_list_id": nil, "price_rules": query.Filters{"$none": query.Filters{"attribute": groupRules}}},
		"customer":         {"id": own(c)},
		"customer_address": {"customer_id": own(c)},
		"order":            {"customer_id": own(c), "is_draft_order": false},
	}
	for _, o := range r.openings {
		if o.Visible != nil {
			maps.Copy(out, o.Visible(c))
		}
	}
	return out, nil
}

// groupRules are the attributes of prices that only some customers get.
var groupRules = []string{"customer.groups.id", "customer_group_id"}

// own returns the ids that belong to the caller: their own, or none.
func own(c *api.Call) []string {
	if c.Caller.Is("customer") {
		return []string{c.Caller.ID}
	}
	return []string{}
}

func keyChannels(c *api.Call) []string {
	if c.Caller.Key == nil {
		return []string{}
	}
	return c.Caller.Key.SalesChannelIDs
}

// seenProducts is like seen for routes that are about products: a key without
// sales channels is a mistake there, and a caller may choose some of them.
func (r *routes) seenProducts(c *api.Call) (conditions, error) {
	channels := keyChannels(c)
	if len(channels) == 0 {
		return nil, fault.New(fault.InvalidData, "the publishable API key has no sales channel; give it one to see products")
	}
	if asked := c.QueryList("sales_channel_id"); len(asked) > 0 {
		for _, id := range asked {
			if !slices.Contains(channels, id) {
				return nil, fault.New(fault.InvalidData, "the publishable API key is not for the sales channel %q", fault.Clip(id))
			}
		}
		channels = asked
	}
	out, err := r.seen(c)
	if err == nil {
		out["product"] = query.Filters{"status": "published", "sales_channels": query.Filters{"id": channels}}
	}
	return out, err
}

// seenOrder is like seen for the route of one order: whoever knows its id sees it,
// and the customer it belongs to.
func (r *routes) seenOrder(c *api.Call) (conditions, error) {
	out, err := r.seen(c)
	if err == nil {
		out["order"] = query.Filters{"id": c.Param("id"), "is_draft_order": false}
		out["customer"] = query.Filters{"orders": query.Filters{}}
	}
	return out, err
}

// seenNew is like seen for someone who becomes a customer, and is shown the record
// that they have just made.
func (r *routes) seenNew(c *api.Call) (conditions, error) {
	out, err := r.seen(c)
	delete(out, "customer")
	return out, err
}

// purchase are parameters that say where a customer buys.
var purchase = []api.Parameter{
	{Name: "region_id", Description: "the region of calculated_price", Type: body.Text},
	{Name: "cart_id", Description: "the cart whose region and currency calculated_price is for", Type: body.Text},
	{Name: "country_code", Description: "the country that calculated_price has the taxes of, in amounts with and without tax", Type: body.Text},
	{Name: "province", Description: "the province of that country", Type: body.Text},
	{Name: "sales_channel_id", Description: "channels of the key: only their products", Type: body.List(body.Text)},
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
