package inventory

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(InventoryItems, module.Rules[InventoryItem]{Each: checkItem}),
		module.On(InventoryLevels, module.Rules[InventoryLevel]{New: newLevel, Each: checkLevel}),
		module.On(ReservationItems, module.Rules[ReservationItem]{New: newReservation, Each: checkReservation, Before: service.reserve}),
	}
}

func checkItem(i *InventoryItem) error {
	if i.SKU != nil {
		return module.Require(InventoryItems, "sku", *i.SKU)
	}
	return nil
}

// newLevel checks that a new level has nothing reserved, which only reservations
// change.
func newLevel(l *InventoryLevel) error {
	if !l.ReservedQuantity.IsZero() || l.Backordered {
		return fault.New(fault.InvalidData, "inventory_level.reserved_quantity cannot be %s: it follows from reservation items; create those instead", l.ReservedQuantity)
	}
	return nil
}

// checkLevel checks that no quantity is negative, and that what is reserved is
// stocked, unless a backorder or an import has allowed the level not to be so.
func checkLevel(l *InventoryLevel) error {
	err := module.FirstError(
		module.NotNegative(InventoryLevels, "stocked_quantity", l.StockedQuantity),
		module.NotNegative(InventoryLevels, "reserved_quantity", l.ReservedQuantity),
		module.NotNegative(InventoryLevels, "incoming_quantity", l.IncomingQuantity),
	)
	if err == nil && l.ReservedQuantity.Cmp(l.StockedQuantity) > 0 {
		err = fault.New(fault.NotAllowed, "inventory_level.stocked_quantity cannot be %s: %s of item %q are reserved at location %q",
			l.StockedQuantity, l.ReservedQuantity, l.InventoryItemID, l.LocationID)
	}
	switch {
	case err == nil:
		l.Backordered = false
	case !l.Backordered:
		return err
	}
	return module.Require(InventoryLevels, "location_id", l.LocationID)
}

func newReservation(r *ReservationItem) error {
	r.created = true
	return nil
}

func checkReservation(r *ReservationItem) error {
	return module.FirstError(
		module.Require(ReservationItems, "inventory_item_id", r.InventoryItemID),
		module.Require(ReservationItems, "location_id", r.LocationID),
		module.Positive(ReservationItems, "quantity", r.Quantity),
	)
}
