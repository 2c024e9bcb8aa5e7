package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/modules/store"
)

var storeChanges = body.For[markets.StoreChange](body.ColumnsOf(store.Stores,
	"name", "default_sales_channel_id", "default_region_id", "default_location_id", "metadata", "rounding"))

func (r *routes) stores() []api.Route {
	return r.resource(api.Resource{
		One: "store", Many: "stores", Path: "/admin/stores", Entity: "store", Limit: 50,
		Fields: api.Fields(`id, name, supported_currencies{*, currency.*}, default_sales_channel_id, default_region_id, default_location_id,
			metadata, created_at, updated_at`),
		Update: api.Writes(storeChanges, func(ctx context.Context, c *api.Call, in *markets.StoreChange) (string, error) {
			return c.Param("id"), r.markets.UpdateStore(ctx, c.Param("id"), in)
		}),
	})
}
