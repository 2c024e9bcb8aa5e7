package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
)

var (
	newReservations    = body.For[inventory.ReservationItem](body.ColumnsOf(inventory.ReservationItems, "line_item_id", "location_id", "inventory_item_id", "quantity", "description", "metadata"))
	reservationChanges = body.For[module.Patch](body.ColumnsOf(inventory.ReservationItems, "location_id", "quantity", "description", "metadata"))
)

func (r *routes) reservations() []api.Route {
	return r.resource(api.Resource{
		One: "reservation", Many: "reservations", Path: "/admin/reservations", Entity: "reservation", Limit: 20,
		Fields: api.Fields(`id, location_id, inventory_item_id, quantity, line_item_id, description, metadata, created_at, updated_at,
			inventory_item{` + inventoryItemColumns + `, location_levels.*}`),
		Create: api.Writes(newReservations, func(ctx context.Context, c *api.Call, in *inventory.ReservationItem) (string, error) {
			in.CreatedBy = creator(c)
			return r.stock.Reserve(ctx, in)
		}),
		Update: api.Writes(reservationChanges, func(ctx context.Context, c *api.Call, p *module.Patch) (string, error) {
			return c.Param("id"), r.stock.UpdateReservation(ctx, c.Param("id"), *p)
		}),
		Delete: r.Inventory.ReservationItems.SoftDelete,
	})
}
