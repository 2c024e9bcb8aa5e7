package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
)

var (
	locationColumns        = body.ColumnsOf(stocklocation.StockLocations, "name", "address_id", "metadata")
	locationAddressColumns = body.ColumnsOf(stocklocation.Addresses,
		"address_1", "address_2", "company", "city", "country_code", "phone", "postal_code", "province", "metadata")

	newLocations       = body.For[markets.NewStockLocation](locationColumns, locationAddressColumns)
	locationChanges    = body.For[markets.StockLocationChange](locationColumns, locationAddressColumns)
	newFulfillmentSets = body.For[fulfillment.Set](body.ColumnsOf(fulfillment.Sets, "name", "type"))
)

func (r *routes) stockLocations() []api.Route {
	locations := api.Resource{
		One: "stock_location", Many: "stock_locations", Path: "/admin/stock-locations", Entity: "stock_location", Access: api.Admin, Limit: 20,
		Fields: api.Fields(`id, name, metadata, created_at, updated_at, address.id, address.address_1, address.address_2, address.city,
			address.country_code, address.phone, address.province, address.postal_code, address.metadata`),
		Filters: api.Aliases{"sales_channel_id": "sales_channels.id"},
		Create: api.Writes(newLocations, func(ctx context.Context, _ *api.Call, in *markets.NewStockLocation) (string, error) {
			return r.markets.CreateStockLocation(ctx, in)
		}),
		Update: api.Writes(locationChanges, func(ctx context.Context, c *api.Call, in *markets.StockLocationChange) (string, error) {
			return c.Param("id"), r.markets.UpdateStockLocation(ctx, c.Param("id"), in)
		}),
		Delete: r.markets.DeleteStockLocations,
	}
	linked := func(path, summary string, to *model.Model) api.Route {
		return locations.Action(r.Shop, path, summary, members(func(ctx context.Context, id string, in *membership) error {
			return r.relink(ctx, stocklocation.StockLocations, id, to, in)
		}))
	}
	return append(locations.Routes(r.Shop),
		linked("/sales-channels", "Change the sales channels of a stock location", saleschannel.SalesChannels),
		linked("/fulfillment-providers", "Change the fulfillment providers of a stock location", fulfillment.Providers),
		locations.Action(r.Shop, "/fulfillment-sets", "Add a fulfillment set to a stock location",
			api.Writes(newFulfillmentSets, func(ctx context.Context, c *api.Call, in *fulfillment.Set) (string, error) {
				return c.Param("id"), r.markets.AddFulfillmentSet(ctx, c.Param("id"), in)
			})))
}
