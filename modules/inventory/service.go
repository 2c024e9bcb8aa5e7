package inventory

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "inventory",
	Models: []*model.Model{
		InventoryItems, InventoryLevels, ReservationItems,
	},
	Rules:   rules,
	Checks:  checks,
	Service: module.Provide(provide),
}

// Service manages what is in stock.
type Service struct {
	InventoryItems   module.Records[InventoryItem]
	InventoryLevels  module.Records[InventoryLevel]
	ReservationItems module.Records[ReservationItem]
	store            *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		InventoryItems:   module.For[InventoryItem](s, InventoryItems),
		InventoryLevels:  module.For[InventoryLevel](s, InventoryLevels),
		ReservationItems: module.For[ReservationItem](s, ReservationItems),
		store:            s,
	}
}

// provide returns the service on a store, whose deletions it watches.
func provide(s *module.Store) *Service {
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Deleted, module.Restored, module.Removed},
		Of:  func(m *model.Model) bool { return m == ReservationItems },
		See: func(ctx context.Context, s *module.Store, c module.Change) error { return New(s).released(ctx, c) },
	})
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Deleted},
		Of:  func(m *model.Model) bool { return m == InventoryLevels },
		See: func(ctx context.Context, s *module.Store, c module.Change) error { return New(s).keepReserved(ctx, c) },
	})
	return New(s)
}

// Place is an item at a location.
type Place struct {
	InventoryItemID string
	LocationID      string
}

// An Adjustment adds to the quantities of a level, or takes away from them.
type Adjustment struct {
	Place
	Stocked  money.Amount
	Incoming money.Amount
}

// Adjust changes the levels of any number of places in one statement. If a place has
// no level, the error is not_found; if a quantity would be negative, or less be
// stocked than is reserved, it is not_allowed. Either nothing changes or all of it.
func (s *Service) Adjust(ctx context.Context, all ...Adjustment) error {
	var changes changes
	for _, a := range all {
		c := changes.at(a.Place)
		c.stocked, c.incoming = c.stocked.Add(a.Stocked), c.incoming.Add(a.Incoming)
	}
	return s.apply(ctx, changes)
}

// Move moves pieces of an item from one location to another, which has a level of
// the item already.
func (s *Service) Move(ctx context.Context, item, from, to string, quantity money.Amount) error {
	if quantity.Sign() <= 0 {
		return fault.New(fault.InvalidData, "%s of inventory item %q cannot be moved; the quantity must be more than 0", quantity, item)
	}
	return s.Adjust(ctx, Adjustment{Place: Place{item, from}, Stocked: quantity.Neg()}, Adjustment{Place: Place{item, to}, Stocked: quantity})
}

// Release deletes the reservations of lines, such as those of a canceled order.
func (s *Service) Release(ctx context.Context, lineItems ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		found, err := s.ReservationItems.List(ctx, module.Where{"line_item_id": lineItems}, module.Page{})
		if err != nil {
			return err
		}
		return s.ReservationItems.SoftDelete(ctx, module.IDs(found, func(r *ReservationItem) string { return r.ID })...)
	})
}

// RemoveLevels deletes levels. If pieces are reserved, or are stocked or incoming
// unless force is set, the error is not_allowed and none is deleted.
func (s *Service) RemoveLevels(ctx context.Context, force bool, ids ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		locked, err := s.InventoryLevels.Lock(ctx, ids...)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if l := locked[id]; l != nil && !force && l.StockedQuantity.Add(l.IncomingQuantity).Sign() > 0 {
				return fault.New(fault.NotAllowed, "inventory level %q has %s stocked and %s incoming; set force to delete it", l.ID, l.StockedQuantity, l.IncomingQuantity)
			}
		}
		return s.InventoryLevels.SoftDelete(ctx, ids...)
	})
}

// Available returns what is available of items at locations: by location, then by
// item. What is not there is left out.
func (s *Service) Available(ctx context.Context, items, locations []string) (map[string]map[string]money.Amount, error) {
	levels, err := s.InventoryLevels.List(ctx, module.Where{"inventory_item_id": items, "location_id": locations}, module.Page{})
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]money.Amount{}
	for _, l := range levels {
		if out[l.LocationID] == nil {
			out[l.LocationID] = map[string]money.Amount{}
		}
		out[l.LocationID][l.InventoryItemID] = l.StockedQuantity.Sub(l.ReservedQuantity)
	}
	return out, nil
}
