package order_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// line is an item of an order.
type line struct {
	price, quantity string
	inclusive       bool
	rates           []string
	discount        string
	discountTaxed   bool // the discount includes taxes
}

func (l line) item() *order.Item {
	i := &order.LineItem{Title: "Mug", UnitPrice: money.MustParse(l.price), IsTaxInclusive: l.inclusive}
	for _, r := range l.rates {
		i.TaxLines = append(i.TaxLines, &order.LineItemTaxLine{Code: "std", Rate: money.MustParse(r)})
	}
	if l.discount != "" {
		i.Adjustments = []*order.LineItemAdjustment{{Amount: money.MustParse(l.discount), IsTaxInclusive: l.discountTaxed}}
	}
	return &order.Item{Quantity: money.MustParse(l.quantity), Item: i}
}

func (l line) method() *order.Shipping {
	m := &order.ShippingMethod{Name: "Post", Amount: money.MustParse(l.price), IsTaxInclusive: l.inclusive}
	for _, r := range l.rates {
		m.TaxLines = append(m.TaxLines, &order.ShippingMethodTaxLine{Code: "std", Rate: money.MustParse(r)})
	}
	if l.discount != "" {
		m.Adjustments = []*order.ShippingMethodAdjustment{{Amount: money.MustParse(l.discount)}}
	}
	return &order.Shipping{ShippingMethod: m}
}

// The numbers are from the worked scenarios A, I and J.
func TestTotalOfANewOrder(t *testing.T) {
	t.Parallel()
	ten := []string{"10"}
	tests := []struct {
		name    string
		items   []line
		methods []line
		credits []string
		want    string
	}{
		{"A1", []line{{price: "100", quantity: "2", rates: ten}}, []line{{price: "10", rates: ten}}, nil, "231"},
		{"I1 inclusive", []line{{price: "120", quantity: "2", inclusive: true, rates: []string{"20"}}}, []line{{price: "12", inclusive: true, rates: []string{"20"}}}, nil, "252"},
		{"I2 inclusive, discount exclusive", []line{{price: "120", quantity: "2", inclusive: true, rates: []string{"20"}, discount: "20"}}, []line{{price: "12", inclusive: true, rates: []string{"20"}}}, nil, "228"},
		{"I3 inclusive, discount inclusive", []line{{price: "120", quantity: "2", inclusive: true, rates: []string{"20"}, discount: "24", discountTaxed: true}}, []line{{price: "12", inclusive: true, rates: []string{"20"}}}, nil, "228"},
		{"I4 two rates", []line{{price: "50", quantity: "1", inclusive: true, rates: []string{"19"}}, {price: "10", quantity: "1", inclusive: true, rates: []string{"7"}}}, nil, nil, "60"},
		{"I5 no rounding", []line{{price: "33.33", quantity: "3", rates: ten}, {price: "0.10", quantity: "3", rates: ten}}, []line{{price: "4.99", rates: ten}}, nil, "115.808"},
		{"I8 a discount in shares", []line{{price: "33.33", quantity: "1", rates: ten, discount: "9.970086748429555"}, {price: "0.10", quantity: "1", rates: ten, discount: "0.029913251570445706"}}, nil, nil, "25.772999999999999223"},
		{"I9 shipping at half price", []line{{price: "100", quantity: "1", rates: ten}}, []line{{price: "10", rates: ten, discount: "5"}}, nil, "115.5"},
		{"I10 one of two free", []line{{price: "100", quantity: "2", rates: ten}, {price: "12", quantity: "2", rates: ten, discount: "12"}}, []line{{price: "10", rates: ten}}, nil, "244.2"},
		{"J1", []line{{price: "30", quantity: "2", rates: ten}, {price: "5", quantity: "1", rates: []string{"50"}}}, nil, nil, "73.5"},
		{"J2", []line{{price: "50", quantity: "2", rates: ten, discount: "10"}}, nil, nil, "99"},
		{"J5", []line{{price: "50", quantity: "2", inclusive: true, rates: ten}, {price: "50", quantity: "2", rates: ten}}, nil, nil, "210"},
		{"J6 two taxes", []line{{price: "100", quantity: "1", rates: []string{"5", "9.975"}, discount: "15"}}, nil, nil, "97.72875"},
		{"J7 credit lines", []line{{price: "50", quantity: "2", rates: ten}}, []line{{price: "10", rates: ten}}, []string{"40", "-5"}, "86"},
		{"J11, in the 20 digits that are stored", []line{{price: "123456.12346578901235", quantity: "2", rates: ten}}, nil, nil, "271603.47162473582717"},
		{"taxes that take all", []line{{price: "10", quantity: "1", inclusive: true, rates: []string{"-100"}}}, nil, nil, "0"},
	}
	s := order.New(moduletest.Open(t, dbtest.SQLite(t), graph))
	for _, test := range tests {
		o := &order.Order{CurrencyCode: "eur"}
		for _, l := range test.items {
			o.Items = append(o.Items, l.item())
		}
		for _, l := range test.methods {
			o.ShippingMethods = append(o.ShippingMethods, l.method())
		}
		for _, c := range test.credits {
			o.CreditLines = append(o.CreditLines, &order.CreditLine{Amount: money.MustParse(c)})
		}
		moduletest.Create(t, s.Orders, o)
		var got totals.Summary
		if err := json.Unmarshal(o.Summary[0].Totals, &got); err != nil {
			t.Fatal(err)
		}
		if got.CurrentOrderTotal.String() != test.want {
			t.Errorf("%s: the total is %s, want %s", test.name, got.CurrentOrderTotal, test.want)
		}
	}
}
