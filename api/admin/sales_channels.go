package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

func (r *routes) salesChannels() []api.Route {
	records := r.SalesChannel.SalesChannels
	columns := body.ColumnsOf(saleschannel.SalesChannels, "name", "description", "is_disabled", "metadata")
	channels := api.Resource{
		One: "sales_channel", Many: "sales_channels", Path: "/admin/sales-channels", Entity: "sales_channel", Access: api.Admin, Limit: 20,
		Fields:  api.Fields("id, name, description, is_disabled, created_at, updated_at, deleted_at, metadata"),
		Filters: api.Aliases{"publishable_key_id": "publishable_api_keys.id", "location_id": "stock_locations.id"},
		Create:  api.Creates(records, columns), Update: api.Updates(records, columns), Delete: r.markets.DeleteSalesChannel,
		Owner: api.Ownership{Object: "sales-channel"},
	}
	return append(channels.Routes(r.Shop), channels.Action(r.Shop, "/products", "Change the products of a sales channel",
		members(func(ctx context.Context, id string, in *membership) error {
			return r.relink(ctx, saleschannel.SalesChannels, id, product.Products, in)
		})))
}
