package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/verify"
)

func TestVerify(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if got := ok(t, app, "verify"); !strings.HasSuffix(got, " checks, nothing wrong\n") {
			t.Errorf("%s", got)
		}
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		create(t, app, order.Orders, &order.Order{Base: base("order_4"), CurrencyCode: "eur", CustomerID: new("cus_9")})
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		got := run(t, app, "verify")
		if got.status != 1 || got.stderr != "" || !strings.HasPrefix(got.stdout, "dangling: order.customer_id: 1 row refers to a missing customer, such as order_4\n") ||
			!strings.HasSuffix(got.stdout, " checks, 1 problem\n") {
			t.Errorf("%+v", got)
		}
		asJSON := run(t, app, "verify", "--json")
		var report verify.Report
		if err := json.Unmarshal([]byte(asJSON.stdout), &report); err != nil || asJSON.status != 1 || asJSON.stderr != "" {
			t.Fatalf("%+v: %v", asJSON, err)
		}
		want := []verify.Problem{{Check: verify.Dangling, Table: "order", Column: "customer_id", To: "customer", Count: 1, Examples: []string{"order_4"}}}
		if diff := cmp.Diff(want, report.Problems); diff != "" || report.OK || report.Checks < 50 {
			t.Errorf("ok %t after %d checks; %s", report.OK, report.Checks, diff)
		}
	})
}

// spoil changes rows as another program would.
func spoil(t *testing.T, app *gorgon.App, sql string) {
	t.Helper()
	if n, err := app.DB().Exec(t.Context(), sql); err != nil || n == 0 {
		t.Fatalf("%s: %d rows, %v", sql, n, err)
	}
}

// Sums and counts that something else has changed are repaired, unless the database
// refuses what follows from the other records.
func TestVerifyRepairsSums(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		create(t, app, payment.Collections, &payment.Collection{Base: base("pay_col_9"), CurrencyCode: "eur", Amount: money.Int(10), AuthorizedAmount: new(money.Int(5))})
		create(t, app, pricing.PriceSets, &pricing.PriceSet{Record: base("pset_9").Record})
		create(t, app, pricing.Prices, &pricing.Price{Record: base("price_9").Record, PriceSetID: "pset_9", CurrencyCode: "eur", Amount: money.Int(10), RulesCount: new(int64(2))})
		create(t, app, inventory.InventoryItems, &inventory.InventoryItem{Base: base("iitem_9")})
		create(t, app, inventory.InventoryLevels, &inventory.InventoryLevel{
			Base: base("ilev_9"), InventoryItemID: "iitem_9", LocationID: "sloc_9", StockedQuantity: money.Int(5),
		})
		create(t, app, inventory.ReservationItems, &inventory.ReservationItem{Base: base("resitem_9"), InventoryItemID: "iitem_9", LocationID: "sloc_9", Quantity: money.Int(3)})
		spoil(t, app, "UPDATE reservation_item SET quantity = '9'")
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		repair := run(t, app, "verify", "--repair")
		for _, says := range []string{
			"payment_collection.authorized_amount: 1 stored value is not what follows from other records; repaired, such as pay_col_9 (0, not 5)\n",
			"price.rules_count: 1 live rows do not count their rules; repaired, such as price_9\n",
			"inventory_level.reserved_quantity: 1 live rows do not add up to the reservations, such as ilev_9\n",
		} {
			if repair.status != 1 || !strings.Contains(repair.stdout, says) {
				t.Errorf("%+v does not say %q", repair, says)
			}
		}
		if again := run(t, app, "verify"); again.status != 1 || strings.Contains(again.stdout, "payment_collection") || strings.Contains(again.stdout, "price.") {
			t.Errorf("after the repair: %+v", again)
		}
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		spoil(t, app, "UPDATE reservation_item SET quantity = '4'")
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		if got := run(t, app, "verify", "--repair"); !strings.Contains(got.stdout, "; repaired, such as ilev_9\n") {
			t.Errorf("%+v", got)
		}
		if got := run(t, app, "verify"); strings.Contains(got.stdout, "reserved_quantity") {
			t.Errorf("after the second repair: %+v", got)
		}
	})
}

// A total that something else has changed is found, and repaired if that is wanted.
func TestVerifyRepairs(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		spoil(t, app, `UPDATE "order" SET total = 4321`)
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			args   []string
			status int
			says   string
		}{
			{[]string{"verify"}, 1, "not 4321"}, {[]string{"verify", "--repair"}, 0, "; repaired"}, {[]string{"verify"}, 0, "nothing wrong"},
		} {
			if got := run(t, app, step.args...); got.status != step.status || !strings.Contains(got.stdout, step.says) {
				t.Errorf("%v: %+v, want status %d and %q", step.args, got, step.status, step.says)
			}
		}
	})
}
