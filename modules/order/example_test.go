package order_test

import (
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// An order is written in the form of the tables: each line as an Item, the
// quantity in a version, with its LineItem.
func ExampleOrder() {
	o := &order.Order{CurrencyCode: "eur", Version: 1, Items: []*order.Item{{
		Version:  1,
		Quantity: money.Int(3),
		Item:     &order.LineItem{Title: "Mug", UnitPrice: money.MustParse("12.50")},
	}}}
	for _, i := range o.Items {
		fmt.Println(i.Quantity, i.Item.Title, i.Quantity.Mul(i.Item.UnitPrice), o.CurrencyCode)
	}
	// Output: 3 Mug 37.5 eur
}

// The same order, decoded from JSON.
func ExampleOrder_json() {
	var o order.Order
	err := json.Unmarshal([]byte(`{
		"currency_code": "eur",
		"status": "draft",
		"items": [{"quantity": 3, "item": {"title": "Mug", "unit_price": 12.5, "requires_shipping": false}}]
	}`), &o)
	line := o.Items[0].Item
	fmt.Println(err, o.Status == order.StatusDraft, line.UnitPrice, *line.RequiresShipping)
	// Output: <nil> true 12.5 false
}
