package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

var (
	regionColumns = body.ColumnsOf(region.Regions, "name", "currency_code", "automatic_taxes", "metadata")
	newRegions    = body.For[markets.NewRegion](regionColumns)
	regionChanges = body.For[markets.RegionChange](regionColumns)
)

func (r *routes) regions() []api.Route {
	return r.resource(api.Resource{
		One: "region", Many: "regions", Path: "/admin/regions", Entity: "region", Limit: 50,
		Fields: api.Fields("id, name, currency_code, created_at, updated_at, deleted_at, automatic_taxes, metadata, countries.*"),
		Create: api.Writes(newRegions, func(ctx context.Context, _ *api.Call, in *markets.NewRegion) (string, error) {
			return r.markets.CreateRegion(ctx, in)
		}),
		Update: api.Writes(regionChanges, func(ctx context.Context, c *api.Call, in *markets.RegionChange) (string, error) {
			return c.Param("id"), r.markets.UpdateRegion(ctx, c.Param("id"), in)
		}),
		Delete: r.markets.DeleteRegion,
	})
}
