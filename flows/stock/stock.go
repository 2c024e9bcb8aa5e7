package stock

import (
	"context"
	"maps"
	"slices"

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

// UpdateLevels sets the quantities of levels that are given, and returns the ids of
// the levels. If an item has no level at a location, the error is not_found.
func (s *Stock) UpdateLevels(ctx context.Context, in ...LevelOf) ([]string, error) {
	ids := make([]string, len(in))
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		at, err := s.levelsAt(ctx, in)
		if err != nil {
			return err
		}
		changed, err := s.shop.Inventory.InventoryLevels.Lock(ctx, slices.Collect(maps.Values(at))...)
		if err != nil {
			return err
		}
		for i := range in {
			l := changed[at[in[i].place()]]
			if l == nil {
				return in[i].missing()
			}
			ids[i] = l.ID
			in[i].set(l)
		}
		return s.shop.Inventory.InventoryLevels.Save(ctx, slices.Collect(maps.Values(changed))...)
	})
	return ids, err
}

// LevelAt returns the id of the level of an item at a location.
func (s *Stock) LevelAt(ctx context.Context, item, location string) (string, error) {
	l := LevelOf{InventoryItemID: item, Level: Level{LocationID: location}}
	at, err := s.levelsAt(ctx, []LevelOf{l})
	if id, ok := at[l.place()]; ok || err != nil {
		return id, err
	}
	return "", l.missing()
}

func (l *LevelOf) missing() error {
	return fault.New(fault.NotFound, "Inventory item %s has no level at location %s", fault.Clip(l.InventoryItemID), fault.Clip(l.LocationID))
}

// levelsAt returns the ids of the levels at places.
func (s *Stock) levelsAt(ctx context.Context, places []LevelOf) (map[inventory.Place]string, error) {
	var items, locations []string
	for i := range places {
		items, locations = append(items, places[i].InventoryItemID), append(locations, places[i].LocationID)
	}
	found, err := s.shop.Inventory.InventoryLevels.List(ctx, module.Where{"inventory_item_id": items, "location_id": locations}, module.Page{})
	out := make(map[inventory.Place]string, len(found))
	for _, l := range found {
		out[inventory.Place{InventoryItemID: l.InventoryItemID, LocationID: l.LocationID}] = l.ID
	}
	return out, err
}

func (l *LevelOf) place() inventory.Place {
	return inventory.Place{InventoryItemID: l.InventoryItemID, LocationID: l.LocationID}
}

// set sets the quantities that are given.
func (l *Level) set(of *inventory.InventoryLevel) {
	if l.StockedQuantity != nil {
		of.StockedQuantity = *l.StockedQuantity
	}
	if l.IncomingQuantity != nil {
		of.IncomingQuantity = *l.IncomingQuantity
	}
}

// locationsExist returns a not_found error if the location of one of the levels does
// not exist.
func (s *Stock) locationsExist(ctx context.Context, levels []*inventory.InventoryLevel) error {
	return s.shop.StockLocation.StockLocations.Exist(ctx, module.IDs(levels, func(l *inventory.InventoryLevel) string { return l.LocationID })...)
}

// record is the level as module inventory keeps it.
func (l *Level) record(item string) *inventory.InventoryLevel {
	out := &inventory.InventoryLevel{LocationID: l.LocationID, InventoryItemID: item}
	l.set(out)
	return out
}
