package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/query"
)

var (
	newZones    = body.For[shipping.NewZone]()
	zoneChanges = body.For[shipping.ZoneChange]()
)

// fulfillmentSets are created with a stock location, and hold the zones that it ships
// to.
func (r *routes) fulfillmentSets() []api.Route {
	sets := api.Resource{
		One: "fulfillment_set", Path: "/admin/fulfillment-sets", Entity: "fulfillment_set", Access: api.Admin,
		Fields: api.Fields("id, name, type, created_at, updated_at, deleted_at, service_zones{*, geo_zones.*}"),
		Delete: r.Fulfillment.Sets.SoftDelete,
	}
	zones := api.Resource{
		One: "service_zone", Path: "/admin/fulfillment-sets/{id}/service-zones", Entity: "service_zone", Access: api.Admin,
		Fields: api.Fields("id, name, created_at, updated_at, deleted_at, geo_zones.*"),
		Lookup: api.Lookup{Param: "zone_id"},
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"fulfillment_set_id": c.Param("id")}, nil
		}},
		Delete: r.Fulfillment.ServiceZones.SoftDelete,
		Owner: api.Ownership{Parent: &sets, Check: func(ctx context.Context, c *api.Call) error {
			return r.shipping.HasZone(ctx, c.Param("id"), c.Param("zone_id"))
		}},
	}
	create := api.Writes(newZones, func(ctx context.Context, c *api.Call, in *shipping.NewZone) (string, error) {
		_, err := r.shipping.CreateZone(ctx, c.Param("id"), in)
		return c.Param("id"), err
	})
	update := api.Writes(zoneChanges, func(ctx context.Context, c *api.Call, in *shipping.ZoneChange) (string, error) {
		return c.Param("id"), r.shipping.UpdateZone(ctx, c.Param("id"), c.Param("zone_id"), in)
	})
	return append(zones.Routes(r.Shop),
		sets.DeleteRoute(r.Shop),
		sets.Action(r.Shop, "/service-zones", "Create a service zone", create),
		sets.Action(r.Shop, "/service-zones/{zone_id}", "Change a service zone", update))
}
