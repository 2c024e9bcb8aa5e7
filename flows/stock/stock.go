package stock

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Stock keeps what a shop has in stock.
type Stock struct{ shop *shop.Shop }

// New returns the stock of a shop.
func New(s *shop.Shop) *Stock { return &Stock{s} }

// NewItem is an inventory item to be created, with its levels.
type NewItem struct {
	inventory.InventoryItem
	LocationLevels []Level `json:"location_levels"`
}

// Level is what there is of an item at a location.
type Level struct {
	LocationID       string        `json:"location_id" body:"required"`
	StockedQuantity  *money.Amount `json:"stocked_quantity" body:"min=0"`
	IncomingQuantity *money.Amount `json:"incoming_quantity" body:"min=0"`
}

// LevelOf is a level, with its item.
type LevelOf struct {
	InventoryItemID string `json:"inventory_item_id" body:"required"`
	Level
}

// LevelChange is a change of the level of an item at a location.
type LevelChange struct {
	StockedQuantity  *money.Amount `json:"stocked_quantity" body:"min=0"`
	IncomingQuantity *money.Amount `json:"incoming_quantity" body:"min=0"`
}

// CreateItem creates an inventory item with its levels, and returns its id.
func (s *Stock) CreateItem(ctx context.Context, in *NewItem) (string, error) {
	item := &in.InventoryItem
	for i := range in.LocationLevels {
		item.LocationLevels = append(item.LocationLevels, in.LocationLevels[i].record(""))
	}
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.locationsExist(ctx, item.LocationLevels); err != nil {
			return err
		}
		return s.shop.Inventory.InventoryItems.Create(ctx, item)
	})
	return item.ID, err
}

// CreateLevels creates levels, and returns their ids.
func (s *Stock) CreateLevels(ctx context.Context, in ...LevelOf) ([]string, error) {
	levels := make([]*inventory.InventoryLevel, len(in))
	items := make([]string, len(in))
	for i := range in {
		levels[i], items[i] = in[i].record(in[i].InventoryItemID), in[i].InventoryItemID
	}
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.shop.Inventory.InventoryItems.Exist(ctx, items...); err != nil {
			return err
		}
		if err := s.locationsExist(ctx, levels); err != nil {
			return err
		}
		return s.shop.Inventory.InventoryLevels.Create(ctx, levels...)
	})
	ids := make([]string, len(in))
	for i, l := range levels {
		ids[i] = l.ID
	}
	return ids, err
}

// UpdateLevel sets quantities of the level of an item at a location, and returns its
// id.
func (s *Stock) UpdateLevel(ctx context.Context, item, location string, in LevelChange) (string, error) {
	id, err := s.LevelAt(ctx, item, location)
	if err != nil {
		return "", err
	}
	p := module.Patch{}
	if in.StockedQuantity != nil {
		p["stocked_quantity"] = *in.StockedQuantity
	}
	if in.IncomingQuantity != nil {
		p["incoming_quantity"] = *in.IncomingQuantity
	}
	if len(p) > 0 {
		_, err = s.shop.Inventory.InventoryLevels.Update(ctx, []string{id}, p)
	}
	return id, err
}

// LevelAt returns the id of the level of an item at a location.
func (s *Stock) LevelAt(ctx context.Context, item, location string) (string, error) {
	found, err := s.shop.Inventory.InventoryLevels.List(ctx, module.Where{"inventory_item_id": item, "location_id": location}, module.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", fault.New(fault.NotFound, "Inventory item %s has no level at location %s", fault.Clip(item), fault.Clip(location))
	}
	return found[0].ID, nil
}

// locationsExist returns a not_found error if the location of one of the levels does
// not exist.
func (s *Stock) locationsExist(ctx context.Context, levels []*inventory.InventoryLevel) error {
	return s.shop.StockLocation.StockLocations.Exist(ctx, module.IDs(levels, func(l *inventory.InventoryLevel) string { return l.LocationID })...)
}

// record is the level as module inventory keeps it.
func (l *Level) record(item string) *inventory.InventoryLevel {
	out := &inventory.InventoryLevel{LocationID: l.LocationID, InventoryItemID: item}
	if l.StockedQuantity != nil {
		out.StockedQuantity = *l.StockedQuantity
	}
	if l.IncomingQuantity != nil {
		out.IncomingQuantity = *l.IncomingQuantity
	}
	return out
}
