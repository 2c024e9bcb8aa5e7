package cart_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/money"
)

var graph = moduletest.Graph(cart.Module)

// mug returns a cart with one line, changed by spoil.
func mug(spoil func(*cart.LineItem)) *cart.Cart {
	line := &cart.LineItem{Title: "Mug", Quantity: 2, UnitPrice: money.Int(12)}
	spoil(line)
	return &cart.Cart{CurrencyCode: "EUR", Items: []*cart.LineItem{{Title: "Tea", Quantity: 1}, line}}
}

func TestCartRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := cart.New(store)
		good := mug(func(l *cart.LineItem) { l.Adjustments = []*cart.LineItemAdjustment{{Amount: money.Int(1)}} })
		good.ShippingMethods = []*cart.ShippingMethod{{Name: "Post"}}
		good.ShippingAddress = &cart.Address{City: new("Paris")}
		moduletest.Create(t, s.Carts, good)
		if good.CurrencyCode != "eur" {
			t.Errorf("the currency is %q", good.CurrencyCode)
		}
		create := func(c *cart.Cart) func(context.Context) error {
			return func(ctx context.Context) error { return s.Carts.Create(ctx, c) }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(&cart.Cart{}), Words: []string{"cart.currency_code"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.Title = "" })), Words: []string{"line_item.title"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.Quantity = 0 })), Words: []string{"line_item.quantity", "0"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.Quantity = -1 })), Words: []string{"line_item.quantity", "-1"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.UnitPrice = money.Int(-1) })), Words: []string{"line_item.unit_price", "-1"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.UnitPrice = money.MustParse("123456789012345678901234567890.12") })), Words: []string{"line_item.unit_price", "20 digits"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) {
				l.Adjustments = []*cart.LineItemAdjustment{{Amount: money.MustParse("1.23456789012345678901")}}
			})), Words: []string{"line_item_adjustment.amount", "20 digits"}},
			moduletest.Refusal{Do: create(&cart.Cart{CurrencyCode: "eur", CreditLines: []*cart.CreditLine{{Amount: money.MustParse("123456789012345678901")}}}), Words: []string{"credit_line.amount", "20 digits"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) { l.Title = "a\x00" })), Words: []string{"line_item.title", "NUL"}},
			moduletest.Refusal{Do: create(mug(func(l *cart.LineItem) {
				l.Adjustments = []*cart.LineItemAdjustment{{Amount: money.Int(-1)}}
			})), Words: []string{"line_item_adjustment.amount"}},
			moduletest.Refusal{Do: create(&cart.Cart{CurrencyCode: "eur", ShippingMethods: []*cart.ShippingMethod{{Amount: money.Int(1)}}}), Words: []string{"shipping_method.name"}},
			moduletest.Refusal{Do: create(&cart.Cart{CurrencyCode: "eur", ShippingMethods: []*cart.ShippingMethod{{Name: "Post", Amount: money.Int(-1)}}}), Words: []string{"shipping_method.amount"}},
			moduletest.Refusal{Do: create(&cart.Cart{CurrencyCode: "eur", ShippingMethods: []*cart.ShippingMethod{{
				Name: "Post", Adjustments: []*cart.ShippingMethodAdjustment{{Amount: money.Int(-1)}},
			}}}), Words: []string{"shipping_method_adjustment.amount"}},
			moduletest.Refusal{Name: "a line of no cart", Type: fault.NotFound, Words: []string{"line_item.cart_id", "cart_x"}, Do: func(ctx context.Context) error {
				return s.LineItems.Create(ctx, &cart.LineItem{Title: "Mug", Quantity: 1, CartID: "cart_x"})
			}},
			moduletest.Refusal{Name: "an update to no quantity", Words: []string{"line_item.quantity"}, Do: func(ctx context.Context) error {
				_, err := s.LineItems.Update(ctx, []string{good.Items[0].ID, good.Items[1].ID}, module.Patch{"quantity": 0})
				return err
			}},
		)
		if n, err := s.LineItems.Count(t.Context(), module.Where{"quantity": []int{1, 2}}); n != 2 || err != nil {
			t.Errorf("%d lines have their quantities (%v)", n, err)
		}
	})
}

func TestDeletingACartReachesItsAddress(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := cart.New(moduletest.Open(t, d, graph))
		c := mug(func(*cart.LineItem) {})
		c.ShippingAddress, c.BillingAddress = &cart.Address{City: new("Paris")}, &cart.Address{City: new("Lyon")}
		moduletest.Create(t, s.Carts, c)
		left := func() int64 {
			n, err := s.Addresses.Count(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := s.Carts.SoftDelete(t.Context(), c.ID); err != nil || left() != 0 {
			t.Errorf("%d addresses are left (%v)", left(), err)
		}
		if err := s.Carts.Restore(t.Context(), c.ID); err != nil || left() != 2 {
			t.Errorf("%d addresses came back (%v)", left(), err)
		}
	})
}
