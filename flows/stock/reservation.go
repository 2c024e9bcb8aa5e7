package stock

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
)

// Reserve creates a reservation, and returns its id.
func (s *Stock) Reserve(ctx context.Context, in *inventory.ReservationItem) (string, error) {
	err := s.shop.Do(ctx, func(ctx context.Context) error {
		if err := s.shop.Inventory.InventoryItems.Exist(ctx, in.InventoryItemID); err != nil {
			return err
		}
		if err := s.shop.StockLocation.StockLocations.Exist(ctx, in.LocationID); err != nil {
			return err
		}
		return s.shop.Inventory.ReservationItems.Create(ctx, in)
	})
	return in.ID, err
}

// UpdateReservation changes a reservation: its quantity, its location, or what is
// noted about it. An unknown one is not_found.
func (s *Stock) UpdateReservation(ctx context.Context, id string, p module.Patch) error {
	if len(p) == 0 {
		return nil
	}
	return s.shop.Do(ctx, func(ctx context.Context) error {
		if location, ok := p["location_id"].(string); ok {
			if err := s.shop.StockLocation.StockLocations.Exist(ctx, location); err != nil {
				return err
			}
		}
		changed, err := s.shop.Inventory.ReservationItems.Update(ctx, []string{id}, p)
		if err == nil && changed == 0 {
			err = s.shop.Inventory.ReservationItems.Exist(ctx, id)
		}
		return err
	})
}
