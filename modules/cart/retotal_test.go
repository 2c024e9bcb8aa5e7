package cart_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/money"
)

// stale returns the stored values that are not what follows from the records.
func stale(t *testing.T, s *module.Store, dry bool) (found []module.Wrong) {
	t.Helper()
	if err := cart.Module.Settle(t.Context(), s, dry, func(w module.Wrong) { found = append(found, w) }); err != nil {
		t.Fatal(err)
	}
	return found
}

// basket returns a cart with two lines and a shipping method: 220 + 11 + 11.
func basket() *cart.Cart {
	return &cart.Cart{
		CurrencyCode: "eur", Items: []*cart.LineItem{line("100", 2, 10), line("10", 1, 10)}, ShippingMethods: []*cart.ShippingMethod{method("10", 10)},
	}
}

// step is a write, and the total of the cart after it.
type step struct {
	what, total string
	do          func() error
}

// follow makes the steps and checks the totals after each.
func follow(t *testing.T, store *module.Store, id string, steps []step) {
	t.Helper()
	s := module.ServiceOf[*cart.Service](store)
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if got, err := s.Carts.Retrieve(t.Context(), id); err != nil || got.Total.String() != step.total {
			t.Errorf("%s: the total is %v, want %s (%v)", step.what, got.Total, step.total, err)
		}
		if wrong := stale(t, store, true); len(wrong) > 0 {
			t.Errorf("%s: stored wrong: %v", step.what, wrong)
		}
	}
}

// update returns a function that updates a record.
func update[T any](ctx context.Context, r module.Records[T], id string, p module.Patch) func() error {
	return func() error {
		_, err := r.Update(ctx, []string{id}, p)
		return err
	}
}

// Totals follow from whatever is written of lines.
func TestTotalsFollowLines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store, ctx := moduletest.Open(t, d, graph), t.Context()
		s, c := module.ServiceOf[*cart.Service](store), basket()
		moduletest.Create(t, s.Carts, c)
		one, two := c.Items[0], c.Items[1]
		third := less(line("5", 1, 20), "1", false)
		third.CartID = c.ID
		tax := &cart.LineItemTaxLine{ItemID: one.ID, Code: "city", Rate: 5}
		off := &cart.LineItemAdjustment{ItemID: one.ID, Amount: money.Int(20)}
		tax.ID, off.ID, third.ID = "tax", "off", "third"
		follow(t, store, c.ID, []step{
			{"created", "242", func() error { return nil }},
			{"a line with a tax and a discount", "246.8", func() error { return s.LineItems.Create(ctx, third) }},
			{"a tax", "256.8", func() error { return s.LineItemTaxLines.Create(ctx, tax) }},
			{"another rate", "261.8", update(ctx, s.LineItemTaxLines, tax.ID, module.Patch{"rate": 7.5})},
			{"a discount", "238.3", func() error { return s.LineItemAdjustments.Create(ctx, off) }},
			{"a smaller discount", "250.05", update(ctx, s.LineItemAdjustments, off.ID, module.Patch{"amount": 10})},
			{"a discount with taxes", "251.8", update(ctx, s.LineItemAdjustments, off.ID, module.Patch{"is_tax_inclusive": true})},
			{"the discount is gone", "261.8", func() error { return s.LineItemAdjustments.SoftDelete(ctx, off.ID) }},
			{"the discount is back", "251.8", func() error { return s.LineItemAdjustments.Restore(ctx, off.ID) }},
			{"the discount is gone for good", "261.8", func() error { return s.LineItemAdjustments.Delete(ctx, off.ID) }},
			{"the tax is gone", "246.8", func() error { return s.LineItemTaxLines.SoftDelete(ctx, tax.ID) }},
			{"the tax is back", "261.8", func() error { return s.LineItemTaxLines.Restore(ctx, tax.ID) }},
			{"the tax is gone for good", "246.8", func() error { return s.LineItemTaxLines.Delete(ctx, tax.ID) }},
			{"one more", "356.8", update(ctx, s.LineItems, one.ID, module.Patch{"quantity": 3})},
			{"another price", "191.8", update(ctx, s.LineItems, one.ID, module.Patch{"unit_price": 50})},
			{"a price with taxes", "176.8", update(ctx, s.LineItems, one.ID, module.Patch{"is_tax_inclusive": true})},
			{"another title", "176.8", update(ctx, s.LineItems, one.ID, module.Patch{"title": "Cup"})},
			{"the third line is gone", "172", func() error { return s.LineItems.SoftDelete(ctx, third.ID) }},
			{"the third line is back", "176.8", func() error { return s.LineItems.Restore(ctx, third.ID) }},
			{"the third line is gone for good", "172", func() error { return s.LineItems.Delete(ctx, third.ID) }},
			{"a line is saved", "183", func() error {
				two.UnitPrice = money.Int(20)
				return s.LineItems.Save(ctx, two)
			}},
		})
	})
}

// Totals follow from whatever is written of shipping methods and credit lines.
func TestTotalsFollowShippingAndCredit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store, ctx := moduletest.Open(t, d, graph), t.Context()
		s, c := module.ServiceOf[*cart.Service](store), basket()
		moduletest.Create(t, s.Carts, c)
		post, express := c.ShippingMethods[0], method("20", 10)
		express.CartID = c.ID
		tax := &cart.ShippingMethodTaxLine{ShippingMethodID: post.ID, Code: "city", Rate: 20}
		off := &cart.ShippingMethodAdjustment{ShippingMethodID: post.ID, Amount: money.Int(5)}
		credit := &cart.CreditLine{CartID: c.ID, Amount: money.Int(30)}
		express.ID, tax.ID, off.ID, credit.ID = "express", "tax", "off", "credit"
		follow(t, store, c.ID, []step{
			{"express", "264", func() error { return s.ShippingMethods.Create(ctx, express) }},
			{"no express", "242", func() error { return s.ShippingMethods.SoftDelete(ctx, express.ID) }},
			{"express again", "264", func() error { return s.ShippingMethods.Restore(ctx, express.ID) }},
			{"no express for good", "242", func() error { return s.ShippingMethods.Delete(ctx, express.ID) }},
			{"another amount", "253", update(ctx, s.ShippingMethods, post.ID, module.Patch{"amount": 20})},
			{"a tax", "257", func() error { return s.ShippingMethodTaxLines.Create(ctx, tax) }},
			{"a discount", "250.5", func() error { return s.ShippingMethodAdjustments.Create(ctx, off) }},
			{"a larger discount", "244", update(ctx, s.ShippingMethodAdjustments, off.ID, module.Patch{"amount": 10})},
			{"the discount is gone", "257", func() error { return s.ShippingMethodAdjustments.SoftDelete(ctx, off.ID) }},
			{"the tax is gone", "253", func() error { return s.ShippingMethodTaxLines.SoftDelete(ctx, tax.ID) }},
			{"a credit", "223", func() error { return s.CreditLines.Create(ctx, credit) }},
			{"a smaller credit", "243", update(ctx, s.CreditLines, credit.ID, module.Patch{"amount": 10})},
			{"the credit is gone", "253", func() error { return s.CreditLines.SoftDelete(ctx, credit.ID) }},
			{"the credit is back", "243", func() error { return s.CreditLines.Restore(ctx, credit.ID) }},
			{"the credit is gone for good", "253", func() error { return s.CreditLines.Delete(ctx, credit.ID) }},
		})
	})
}

// Totals follow from the cart itself, and from what moves to another.
func TestTotalsFollowTheCart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store, ctx := moduletest.Open(t, d, graph), t.Context()
		s, c, other := module.ServiceOf[*cart.Service](store), basket(), basket()
		c.Items[1].UnitPrice = money.MustParse("33.333")
		moduletest.Create(t, s.Carts, c, other)
		follow(t, store, c.ID, []step{
			{"exact", "267.6663", func() error { return nil }},
			{"rounded", "267.66", update(ctx, s.Carts, c.ID, module.Patch{"rounding": cart.RoundingCurrency})},
			{"rounded to yen", "267", update(ctx, s.Carts, c.ID, module.Patch{"currency_code": "JPY"})},
			{"exact again", "267.6663", update(ctx, s.Carts, c.ID, module.Patch{"rounding": cart.RoundingExact, "email": "eve@example.com"})},
			{"deleted and restored", "267.6663", func() error {
				if err := s.Carts.SoftDelete(ctx, c.ID); err != nil {
					return err
				}
				return s.Carts.Restore(ctx, c.ID)
			}},
			{"a line moved", "47.6663", update(ctx, s.LineItems, c.Items[0].ID, module.Patch{"cart_id": other.ID})},
			{"a tax moved", "44.333", update(ctx, s.LineItemTaxLines, c.Items[1].TaxLines[1].ID, module.Patch{"item_id": other.Items[0].ID})},
			{"the other cart is gone for good", "44.333", func() error { return s.Carts.Delete(ctx, other.ID) }},
		})
	})
}

// What a transaction writes is computed once, and undone with it.
func TestTotalsFollowATransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s, c := module.ServiceOf[*cart.Service](store), basket()
		moduletest.Create(t, s.Carts, c)
		written := 0
		store.Watch(module.Watcher{Ops: []module.Op{module.Updated}, See: func(_ context.Context, _ *module.Store, change module.Change) error {
			if change.Model == cart.Carts {
				written++
			}
			return nil
		}})
		fail := fault.New(fault.Conflict, "undone")
		for _, end := range []error{fail, nil} {
			err := db.Do(t.Context(), d, func(ctx context.Context) error {
				for range 3 {
					l := line("1", 1)
					l.CartID = c.ID
					if err := s.LineItems.Create(ctx, l); err != nil {
						return err
					}
				}
				return end
			})
			if fault.TypeOf(err) != fault.TypeOf(end) {
				t.Fatal(err)
			}
		}
		if got, err := s.Carts.Retrieve(t.Context(), c.ID); err != nil || got.Total.String() != "245" || written != 1 {
			t.Errorf("the total is %v, written %d times (%v)", got.Total, written, err)
		}
	})
}

// Nothing is lost of a cart that many write to at once.
func TestWritersAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s, c := module.ServiceOf[*cart.Service](store), basket()
		moduletest.Create(t, s.Carts, c)
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				var err error
				if i%2 == 0 {
					l := line("3", 1, 10)
					l.CartID = c.ID
					err = s.LineItems.Create(t.Context(), l)
				} else {
					err = s.CreditLines.Create(t.Context(), &cart.CreditLine{CartID: c.ID, Amount: money.Int(1)})
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got, err := s.Carts.Retrieve(t.Context(), c.ID); err != nil || got.Total.String() != "265" || got.CreditLineTotal.String() != "10" {
			t.Errorf("the total is %v, credit %v (%v)", got.Total, got.CreditLineTotal, err)
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
		s, c := module.ServiceOf[*cart.Service](store), basket()
		moduletest.Create(t, s.Carts, c, basket())
		for _, sql := range []string{`UPDATE cart SET total = 1 WHERE id = '%s'`, `UPDATE cart_shipping_method SET tax_total = 7 WHERE cart_id = '%s'`} {
			if _, err := d.Exec(t.Context(), fmt.Sprintf(sql, c.ID)); err != nil {
				t.Fatal(err)
			}
		}
		for _, dry := range []bool{true, true, false} { // a dry run repairs nothing
			wrong := map[string]module.Wrong{}
			for _, w := range stale(t, store, dry) {
				wrong[w.Column] = w
			}
			if w := wrong["total"]; len(wrong) != 2 || w.ID != c.ID || w.Model != cart.Carts || w.Stored != "1" || w.Computed != "242" || wrong["tax_total"].ID != c.ShippingMethods[0].ID {
				t.Fatalf("found: %v", wrong)
			}
		}
		if wrong := stale(t, store, true); len(wrong) > 0 {
			t.Errorf("left: %v", wrong)
		}
		if after, err := s.Carts.Retrieve(t.Context(), c.ID); err != nil || after.Total.String() != "242" || !after.UpdatedAt.Equal(c.UpdatedAt) {
			t.Errorf("repaired: %v, %v", after, err)
		}
	})
}

// A total cannot be written by itself, and carts are listed by it.
func TestTotalsAreColumns(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := module.ServiceOf[*cart.Service](moduletest.Open(t, d, graph))
		c, small := basket(), &cart.Cart{CurrencyCode: "eur", Items: []*cart.LineItem{line("9", 1)}}
		moduletest.Create(t, s.Carts, c, small)
		if _, err := s.Carts.Update(t.Context(), []string{c.ID}, module.Patch{"total": 1}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("patched: %v", err)
		}
		c.Total = money.Int(1)
		if err := s.Carts.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		all, err := s.Carts.List(t.Context(), nil, module.Page{Order: []string{"-total"}})
		if err != nil || len(all) != 2 || all[0].ID != c.ID || all[0].Total.String() != "242" || all[1].Total.String() != "9" {
			t.Errorf("carts by total: %v, %v", all, err)
		}
	})
}
