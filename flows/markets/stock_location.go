package markets

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
)

// NewStockLocation is a stock location to be created, with its address.
type NewStockLocation struct {
	stocklocation.StockLocation
	Address *NewAddress `json:"address"`
}

// NewAddress is the address of a new stock location.
type NewAddress struct{ stocklocation.Address }

// StockLocationChange is a change of a stock location.
type StockLocationChange struct {
	Patch   module.Patch   `body:"columns=stock_location"`
	Address *AddressChange `json:"address"`
}

// AddressChange is a change of the address of a stock location.
type AddressChange struct {
	Patch module.Patch `body:"columns=stock_location_address"`
}

// CreateStockLocation creates a stock location with its address, and returns its
// id.
func (m *Markets) CreateStockLocation(ctx context.Context, in *NewStockLocation) (string, error) {
	l := &in.StockLocation
	if in.Address != nil {
		l.Address = &in.Address.Address
	}
	err := m.shop.StockLocation.StockLocations.Create(ctx, l)
	return l.ID, err
}

// UpdateStockLocation changes a stock location and its address.
func (m *Markets) UpdateStockLocation(ctx context.Context, id string, in *StockLocationChange) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		locations := m.shop.StockLocation.StockLocations
		if err := locations.Exist(ctx, id); err != nil {
			return err
		}
		if len(in.Patch) > 0 {
			if _, err := locations.Update(ctx, []string{id}, in.Patch); err != nil {
				return err
			}
		}
		if in.Address == nil {
			return nil
		}
		return m.shop.StockLocation.SetAddress(ctx, id, in.Address.Patch)
	})
}

// DeleteStockLocations deletes stock locations with their inventory levels. If
// something is reserved at one of them, the error is not_allowed.
func (m *Markets) DeleteStockLocations(ctx context.Context, ids ...string) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		levels, err := m.shop.Inventory.InventoryLevels.List(ctx, module.Where{"location_id": ids}, module.Page{})
		if err != nil {
			return err
		}
		if err := m.shop.Inventory.InventoryLevels.SoftDelete(ctx, module.IDs(levels, func(l *inventory.InventoryLevel) string { return l.ID })...); err != nil {
			return err
		}
		return m.shop.StockLocation.StockLocations.SoftDelete(ctx, ids...)
	})
}

// AddFulfillmentSet creates a fulfillment set for a stock location.
func (m *Markets) AddFulfillmentSet(ctx context.Context, id string, set *fulfillment.Set) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.StockLocation.StockLocations.Exist(ctx, id); err != nil {
			return err
		}
		if err := m.shop.Fulfillment.Sets.Create(ctx, set); err != nil {
			return err
		}
		_, err := m.shop.Links.Create(ctx, link.Pair{stocklocation.StockLocations: id, fulfillment.Sets: set.ID})
		return err
	})
}
