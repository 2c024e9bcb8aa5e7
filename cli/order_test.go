package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// sold places order_sold: 2 mugs at 100 and shipping at 10. One version later, one mug is
// fulfilled, and 50 is paid.
func sold(t *testing.T, app *gorgon.App) {
	t.Helper()
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := &order.Order{Base: base("order_sold"), CurrencyCode: "eur", Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{Title: "Moon Mug", UnitPrice: money.Int(100)}}},
		ShippingMethods: []*order.Shipping{{ShippingMethod: &order.ShippingMethod{Name: "Owl Post", Amount: money.Int(10)}}}}
	create(t, app, order.Orders, o)
	if _, err := app.Order.Fulfill(t.Context(), o.ID, "ful_sold", "", order.Part{ItemID: o.Items[0].ItemID, Quantity: money.Int(1)}); err != nil {
		t.Fatal(err)
	}
	if err := app.Order.Record(t.Context(), o.ID, order.Entry{Amount: money.Int(50), Reference: "capture", ReferenceID: "capt_sold"}); err != nil {
		t.Fatal(err)
	}
	rebate(t, app)
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
}

// rebate places order_rebate: 100 less 20, and 10 % tax. One version later it has a credit
// of 8, and the rest is paid; an edit of it does nothing.
func rebate(t *testing.T, app *gorgon.App) {
	t.Helper()
	o := &order.Order{Base: base("order_rebate"), CurrencyCode: "eur", Items: []*order.Item{{Quantity: money.Int(1), Item: &order.LineItem{
		Title: "Owl", UnitPrice: money.Int(100), TaxLines: []*order.LineItemTaxLine{{Code: "vat", Rate: money.Int(10)}},
		Adjustments: []*order.LineItemAdjustment{{Code: new("less"), Amount: money.Int(20)}},
	}}}}
	create(t, app, order.Orders, o)
	if _, err := app.Order.AddCredit(t.Context(), o.ID, "", order.Credit{Amount: money.Int(8)}); err != nil {
		t.Fatal(err)
	}
	c, err := app.Order.BeginEdit(t.Context(), order.NewChange{OrderID: o.ID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.Order.ConfirmChange(t.Context(), c.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := app.Order.Record(t.Context(), o.ID, order.Entry{Amount: money.Int(80), Reference: "capture", ReferenceID: "capt_rebate"}); err != nil {
		t.Fatal(err)
	}
}

// rows returns a text with one space between the words of each row.
func rows(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestOrder(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		sold(t, app)
		has := func(got string, words ...string) {
			t.Helper()
			for _, w := range words {
				if !strings.Contains(got, w) {
					t.Errorf("%q is not in\n%s", w, got)
				}
			}
		}
		got := ok(t, app, "order", "order_sold")
		has(got, "order_sold", "version 2", "Moon Mug", "1 fulfilled", "Owl Post", "210.00", "50.00", "160.00", "v1", "placed", "v2", "fulfilled: 1 × Moon Mug")
		if first := ok(t, app, "order", "order_sold", "--version", "1"); strings.Contains(first, "1 fulfilled\n") || !strings.Contains(first, "version 1, as it was") {
			t.Errorf("version 1 is\n%s", first)
		}
		has(rows(ok(t, app, "order", "order_rebate")), "subtotal 100.00", "discounts -20.00", "tax 8.00", "credit -8.00", "total 80.00", "Money", "capture capt_rebate 80.00", "- pending 0.00", "- confirmed: edit -")
		has(rows(got), "subtotal 210.00 of it shipping 10.00 total 210.00")
		has(rows(ok(t, app, "order", "order_rebate", "--version", "1")), "total 88.00", "Money, with version 2", "capture capt_rebate 80.00", "- pending 0.00")
		var doc struct {
			Order struct {
				ID        string `json:"id"`
				DisplayID int64  `json:"display_id"`
			} `json:"order"`
			Changes []any `json:"changes"`
		}
		if err := json.Unmarshal([]byte(ok(t, app, "order", "order_sold", "--json")), &doc); err != nil || doc.Order.ID != "order_sold" || len(doc.Changes) != 1 {
			t.Errorf("the document is %+v (%v)", doc, err)
		}
		if byNumber := ok(t, app, "order", money.Int(doc.Order.DisplayID).String()); byNumber != got {
			t.Errorf("by its number the order is\n%s", byNumber)
		}
		for _, test := range []struct {
			args   []string
			status int
			says   []string
		}{
			{[]string{"order", "order_none"}, 1, []string{"order_none"}},
			{[]string{"order", "order_sold", "--version", "3"}, 1, []string{"order_sold", "version 3", "1, 2"}},
			{[]string{"order", "order_sold", "--version", "0"}, 2, []string{"--version 0"}},
			{[]string{"order"}, 2, []string{"ORDER_ID"}},
		} {
			got := run(t, app, test.args...)
			if got.status != test.status {
				t.Errorf("%v: status %d, want %d: %s", test.args, got.status, test.status, got.stderr)
			}
			has(got.stderr, test.says...)
		}
	})
}
