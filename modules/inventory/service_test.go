package inventory_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(inventory.Module)

// stock is a service with two items, a tent and pegs, at two locations.
type stock struct {
	*inventory.Service
	t          *testing.T
	tent, pegs string
}

func openStock(t *testing.T, d db.DB) *stock {
	t.Helper()
	s := &stock{Service: module.ServiceOf[*inventory.Service](moduletest.Open(t, d, graph)), t: t}
	tent, pegs := &inventory.InventoryItem{SKU: new("tent")}, &inventory.InventoryItem{SKU: new("pegs")}
	tent.LocationLevels = []*inventory.InventoryLevel{{LocationID: "lyon", StockedQuantity: money.Int(10)}, {LocationID: "oslo", StockedQuantity: money.Int(5)}}
	pegs.LocationLevels = []*inventory.InventoryLevel{{LocationID: "lyon", StockedQuantity: money.Int(100), IncomingQuantity: money.Int(7)}}
	s.must(s.InventoryItems.Create(t.Context(), tent, pegs))
	s.tent, s.pegs = tent.ID, pegs.ID
	return s
}

func (s *stock) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// reserve reserves a quantity of an item at Lyon for a line.
func (s *stock) reserve(item string, quantity int64, line string) error {
	return s.ReservationItems.Create(s.t.Context(), &inventory.ReservationItem{InventoryItemID: item, LocationID: "lyon", Quantity: money.Int(quantity), LineItemID: &line})
}

// want checks stocked/reserved/incoming of a level.
func (s *stock) want(item, location, quantities string) {
	s.t.Helper()
	found, err := s.InventoryLevels.List(s.t.Context(), module.Where{"inventory_item_id": item, "location_id": location}, module.Page{})
	if err != nil || len(found) != 1 {
		s.t.Fatalf("%d levels, %v", len(found), err)
	}
	l := found[0]
	if got := l.StockedQuantity.String() + "/" + l.ReservedQuantity.String() + "/" + l.IncomingQuantity.String(); got != quantities {
		s.t.Errorf("%s at %s is %s, want %s", item, location, got, quantities)
	}
}

func (s *stock) refuses(err error, of fault.Type, says ...string) {
	s.t.Helper()
	for _, text := range says {
		if fault.TypeOf(err) != of || !strings.Contains(err.Error(), text) {
			s.t.Errorf("got %v, want %s that says %q", err, of, text)
		}
	}
}

// Levels follow reservations, however these are written.
func TestLevelsFollowReservations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		s.must(s.reserve(s.tent, 3, "line_1"))
		s.must(s.reserve(s.tent, 4, "line_2"))
		s.want(s.tent, "lyon", "10/7/0")

		all, err := s.ReservationItems.List(ctx, nil, module.Page{})
		s.must(err)
		first := all[0]
		_, err = s.ReservationItems.Update(ctx, []string{first.ID}, module.Patch{"quantity": 5})
		s.must(err)
		s.want(s.tent, "lyon", "10/9/0")
		_, err = s.ReservationItems.Update(ctx, []string{first.ID}, module.Patch{"location_id": "oslo"})
		s.must(err)
		s.want(s.tent, "lyon", "10/4/0")
		s.want(s.tent, "oslo", "5/5/0")
		first.LocationID, first.Quantity = "lyon", money.Int(6)
		s.must(s.ReservationItems.Save(ctx, first))
		s.want(s.tent, "lyon", "10/10/0")
		s.want(s.tent, "oslo", "5/0/0")

		s.must(s.Release(ctx, "line_1", "line_2"))
		s.want(s.tent, "lyon", "10/0/0")
		s.must(s.ReservationItems.Restore(ctx, first.ID))
		s.want(s.tent, "lyon", "10/6/0")
	})
}

// What there is not enough of cannot be reserved, and nothing of the call is.
func TestReservingBeyondStock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		at := func(item, location string, quantity string) *inventory.ReservationItem {
			return &inventory.ReservationItem{InventoryItemID: item, LocationID: location, Quantity: money.MustParse(quantity)}
		}
		err := s.ReservationItems.Create(ctx, at(s.pegs, "lyon", "1"), at(s.tent, "lyon", "6"), at(s.tent, "lyon", "4.5"))
		s.refuses(err, fault.NotAllowed, s.tent, "10.5", "lyon", "10 are available")
		var of *fault.Error
		if !errors.As(err, &of) || of.Code != inventory.InsufficientInventory {
			t.Errorf("the code is not insufficient_inventory: %v", err)
		}
		s.refuses(s.ReservationItems.Create(ctx, at(s.pegs, "lyon", "1"), at(s.pegs, "oslo", "1")), fault.NotFound, s.pegs, "oslo")
		s.refuses(s.ReservationItems.Create(ctx, at(s.tent, "lyon", "0")), fault.InvalidData, "reservation_item.quantity")
		s.refuses(s.ReservationItems.Create(ctx, at(s.tent, "lyon", "-1")), fault.InvalidData, "reservation_item.quantity")
		s.want(s.tent, "lyon", "10/0/0")
		s.want(s.pegs, "lyon", "100/0/7")
		if n, err := s.ReservationItems.Count(ctx, nil); n != 0 || err != nil {
			t.Errorf("%d reservations were written, %v", n, err)
		}

		s.must(s.ReservationItems.Create(ctx, at(s.tent, "lyon", "9")))
		s.refuses(s.ReservationItems.Create(ctx, at(s.tent, "lyon", "1.01")), fault.NotAllowed, "1 are available")
		s.must(s.ReservationItems.Create(ctx, at(s.tent, "lyon", "0.99")))
		s.want(s.tent, "lyon", "10/9.99/0")
	})
}

// A reservation that allows backorders may exceed what is stocked; others may not,
// also after it.
func TestBackorders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		back := &inventory.ReservationItem{InventoryItemID: s.tent, LocationID: "lyon", Quantity: money.Int(25), AllowBackorder: new(true)}
		s.must(s.ReservationItems.Create(ctx, back))
		s.want(s.tent, "lyon", "10/25/0")
		s.refuses(s.reserve(s.tent, 1, "line"), fault.NotAllowed, "-15 are available")
		s.must(s.Adjust(ctx, inventory.Adjustment{Place: inventory.Place{InventoryItemID: s.tent, LocationID: "lyon"}, Stocked: money.Int(16)}))
		s.must(s.reserve(s.tent, 1, "line"))
		s.must(s.ReservationItems.SoftDelete(ctx, back.ID))
		s.want(s.tent, "lyon", "26/1/0")
	})
}

// Stock is adjusted and moved, never below what is reserved.
func TestAdjustAndMove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		lyon := inventory.Place{InventoryItemID: s.tent, LocationID: "lyon"}
		s.must(s.reserve(s.tent, 8, "line"))
		s.must(s.Move(ctx, s.tent, "lyon", "oslo", money.Int(2)))
		s.want(s.tent, "lyon", "8/8/0")
		s.want(s.tent, "oslo", "7/0/0")
		s.refuses(s.Move(ctx, s.tent, "lyon", "oslo", money.Int(1)), fault.NotAllowed, "8 are stocked", "8 are reserved")
		s.refuses(s.Move(ctx, s.tent, "oslo", "rome", money.Int(1)), fault.NotFound, "rome")
		s.refuses(s.Move(ctx, s.tent, "oslo", "lyon", money.Int(-1)), fault.InvalidData, "more than 0")
		s.refuses(s.Adjust(ctx, inventory.Adjustment{Place: lyon, Stocked: money.Int(-9)}), fault.NotAllowed, s.tent)
		s.refuses(s.Adjust(ctx, inventory.Adjustment{Place: lyon, Incoming: money.Int(-1)}), fault.NotAllowed, "incoming")
		s.want(s.tent, "lyon", "8/8/0")
		s.want(s.tent, "oslo", "7/0/0")

		level, err := s.InventoryLevels.List(ctx, module.Where{"inventory_item_id": s.tent, "location_id": "lyon"}, module.Page{})
		s.must(err)
		for says, p := range map[string]module.Patch{
			"8 of item":         {"stocked_quantity": 7},
			"stocked_quantity":  {"stocked_quantity": -1},
			"incoming_quantity": {"incoming_quantity": -1},
		} {
			_, err := s.InventoryLevels.Update(ctx, []string{level[0].ID}, p)
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%v: %v", p, err)
			}
		}
		s.refuses(s.InventoryLevels.Create(ctx, &inventory.InventoryLevel{InventoryItemID: s.tent, LocationID: "lyon"}), fault.DuplicateError, s.tent, "lyon", "exists already")
		s.refuses(s.InventoryLevels.Create(ctx, &inventory.InventoryLevel{InventoryItemID: s.pegs, LocationID: "oslo", ReservedQuantity: money.Int(1)}), fault.InvalidData, "reserved_quantity")
	})
}

// What is reserved cannot be deleted, alone or with its item; what is stocked, only
// by force.
func TestDeletingStock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		s.must(s.reserve(s.tent, 1, "line"))
		levels, err := s.InventoryLevels.List(ctx, module.Where{"inventory_item_id": s.tent}, module.Page{Order: []string{"location_id"}})
		s.must(err)
		s.refuses(s.RemoveLevels(ctx, true, levels[0].ID), fault.NotAllowed, s.tent, "lyon", "1 are reserved")
		s.refuses(s.InventoryItems.SoftDelete(ctx, s.tent), fault.NotAllowed, "reserved")
		s.refuses(s.RemoveLevels(ctx, false, levels[1].ID), fault.NotAllowed, "5 stocked", "force")
		s.must(s.RemoveLevels(ctx, true, levels[1].ID))
		reservations, err := s.ReservationItems.List(ctx, nil, module.Page{})
		s.must(err)
		s.refuses(s.ReservationItems.Delete(ctx, reservations[0].ID), fault.NotAllowed, "SoftDelete")
		s.must(s.Release(ctx, "line"))
		s.must(s.InventoryItems.SoftDelete(ctx, s.tent))
		if n, err := s.InventoryLevels.Count(ctx, module.Where{"inventory_item_id": s.tent}); n != 0 || err != nil {
			t.Errorf("%d levels of a deleted item, %v", n, err)
		}
	})
}

// The table itself refuses to have more reserved than stocked, whatever the code does.
func TestTheTableRefusesToOversell(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStock(t, d)
		s.must(s.reserve(s.tent, 9, "line"))
		for _, set := range []string{"reserved_quantity = '10.5'", "stocked_quantity = '8'", "reserved_quantity = '-1'", "incoming_quantity = '-1'"} {
			if _, err := d.Exec(t.Context(), "UPDATE inventory_level SET "+set+" WHERE location_id = 'lyon' AND inventory_item_id = '"+s.tent+"'"); err == nil {
				t.Errorf("a level can be written with %s", set)
			}
		}
		s.want(s.tent, "lyon", "10/9/0")
	})
}

// 500 callers want one of 10 pieces, and pegs with it, in either order: 10 get both,
// the others nothing.
func TestNoRaceOversells(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStock(t, d)
		var group sync.WaitGroup
		var mu sync.Mutex
		got := 0
		for i := range 500 {
			group.Go(func() {
				err := s.reserveBoth(t.Context(), i%2 == 0)
				mu.Lock()
				defer mu.Unlock()
				var of *fault.Error
				switch {
				case err == nil:
					got++
				case !errors.As(err, &of) || of.Code != inventory.InsufficientInventory:
					t.Errorf("a loser got %v", err)
				}
			})
		}
		group.Wait()
		if got != 10 {
			t.Errorf("%d of 500 callers got one of 10 pieces", got)
		}
		s.want(s.tent, "lyon", "10/10/0")
		s.want(s.pegs, "lyon", "100/80/7")
		if n, err := s.ReservationItems.Count(t.Context(), nil); n != 20 || err != nil {
			t.Errorf("%d reservations, %v", n, err)
		}
	})
}

func (s *stock) reserveBoth(ctx context.Context, tentFirst bool) error {
	tent := &inventory.ReservationItem{InventoryItemID: s.tent, LocationID: "lyon", Quantity: money.Int(1)}
	pegs := &inventory.ReservationItem{InventoryItemID: s.pegs, LocationID: "lyon", Quantity: money.Int(8)}
	if tentFirst {
		return s.ReservationItems.Create(ctx, tent, pegs)
	}
	return s.ReservationItems.Create(ctx, pegs, tent)
}

// A reservation can be deleted also when its level is gone, or has less reserved than
// it should, as after an import.
func TestReleasingWhatIsNotThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, s := t.Context(), openStock(t, d)
		s.must(s.reserve(s.tent, 3, "line"))
		s.must(s.reserve(s.pegs, 5, "line"))
		for _, sql := range []string{
			"DELETE FROM inventory_level WHERE inventory_item_id = '" + s.tent + "'",
			"UPDATE inventory_level SET reserved_quantity = '1' WHERE inventory_item_id = '" + s.pegs + "'",
		} {
			_, err := d.Exec(ctx, sql)
			s.must(err)
		}
		s.must(s.Release(ctx, "line"))
		s.want(s.pegs, "lyon", "100/0/7")
	})
}
