package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

func (r *routes) channels() []api.Route {
	records := r.SalesChannels.SalesChannels
	columns := []string{"name", "description", "is_disabled", "metadata"}
	channels := api.Resource{
		One: "sales_channel", Many: "sales_channels", Path: "/admin/sales-channels", Entity: "sales_channel", Access: api.Admin, Limit: 20,
		Fields:  api.Fields("id, name, description, is_disabled, created_at, updated_at, deleted_at, metadata"),
		Filters: api.Aliases{"publishable_key_id": "publishable_api_keys.id"},
		Create:  api.Creates(records, columns...), Update: api.Updates(records, columns...),
		Delete: r.Flows.DeleteSalesChannel, Object: "sales-channel",
	}
	return append(channels.Routes(r.Shop), channels.Action(r.Shop, "/products", "Change the products of a sales channel", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			return id, r.relink(ctx, saleschannel.SalesChannels, id, product.Products, v)
		}))
}

// relink dismisses and creates links of one record: those that a body removes
// and adds.
func (r *routes) relink(ctx context.Context, of *model.Model, id string, to *model.Model, v api.Values) error {
	pairs := func(others []string) []link.Pair {
		out := make([]link.Pair, len(others))
		for i, other := range others {
			out[i] = link.Pair{of: id, to: other}
		}
		return out
	}
	if remove := v.Texts("remove"); len(remove) > 0 {
		if _, err := r.Links.Dismiss(ctx, pairs(remove)...); err != nil {
			return err
		}
	}
	if add := v.Texts("add"); len(add) > 0 {
		if _, err := r.Links.Create(ctx, pairs(add)...); err != nil {
			return err
		}
	}
	return nil
}
