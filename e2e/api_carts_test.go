package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/money"
)

// keepTotals creates two carts of a region of their own: cart_big, whose numbers are
// of the worked scenarios I2 and J7, and cart_small, which comes to 9.
func (s *served) keepTotals(t *testing.T) {
	t.Helper()
	big := &cart.Cart{
		Base: withID("cart_big"), CurrencyCode: "usd", RegionID: ref("reg_totals"),
		Items: []*cart.LineItem{{
			Title: "Mug", Quantity: 2, UnitPrice: money.Int(120), IsTaxInclusive: true, TaxLines: []*cart.LineItemTaxLine{{Code: "std", Rate: 20}},
			Adjustments: []*cart.LineItemAdjustment{{Amount: money.Int(20)}},
		}},
		ShippingMethods: []*cart.ShippingMethod{{Name: "Post", Amount: money.Int(12), IsTaxInclusive: true, TaxLines: []*cart.ShippingMethodTaxLine{{Code: "std", Rate: 20}}}},
		CreditLines:     []*cart.CreditLine{{Amount: money.Int(40)}, {Amount: money.Int(-5)}},
	}
	small := &cart.Cart{Base: withID("cart_small"), CurrencyCode: "usd", RegionID: ref("reg_totals"), Items: []*cart.LineItem{{Title: "Tea", Quantity: 1, UnitPrice: money.Int(9)}}}
	keep(t, s.app, cart.Carts, big, small)
}

// A cart says what it comes to, with its lines, shipping methods, taxes and discounts.
func TestAPICartTotals(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepTotals(t)
		got := s.want(t, 200, "admin", "GET /admin/carts/cart_big", "")["cart"]
		has(t, "cart", got, `{"total": 193, "subtotal": 210, "tax_total": 38, "discount_total": 24, "discount_subtotal": 20, "discount_tax_total": 4,
			"original_total": 252, "original_subtotal": 210, "original_tax_total": 42, "item_total": 216, "item_subtotal": 200, "item_tax_total": 36, "item_discount_total": 24,
			"original_item_total": 240, "original_item_subtotal": 200, "original_item_tax_total": 40, "shipping_total": 12, "shipping_subtotal": 10, "shipping_tax_total": 2,
			"shipping_discount_total": 0, "original_shipping_total": 12, "original_shipping_subtotal": 10, "original_shipping_tax_total": 2,
			"credit_line_total": 35, "credit_line_subtotal": 35, "credit_line_tax_total": 0}`)
		has(t, "rows", got, `{"items": [{"total": 216, "subtotal": 200, "tax_total": 36, "discount_total": 24, "original_total": 240,
			"tax_lines": [{"total": 36, "subtotal": 40}], "adjustments": [{"total": 24, "subtotal": 20}]}],
			"shipping_methods": [{"total": 12, "subtotal": 10, "tax_lines": [{"total": 2, "subtotal": 2}]}]}`)
		if _, ok := at(got, "rounding").(string); ok {
			t.Error("the default fields have rounding")
		}
		has(t, "rounding", s.want(t, 200, "admin", "GET /admin/carts/cart_big?fields=rounding", "")["cart"], `{"rounding": "exact"}`)
		for query, want := range map[string]string{
			"order=-total": "[cart_big cart_small]", "order=total": "[cart_small cart_big]", "total[$gt]=100": "[cart_big]", "total[$lte]=9": "[cart_small]",
			"item_tax_total[$gt]=35.9&items.total=216": "[cart_big]", "credit_line_total[$gt]=35": "[]",
		} {
			list, _ := s.want(t, 200, "admin", "GET /admin/carts?region_id=reg_totals&fields=id,total&"+query, "")["carts"].([]any)
			ids := []any{}
			for _, c := range list {
				ids = append(ids, at(c, "id"))
			}
			if fmt.Sprint(ids) != want {
				t.Errorf("%s: %v, want %s", query, ids, want)
			}
		}
		has(t, "list", s.want(t, 200, "admin", "GET /admin/carts?id=cart_small", ""), `{"carts": [{"id": "cart_small", "total": 9}]}`)
	})
}

// Rules of shipping options, and of their prices, count what goods come to after
// discounts, with taxes.
func TestAPIShippingRulesCountWhatGoodsComeTo(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		zone := s.zone(t, s.shipFrom(t), "France", `{"type": "country", "country_code": "fr"}`)
		s.option(t, zone, "gift", `, "prices": [{"currency_code": "usd", "amount": 12.5}, {"currency_code": "usd", "amount": 0, "rules": [{"attribute": "item_total", "operator": "gte", "value": 66}]}]`)
		s.option(t, zone, "more", `, "rules": [{"attribute": "item_total", "operator": "gt", "value": "60"}]`)
		s.keepCart(t, "cart_fr", &cart.Address{CountryCode: ref("fr")}) // 60
		offered := func(want string) {
			t.Helper()
			has(t, "offers", s.want(t, 200, "store", "GET /store/shipping-options?cart_id=cart_fr&fields=id,name", ""), `{"shipping_options": [`+want+`]}`)
		}
		offered(`{"name": "gift", "amount": 12.5}`)
		keep(t, s.app, cart.LineItemTaxLines, &cart.LineItemTaxLine{ItemID: "cali_cart_fr", Code: "std", Rate: 10})
		offered(`{"name": "gift", "amount": 0}, {"name": "more"}`)
		keep(t, s.app, cart.LineItemAdjustments, &cart.LineItemAdjustment{ItemID: "cali_cart_fr", Amount: money.Int(6)})
		offered(`{"name": "gift", "amount": 12.5}`)
	})
}
