package order_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// stale returns the stored values that are not what follows from the records.
func stale(t *testing.T, s *module.Store, dry bool) (found []module.Wrong) {
	t.Helper()
	if err := order.Module.Settle(t.Context(), s, dry, func(w module.Wrong) {
		if !w.Kept { // these tests write counters that no return has made
			found = append(found, w)
		}
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// Totals follow from whatever is written, created with the order or later.
func TestTotalsFollow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s, o := module.ServiceOf[*order.Service](store), mugs()
		moduletest.Create(t, s.Orders, o)
		line, method := o.Items[0].Item, o.ShippingMethods[0].ShippingMethod
		credit := &order.CreditLine{OrderID: o.ID, Version: 1, Amount: money.Int(30)}
		ctx := t.Context()
		steps := []struct {
			what, total, pending string
			do                   func() error
		}{
			{"created", "231", "231", func() error { return nil }},
			{"a tax of the line", "241", "241", func() error {
				return s.LineItemTaxLines.Create(ctx, &order.LineItemTaxLine{ItemID: line.ID, Code: "city", Rate: money.Int(5)})
			}},
			{"a discount of the line", "229.5", "229.5", func() error {
				return s.LineItemAdjustments.Create(ctx, &order.LineItemAdjustment{ItemID: line.ID, Version: 1, Amount: money.Int(10)})
			}},
			{"a discount of another version", "229.5", "229.5", func() error {
				return s.LineItemAdjustments.Create(ctx, &order.LineItemAdjustment{ItemID: line.ID, Version: 7, Amount: money.Int(10)})
			}},
			{"shipping at half price", "224", "224", func() error {
				return s.ShippingMethodAdjustments.Create(ctx, &order.ShippingMethodAdjustment{ShippingMethodID: method.ID, Version: 1, Amount: money.Int(5)})
			}},
			{"a tax of shipping", "225", "225", func() error {
				return s.ShippingMethodTaxLines.Create(ctx, &order.ShippingMethodTaxLine{ShippingMethodID: method.ID, Code: "city", Rate: money.Int(20)})
			}},
			{"a credit", "195", "195", func() error { return s.CreditLines.Create(ctx, credit) }},
			{"a payment", "195", "95", func() error {
				return s.Transactions.Create(ctx, &order.Transaction{OrderID: o.ID, Version: 1, Amount: money.Int(100), CurrencyCode: "eur"})
			}},
			{"the credit is gone", "225", "125", func() error { return s.CreditLines.SoftDelete(ctx, credit.ID) }},
			{"the credit is back", "195", "95", func() error { return s.CreditLines.Restore(ctx, credit.ID) }},
			{"another price", "80", "-20", func() error {
				_, err := s.LineItems.Update(ctx, []string{line.ID}, module.Patch{"unit_price": money.Int(50)})
				return err
			}},
			{"one of them fulfilled and requested back", "80", "-71.75", func() error {
				_, err := s.Items.Update(ctx, []string{o.Items[0].ID}, module.Patch{"fulfilled_quantity": money.Int(1), "return_requested_quantity": money.Int(1)})
				return err
			}},
		}
		for _, step := range steps {
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			got, err := s.Orders.Retrieve(ctx, o.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !got.Total.Equal(money.MustParse(step.total)) {
				t.Errorf("%s: the total is %s, want %s", step.what, got.Total, step.total)
			}
			if pending := summary(t, s, o.ID)["pending_difference"]; !pending.Equal(money.MustParse(step.pending)) {
				t.Errorf("%s: %s is pending, want %s", step.what, pending, step.pending)
			}
			if wrong := stale(t, store, true); len(wrong) > 0 {
				t.Errorf("%s: stored wrong: %v", step.what, wrong)
			}
		}
	})
}

// summary returns the totals in the summary of an order that has one.
func summary(t *testing.T, s *order.Service, id string) map[string]money.Amount {
	t.Helper()
	all, err := s.Summaries.List(t.Context(), module.Where{"order_id": id}, module.Page{})
	if err != nil || len(all) != 1 {
		t.Fatalf("summaries: %v, %v", all, err)
	}
	out := map[string]money.Amount{}
	if err := json.Unmarshal(all[0].Totals, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// Every version keeps its totals, and the order has those of the version in force.
func TestEveryVersionHasItsTotals(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s, o := module.ServiceOf[*order.Service](store), mugs()
		moduletest.Create(t, s.Orders, o)
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := s.Items.Create(ctx, &order.Item{OrderID: o.ID, ItemID: o.Items[0].ItemID, Version: 2, Quantity: money.Int(1)}); err != nil {
				return err
			}
			if err := s.Summaries.Create(ctx, &order.Summary{OrderID: o.ID, Version: 2, Totals: []byte(`{}`)}); err != nil {
				return err
			}
			_, err := s.Orders.Update(ctx, []string{o.ID}, module.Patch{"version": 2})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Orders.Retrieve(t.Context(), o.ID)
		if err != nil || !got.Total.Equal(money.Int(110)) || !got.ShippingTotal.IsZero() {
			t.Errorf("version 2: %v, %v", got, err)
		}
		items, err := s.Items.List(t.Context(), module.Where{"order_id": o.ID}, module.Page{Order: []string{"version"}})
		if err != nil || len(items) != 2 || !items[0].Total.Equal(money.Int(220)) || !items[1].Total.Equal(money.Int(110)) {
			t.Errorf("items: %v, %v", items, err)
		}
		if wrong := stale(t, store, true); len(wrong) > 0 {
			t.Errorf("stored wrong: %v", wrong)
		}
	})
}

// Totals that something else has changed are found and repaired.
func TestStaleTotalsAreFoundAndRepaired(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s, o := module.ServiceOf[*order.Service](store), mugs()
		moduletest.Create(t, s.Orders, o, mugs())
		for _, sql := range []string{`UPDATE "order" SET total = 1 WHERE id = '%s'`, `UPDATE order_item SET tax_total = 7 WHERE order_id = '%s'`} {
			if _, err := d.Exec(t.Context(), fmt.Sprintf(sql, o.ID)); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // a dry run repairs nothing
			wrong := stale(t, store, true)
			if len(wrong) != 2 || wrong[0].ID != o.ID || wrong[0].Column != "total" || wrong[0].Stored != "1" || wrong[0].Computed != "231" || wrong[1].Column != "tax_total" {
				t.Fatalf("found: %v", wrong)
			}
		}
		before, _ := s.Orders.Retrieve(t.Context(), o.ID)
		if wrong := stale(t, store, false); len(wrong) != 2 {
			t.Errorf("repaired: %v", wrong)
		}
		if wrong := stale(t, store, true); len(wrong) > 0 {
			t.Errorf("left: %v", wrong)
		}
		if after, err := s.Orders.Retrieve(t.Context(), o.ID); err != nil || !after.Total.Equal(money.Int(231)) || !after.UpdatedAt.Equal(before.UpdatedAt) {
			t.Errorf("repaired: %v, %v", after, err)
		}
	})
}

// No payment is lost from the summary when many arrive at once.
func TestPaymentsAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, o := module.ServiceOf[*order.Service](moduletest.Open(t, d, graph)), mugs()
		moduletest.Create(t, s.Orders, o)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if err := s.Transactions.Create(t.Context(), &order.Transaction{OrderID: o.ID, Version: 1, Amount: money.Int(3), CurrencyCode: "eur"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := summary(t, s, o.ID); !got["transaction_total"].Equal(money.Int(60)) || !got["pending_difference"].Equal(money.Int(171)) {
			t.Errorf("summary: %v", got)
		}
	})
}

// An order that rounds has lines that are whole cents.
func TestRoundingOfAnOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, o := module.ServiceOf[*order.Service](moduletest.Open(t, d, graph)), mugs()
		o.Rounding, o.Items[0].Item.UnitPrice = order.RoundingCurrency, money.MustParse("33.333")
		moduletest.Create(t, s.Orders, o)
		if got, err := s.Orders.Retrieve(t.Context(), o.ID); err != nil || got.ItemTotal.String() != "73.34" || got.Total.String() != "84.34" {
			t.Errorf("rounded: items %s, total %s, %v", got.ItemTotal, got.Total, err)
		}
	})
}

// A total cannot be written by itself.
func TestTotalsCannotBeWritten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, o := module.ServiceOf[*order.Service](moduletest.Open(t, d, graph)), mugs()
		moduletest.Create(t, s.Orders, o)
		if _, err := s.Orders.Update(t.Context(), []string{o.ID}, module.Patch{"total": money.Int(1)}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("patched: %v", err)
		}
		o.Total = money.Int(1)
		if err := s.Orders.Save(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Orders.Retrieve(t.Context(), o.ID); err != nil || !got.Total.Equal(money.Int(231)) {
			t.Errorf("saved: %v, %v", got, err)
		}
	})
}
