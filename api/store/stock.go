package store

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// stockOf returns the context in which inventory_quantity is computed, for variants
// below a path that ends in a dot or is empty: in the sales channels of the key, or
// those of them that the caller chooses.
func stockOf(path string) func(c *api.Call, fields []string) query.Context {
	return func(c *api.Call, fields []string) query.Context {
		if !slices.Contains(fields, path+"inventory_quantity") {
			return nil
		}
		channels := c.QueryList("sales_channel_id") // seenProducts has checked that they are the key's
		if len(channels) == 0 {
			channels = keyChannels(c)
		}
		out := query.Context{"inventory_quantity": query.Context{"sales_channel_id": channels}}
		if path == "" {
			return out
		}
		return query.Context{path[:len(path)-1]: out}
	}
}
