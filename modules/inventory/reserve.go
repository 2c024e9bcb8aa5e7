package inventory

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// The levels follow reservations: reserve is called before reservations are written,
// released after they were deleted or restored.

// reserve changes the levels of reservations that are about to be written.
func (s *Service) reserve(ctx context.Context, records []*ReservationItem) error {
	var changes changes
	var changed []string
	for _, r := range records {
		if !r.created {
			changed = append(changed, r.ID)
		}
		r.created = false
		changes.add(r, r.Quantity)
	}
	if len(changed) > 0 {
		before, err := s.ReservationItems.List(ctx, module.Where{"id": changed}, module.Page{})
		if err != nil {
			return err
		}
		for _, r := range before {
			changes.add(r, r.Quantity.Neg())
		}
	}
	return s.apply(ctx, changes)
}

// released changes the levels of reservations that were deleted or restored.
func (s *Service) released(ctx context.Context, c module.Change) error {
	switch {
	case c.Op == module.Removed:
		return fault.New(fault.NotAllowed, "reservation items cannot be deleted permanently; use SoftDelete, which releases what they reserve")
	case c.At.IsZero(): // an import, which brings its own levels
		return nil
	}
	found, err := s.ReservationItems.List(ctx, module.Where{"id": c.IDs}, module.Page{WithDeleted: true})
	if err != nil {
		return err
	}
	var changes changes
	for _, r := range found {
		quantity := r.Quantity
		if c.Op == module.Deleted {
			quantity = quantity.Neg()
		}
		changes.add(r, quantity)
	}
	return s.apply(ctx, changes)
}

// keepReserved returns an error if one of the deleted levels has reservations.
func (s *Service) keepReserved(ctx context.Context, c module.Change) error {
	if c.At.IsZero() {
		return nil
	}
	found, err := s.InventoryLevels.List(ctx, module.Where{"id": c.IDs}, module.Page{WithDeleted: true})
	if err != nil {
		return err
	}
	for _, l := range found {
		if l.ReservedQuantity.Sign() > 0 {
			return fault.New(fault.NotAllowed, "the inventory level of item %q at location %q cannot be deleted: %s are reserved", l.InventoryItemID, l.LocationID, l.ReservedQuantity)
		}
	}
	return nil
}

// add adds a quantity to what is reserved where a reservation is.
func (c *changes) add(r *ReservationItem, quantity money.Amount) {
	at := c.at(Place{r.InventoryItemID, r.LocationID})
	at.reserved = at.reserved.Add(quantity)
	if r.AllowBackorder == nil || !*r.AllowBackorder {
		at.fits = at.fits.Add(quantity)
	}
}
