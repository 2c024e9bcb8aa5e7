package stock_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows/stock"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// shelves is a shop with the locations "lyon" and "oslo", and the item "cup", of which
// there are 10 in lyon and 3 in oslo.
type shelves struct {
	*shop.Shop
	*stock.Stock
}

func open(t *testing.T, d db.DB) *shelves {
	t.Helper()
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Schema.Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	s := &shelves{Shop: b.On(d), Stock: stock.New(b.On(d))}
	for _, id := range []string{"lyon", "oslo"} {
		l := &stocklocation.StockLocation{Name: id}
		l.ID = id
		moduletest.Create(t, s.StockLocation.StockLocations, l)
	}
	in := &stock.NewItem{LocationLevels: []stock.Level{{LocationID: "lyon", StockedQuantity: n(10)}, {LocationID: "oslo", StockedQuantity: n(3), IncomingQuantity: n(2)}}}
	in.ID = "cup"
	if id, err := s.CreateItem(t.Context(), in); id != "cup" || err != nil {
		t.Fatal(id, err)
	}
	return s
}

func n(of int64) *money.Amount { return new(money.Int(of)) }

func at(item, location string) inventory.Place {
	return inventory.Place{InventoryItemID: item, LocationID: location}
}

// levels is what there is: reserved/stocked+incoming of each level, by item and location.
func (s *shelves) levels(t *testing.T) string {
	t.Helper()
	all, err := s.Inventory.InventoryLevels.List(t.Context(), nil, module.Page{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s@%s %s/%s+%s", l.InventoryItemID, l.LocationID, l.ReservedQuantity, l.StockedQuantity, l.IncomingQuantity))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// reservation makes a reservation of cups with an id.
func (s *shelves) reservation(id, location string, quantity int64) func(context.Context) error {
	return func(ctx context.Context) error {
		r := &inventory.ReservationItem{InventoryItemID: "cup", LocationID: location, Quantity: money.Int(quantity), LineItemID: new("line_" + id)}
		r.ID = id
		got, err := s.Reserve(ctx, r)
		if err == nil && got != id {
			err = fmt.Errorf("the reservation is %q, want %q", got, id)
		}
		return err
	}
}

// set sets the level of an item at a location.
func (s *shelves) set(item string, l stock.Level) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := s.UpdateLevels(ctx, stock.LevelOf{InventoryItemID: item, Level: l})
		return err
	}
}

func (s *shelves) change(id string, p module.Patch) func(context.Context) error {
	return func(ctx context.Context) error { return s.UpdateReservation(ctx, id, p) }
}

func TestStockFollowsWhatIsDone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, step := range []struct {
			name string
			do   func(context.Context) error
			want string
		}{
			{"nothing yet", func(context.Context) error { return nil }, "cup@lyon 0/10+0, cup@oslo 0/3+2"},
			{"count", s.set("cup", stock.Level{LocationID: "lyon", StockedQuantity: n(8)}), "cup@lyon 0/8+0, cup@oslo 0/3+2"},
			{"order more", s.set("cup", stock.Level{LocationID: "lyon", IncomingQuantity: n(5)}), "cup@lyon 0/8+5, cup@oslo 0/3+2"},
			{"receive", func(ctx context.Context) error {
				return s.Inventory.Adjust(ctx, inventory.Adjustment{Place: at("cup", "lyon"), Stocked: money.Int(5), Incoming: money.Int(-5)})
			}, "cup@lyon 0/13+0, cup@oslo 0/3+2"},
			{"move", func(ctx context.Context) error { return s.Inventory.Move(ctx, "cup", "lyon", "oslo", money.Int(4)) }, "cup@lyon 0/9+0, cup@oslo 0/7+2"},
			{"reserve", s.reservation("a", "lyon", 6), "cup@lyon 6/9+0, cup@oslo 0/7+2"},
			{"reserve the rest", s.reservation("b", "lyon", 3), "cup@lyon 9/9+0, cup@oslo 0/7+2"},
			{"fewer", s.change("a", module.Patch{"quantity": 2}), "cup@lyon 5/9+0, cup@oslo 0/7+2"},
			{"elsewhere", s.change("a", module.Patch{"location_id": "oslo"}), "cup@lyon 3/9+0, cup@oslo 2/7+2"},
			{"elsewhere and more", s.change("b", module.Patch{"location_id": "oslo", "quantity": 5}), "cup@lyon 0/9+0, cup@oslo 7/7+2"},
			{"a note", s.change("b", module.Patch{"description": "for Ada"}), "cup@lyon 0/9+0, cup@oslo 7/7+2"},
			{"nothing changes", s.change("b", nil), "cup@lyon 0/9+0, cup@oslo 7/7+2"},
			{"release", func(ctx context.Context) error { return s.Inventory.Release(ctx, "line_a") }, "cup@lyon 0/9+0, cup@oslo 5/7+2"},
			{"release again", func(ctx context.Context) error { return s.Inventory.Release(ctx, "line_a") }, "cup@lyon 0/9+0, cup@oslo 5/7+2"},
			{"a backorder", func(ctx context.Context) error {
				_, err := s.Reserve(ctx, &inventory.ReservationItem{InventoryItemID: "cup", LocationID: "lyon", Quantity: money.Int(11), AllowBackorder: new(true)})
				return err
			}, "cup@lyon 11/9+0, cup@oslo 5/7+2"},
		} {
			if err := step.do(t.Context()); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			if got := s.levels(t); got != step.want {
				t.Fatalf("%s: the levels are %s, want %s", step.name, got, step.want)
			}
		}
	})
}

// What cannot be is refused by name, and leaves nothing half written.
func TestStockRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		if err := s.reservation("a", "lyon", 6)(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := s.levels(t)
		create := func(item stock.NewItem) func(context.Context) error {
			return func(ctx context.Context) error { _, err := s.CreateItem(ctx, &item); return err }
		}
		levels := func(in ...stock.LevelOf) func(context.Context) error {
			return func(ctx context.Context) error { _, err := s.CreateLevels(ctx, in...); return err }
		}
		of := func(item, location string) stock.LevelOf {
			return stock.LevelOf{InventoryItemID: item, Level: stock.Level{LocationID: location}}
		}
		moduletest.Refuse(t, s.Store,
			moduletest.Refusal{Name: "an item nowhere", Do: create(stock.NewItem{LocationLevels: []stock.Level{{LocationID: "lyon"}, {LocationID: "paris"}}}), Type: fault.NotFound, Words: []string{"paris"}},
			moduletest.Refusal{Name: "an item twice at a place", Do: create(stock.NewItem{LocationLevels: []stock.Level{{LocationID: "lyon"}, {LocationID: "lyon"}}}), Type: fault.DuplicateError, Words: []string{"lyon"}},
			moduletest.Refusal{Name: "an item of less than nothing", Do: create(stock.NewItem{LocationLevels: []stock.Level{{LocationID: "lyon", StockedQuantity: n(-1)}}}), Words: []string{"stocked_quantity"}},
			moduletest.Refusal{Name: "a level of no item", Do: levels(of("bowl", "lyon")), Type: fault.NotFound, Words: []string{"bowl"}},
			moduletest.Refusal{Name: "a level that is there", Do: levels(of("cup", "oslo")), Type: fault.DuplicateError, Words: []string{"cup", "oslo"}},
			moduletest.Refusal{Name: "no level to set", Do: s.set("cup", stock.Level{LocationID: "paris", StockedQuantity: n(1)}), Type: fault.NotFound, Words: []string{"cup", "paris"}},
			moduletest.Refusal{Name: "one of two levels", Type: fault.NotFound, Words: []string{"bowl"}, Do: func(ctx context.Context) error {
				l := of("cup", "lyon")
				l.StockedQuantity = n(100)
				_, err := s.UpdateLevels(ctx, l, of("bowl", "lyon"))
				return err
			}},
			moduletest.Refusal{Name: "less than is reserved", Do: s.set("cup", stock.Level{LocationID: "lyon", StockedQuantity: n(5)}), Type: fault.NotAllowed, Words: []string{"6"}},
			moduletest.Refusal{Name: "more than there is", Do: s.reservation("b", "lyon", 5), Type: fault.NotAllowed, Words: []string{"cup", "lyon", "4 are available"}},
			moduletest.Refusal{Name: "what is incoming", Do: s.reservation("b", "oslo", 4), Type: fault.NotAllowed, Words: []string{"cup", "oslo"}},
			moduletest.Refusal{Name: "a reservation nowhere", Do: s.reservation("b", "paris", 1), Type: fault.NotFound, Words: []string{"paris"}},
			moduletest.Refusal{Name: "a reservation of nothing", Do: s.reservation("b", "lyon", 0), Words: []string{"quantity"}},
			moduletest.Refusal{Name: "of no item", Type: fault.NotFound, Words: []string{"bowl"}, Do: func(ctx context.Context) error {
				_, err := s.Reserve(ctx, &inventory.ReservationItem{InventoryItemID: "bowl", LocationID: "lyon", Quantity: money.Int(1)})
				return err
			}},
			moduletest.Refusal{Name: "a larger one", Do: s.change("a", module.Patch{"quantity": 11}), Type: fault.NotAllowed, Words: []string{"cup", "lyon"}},
			moduletest.Refusal{Name: "one that does not fit there", Do: s.change("a", module.Patch{"location_id": "oslo"}), Type: fault.NotAllowed, Words: []string{"cup", "oslo"}},
			moduletest.Refusal{Name: "one to nowhere", Do: s.change("a", module.Patch{"location_id": "paris"}), Type: fault.NotFound, Words: []string{"paris"}},
			moduletest.Refusal{Name: "one that is not there", Do: s.change("z", module.Patch{"quantity": 1}), Type: fault.NotFound, Words: []string{"z"}},
			moduletest.Refusal{Name: "moving what is reserved", Type: fault.NotAllowed, Words: []string{"cup", "lyon"}, Do: func(ctx context.Context) error { return s.Inventory.Move(ctx, "cup", "lyon", "oslo", money.Int(5)) }},
			moduletest.Refusal{Name: "moving to nowhere", Type: fault.NotFound, Words: []string{"cup", "paris"}, Do: func(ctx context.Context) error { return s.Inventory.Move(ctx, "cup", "lyon", "paris", money.Int(1)) }},
		)
		if got := s.levels(t); got != before {
			t.Errorf("the levels are %s after the refusals, %s before", got, before)
		}
		r, err := s.Inventory.ReservationItems.Retrieve(t.Context(), "a")
		if err != nil || r.LocationID != "lyon" || !r.Quantity.Equal(money.Int(6)) {
			t.Errorf("the reservation is %+v (%v)", r, err)
		}
	})
}

func TestLevelsAreReturnedInTheirOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		in := []stock.LevelOf{{InventoryItemID: "plate", Level: stock.Level{LocationID: "oslo"}}, {InventoryItemID: "plate", Level: stock.Level{LocationID: "lyon"}}}
		plate := &inventory.InventoryItem{}
		plate.ID = "plate"
		moduletest.Create(t, s.Inventory.InventoryItems, plate)
		made, err := s.CreateLevels(t.Context(), in...)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(in)
		set, err := s.UpdateLevels(t.Context(), in...)
		if slices.Reverse(set); err != nil || !slices.Equal(set, made) {
			t.Errorf("levels %q were set, want %q (%v)", set, made, err)
		}
		if id, err := s.LevelAt(t.Context(), "plate", "lyon"); id != made[1] || err != nil {
			t.Errorf("the level in lyon is %q, want %q (%v)", id, made[1], err)
		}
		if _, err := s.LevelAt(t.Context(), "plate", "paris"); fault.TypeOf(err) != fault.NotFound || !strings.Contains(err.Error(), "plate") {
			t.Errorf("a level in paris: %v", err)
		}
	})
}

// A kit can be sold as often as the item that is short allows, and reserving an item of
// it leaves fewer kits.
func TestKits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		plate := &stock.NewItem{LocationLevels: []stock.Level{{LocationID: "lyon", StockedQuantity: n(30)}}}
		plate.ID = "plate"
		if _, err := s.CreateItem(t.Context(), plate); err != nil {
			t.Fatal(err)
		}
		p := &product.Product{Title: "Breakfast", Handle: "breakfast", Variants: []*product.Variant{{Title: "For two"}}}
		moduletest.Create(t, s.Product.Products, p)
		kit := p.Variants[0].ID
		for item, required := range map[string]int64{"cup": 2, "plate": 4} {
			if _, err := s.Links.CreateWith(t.Context(), link.Entry{Pair: link.Pair{product.Variants: kit, inventory.InventoryItems: item}, Data: link.Data{"required_quantity": required}}); err != nil {
				t.Fatal(err)
			}
		}
		see := func(want int64) {
			t.Helper()
			got, err := s.Availability(t.Context(), []string{kit}, nil)
			if err != nil || !got[kit].Equal(money.Int(want)) {
				t.Errorf("there are %s kits, want %d (%v)", got[kit], want, err)
			}
		}
		see(6) // 13 cups, 30 plates
		if err := s.reservation("a", "lyon", 4)(t.Context()); err != nil {
			t.Fatal(err)
		}
		see(4) // 9 cups
		if err := s.Inventory.Release(t.Context(), "line_a"); err != nil {
			t.Fatal(err)
		}
		if err := s.set("plate", stock.Level{LocationID: "lyon", StockedQuantity: n(7)})(t.Context()); err != nil {
			t.Fatal(err)
		}
		see(1)
	})
}
