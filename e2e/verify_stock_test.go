package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/verify"
)

// What an import may bring, and no write of ours makes: levels that do not follow their
// reservations, more reserved than stocked, reservations without a level.
func TestVerifyChecksStock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		level := func(location string, stocked int64) *inventory.InventoryLevel {
			return &inventory.InventoryLevel{LocationID: location, StockedQuantity: money.Int(stocked)}
		}
		keep(t, app, inventory.InventoryItems, &inventory.InventoryItem{Base: withID("iitem"), LocationLevels: []*inventory.InventoryLevel{level("a", 10), level("b", 10), level("c", 10), level("d", 10)}})
		reserve := func(location string, backorder bool, quantity int64) {
			keep(t, app, inventory.ReservationItems, &inventory.ReservationItem{InventoryItemID: "iitem", LocationID: location, Quantity: money.Int(quantity), AllowBackorder: &backorder})
		}
		for _, location := range []string{"a", "b", "d"} {
			reserve(location, false, 9)
		}
		reserve("c", true, 12)
		problems := func() string {
			t.Helper()
			report, err := verify.Run(t.Context(), app.Store, verify.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]int64{}
			for _, p := range report.Problems {
				if p.Check == verify.Rule {
					found[p.Table+"."+p.Column+" "+p.Wrong] = p.Count
				}
			}
			return fmt.Sprint(found)
		}
		if got := problems(); got != "map[]" {
			t.Errorf("a shop without faults has %s", got)
		}
		for _, sql := range []string{
			"UPDATE inventory_level SET reserved_quantity = '8' WHERE location_id = 'a'",
			"UPDATE inventory_level SET stocked_quantity = '-3', backordered = true WHERE location_id = 'b'",
			"DELETE FROM inventory_level WHERE location_id = 'd'",
		} {
			if _, err := app.DB().Exec(t.Context(), sql); err != nil {
				t.Fatalf("%s: %v", sql, err)
			}
		}
		want := "map[inventory_level.reserved_quantity do not add up to the reservations:1" +
			" inventory_level.stocked_quantity are less than what is reserved without a backorder:1 inventory_level.stocked_quantity are negative:1" +
			" reservation_item.location_id are where their item has no level:1]"
		if got := problems(); got != want {
			t.Errorf("verify finds %s, want %s", got, want)
		}
	})
}
