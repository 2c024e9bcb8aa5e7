package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/stock"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

const (
	inventoryItemColumns = `id, sku, title, description, thumbnail, origin_country, hs_code, requires_shipping, mid_code, material, unit_of_measure,
		weight, length, height, width, metadata, reserved_quantity, stocked_quantity, created_at, updated_at`
	inventoryItemFields = inventoryItemColumns + ", location_levels.*"
	levelFields         = "id, inventory_item_id, location_id, stocked_quantity, reserved_quantity, incoming_quantity, available_quantity, metadata, created_at, updated_at"
)

var (
	inventoryColumns = body.ColumnsOf(inventory.InventoryItems, "sku", "hs_code", "weight", "length", "height", "width", "origin_country", "mid_code",
		"material", "unit_of_measure", "title", "description", "requires_shipping", "thumbnail", "metadata")

	newInventoryItems = body.For[stock.NewItem](inventoryColumns)
	newLevels         = body.For[stock.Level]()
	levelChanges      = body.For[levelChange]()
)

// levelChange is a change of a level, which the path names.
type levelChange struct {
	StockedQuantity  *money.Amount `json:"stocked_quantity" body:"min=0"`
	IncomingQuantity *money.Amount `json:"incoming_quantity" body:"min=0"`
}

func (r *routes) inventoryItems() []api.Route {
	items := api.Resource{
		One: "inventory_item", Many: "inventory_items", Path: "/admin/inventory-items", Entity: "inventory_item", Access: api.Admin, Limit: 20,
		Fields: api.Fields(inventoryItemFields),
		Create: api.Writes(newInventoryItems, func(ctx context.Context, _ *api.Call, in *stock.NewItem) (string, error) {
			return r.stock.CreateItem(ctx, in)
		}),
		Update: api.Updates(r.Inventory.InventoryItems, inventoryColumns),
		Delete: r.Inventory.InventoryItems.SoftDelete,
	}
	levels := api.Resource{
		Many: "inventory_levels", Path: "/admin/inventory-items/{id}/location-levels", Entity: "inventory_level", Access: api.Admin,
		Limit: 50, Fields: api.Fields(levelFields),
		Visible: api.Visibility{Scope: func(c *api.Call) (query.Filters, error) {
			return query.Filters{"inventory_item_id": c.Param("id")}, nil
		}},
	}
	createLevel := api.Writes(newLevels, func(ctx context.Context, c *api.Call, in *stock.Level) (string, error) {
		_, err := r.stock.CreateLevels(ctx, stock.LevelOf{InventoryItemID: c.Param("id"), Level: *in})
		return c.Param("id"), err
	})
	updateLevel := api.Writes(levelChanges, func(ctx context.Context, c *api.Call, in *levelChange) (string, error) {
		l := stock.Level{LocationID: c.Param("location_id"), StockedQuantity: in.StockedQuantity, IncomingQuantity: in.IncomingQuantity}
		_, err := r.stock.UpdateLevels(ctx, stock.LevelOf{InventoryItemID: c.Param("id"), Level: l})
		return c.Param("id"), err
	})
	remove := items.DeleteBelow(r.Shop, "/location-levels/{location_id}", "inventory-level", "Delete an inventory level",
		func(ctx context.Context, c *api.Call) (string, error) {
			id, err := r.stock.LevelAt(ctx, c.Param("id"), c.Param("location_id"))
			if err != nil {
				return "", err
			}
			return id, r.Inventory.RemoveLevels(ctx, false, id)
		})
	return append(items.Routes(r.Shop),
		levels.ListRoute(r.Shop),
		items.Action(r.Shop, "/location-levels", "Create an inventory level", createLevel),
		items.Action(r.Shop, "/location-levels/{location_id}", "Change an inventory level", updateLevel),
		remove, r.itemLevelBatch(), r.levelBatch(), r.export(items, "Inventory items"))
}
