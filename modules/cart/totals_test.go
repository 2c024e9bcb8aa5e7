package cart_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/money"
)

// line returns a line with taxes of some percent.
func line(price string, quantity int64, rates ...float64) *cart.LineItem {
	l := &cart.LineItem{Title: "Mug", UnitPrice: money.MustParse(price), Quantity: quantity}
	for _, r := range rates {
		l.TaxLines = append(l.TaxLines, nil, &cart.LineItemTaxLine{Code: "std", Rate: r}) // nil is passed over
	}
	return l
}

// inclusive returns the line with a price that includes the taxes.
func inclusive(l *cart.LineItem) *cart.LineItem {
	l.IsTaxInclusive = true
	return l
}

// less returns the line with a discount, which may include taxes.
func less(l *cart.LineItem, amount string, taxed bool) *cart.LineItem {
	l.Adjustments = append(l.Adjustments, &cart.LineItemAdjustment{Amount: money.MustParse(amount), IsTaxInclusive: taxed})
	return l
}

func method(price string, rates ...float64) *cart.ShippingMethod {
	m := &cart.ShippingMethod{Name: "Post", Amount: money.MustParse(price)}
	for _, r := range rates {
		m.TaxLines = append(m.TaxLines, &cart.ShippingMethodTaxLine{Code: "std", Rate: r})
	}
	return m
}

// cheaper returns the shipping method with a discount.
func cheaper(m *cart.ShippingMethod, amount string) *cart.ShippingMethod {
	m.Adjustments = []*cart.ShippingMethodAdjustment{{Amount: money.MustParse(amount)}}
	return m
}

// worked is a cart and what it comes to.
type worked struct {
	name    string
	items   []*cart.LineItem
	methods []*cart.ShippingMethod
	credits []string
	want    map[string]string
}

// workedCarts returns new carts, with the numbers of the worked scenarios A, I and J.
func workedCarts() []worked {
	type lines = []*cart.LineItem
	type methods = []*cart.ShippingMethod
	post := method("12", 20)
	post.IsTaxInclusive = true
	return []worked{
		{"A1", lines{line("100", 2, 10)}, methods{method("10", 10)}, nil, map[string]string{
			"total": "231", "subtotal": "210", "tax_total": "21", "item_total": "220", "item_subtotal": "200", "item_tax_total": "20", "shipping_total": "11",
			"shipping_subtotal": "10", "shipping_tax_total": "1", "original_total": "231", "discount_total": "0", "credit_line_total": "0",
		}},
		{"I2 inclusive, discount exclusive", lines{less(inclusive(line("120", 2, 20)), "20", false)}, methods{post}, nil, map[string]string{
			"total": "228", "item_total": "216", "tax_total": "38", "item_tax_total": "36", "discount_total": "24", "item_discount_total": "24", "original_item_total": "240",
		}},
		{"I3 inclusive, discount inclusive", lines{less(inclusive(line("120", 2, 20)), "24", true)}, nil, nil, map[string]string{"total": "216", "discount_total": "24"}},
		{"I5 no rounding", lines{line("33.33", 3, 10), line("0.10", 3, 10)}, methods{method("4.99", 10)}, nil, map[string]string{"total": "115.808", "tax_total": "10.528"}},
		{"I9 shipping at half price", lines{line("100", 1, 10)}, methods{cheaper(method("10", 10), "5")}, nil, map[string]string{
			"total": "115.5", "shipping_total": "5.5", "shipping_discount_total": "5.5", "original_shipping_total": "11", "discount_total": "5.5", "discount_subtotal": "5", "discount_tax_total": "0.5",
		}},
		{"J6 two taxes", lines{less(less(line("100", 1, 5, 9.975), "10", false), "5", false)}, nil, nil, map[string]string{"total": "97.72875", "discount_total": "17.24625"}},
		{"J7 credit lines", lines{line("50", 2, 10)}, methods{method("10", 10)}, []string{"40", "-5"}, map[string]string{
			"total": "86", "credit_line_total": "35", "credit_line_subtotal": "35", "credit_line_tax_total": "0", "original_total": "121",
		}},
		{"nothing", nil, nil, nil, map[string]string{"total": "0", "original_subtotal": "0"}},
	}
}

func TestTotalsOfANewCart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := module.ServiceOf[*cart.Service](store)
		for _, w := range workedCarts() {
			c := &cart.Cart{CurrencyCode: "eur", Items: w.items, ShippingMethods: w.methods}
			for _, credit := range w.credits {
				c.CreditLines = append(c.CreditLines, &cart.CreditLine{Amount: money.MustParse(credit)})
			}
			moduletest.Create(t, s.Carts, c)
			got, err := s.Carts.Retrieve(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			all := map[string]money.Amount{}
			if err := json.Unmarshal(model.ToJSON(got.Cart), &all); err != nil {
				t.Fatal(err)
			}
			for name, want := range w.want {
				if all[name].String() != want {
					t.Errorf("%s: %s is %s, want %s", w.name, name, all[name], want)
				}
			}
		}
		if wrong := stale(t, store, true); len(wrong) > 0 {
			t.Errorf("stored wrong: %v", wrong)
		}
	})
}

// What a line, a method, their taxes and discounts come to is stored in them.
func TestTotalsOfTheRowsOfACart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := cart.New(moduletest.Open(t, d, graph))
		l, m := less(line("50", 2, 10), "10", false), cheaper(method("10", 10), "5")
		moduletest.Create(t, s.Carts, &cart.Cart{CurrencyCode: "eur", Items: []*cart.LineItem{l}, ShippingMethods: []*cart.ShippingMethod{m}})
		line, err1 := s.LineItems.Retrieve(t.Context(), l.ID)
		tax, err2 := s.LineItemTaxLines.Retrieve(t.Context(), l.TaxLines[1].ID)
		off, err3 := s.LineItemAdjustments.Retrieve(t.Context(), l.Adjustments[0].ID)
		method, err4 := s.ShippingMethods.Retrieve(t.Context(), m.ID)
		shippingTax, err5 := s.ShippingMethodTaxLines.Retrieve(t.Context(), m.TaxLines[0].ID)
		shippingOff, err6 := s.ShippingMethodAdjustments.Retrieve(t.Context(), m.Adjustments[0].ID)
		if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
			t.Fatal(err)
		}
		for _, is := range []struct {
			what string
			got  money.Amount
			want string
		}{
			{"total of the line", line.Total, "99"}, {"discount of the line", line.DiscountTotal, "11"}, {"line before discounts", line.OriginalTotal, "110"},
			{"tax of the line", tax.Total, "9"}, {"tax before discounts", tax.Subtotal, "10"}, {"discount with taxes", off.Total, "11"}, {"discount", off.Subtotal, "10"},
			{"total of the method", method.Total, "5.5"}, {"tax of the method", shippingTax.Total, "0.5"}, {"discount of the method with taxes", shippingOff.Total, "5.5"},
		} {
			if is.got.String() != is.want {
				t.Errorf("%s is %s, want %s", is.what, is.got, is.want)
			}
		}
	})
}
