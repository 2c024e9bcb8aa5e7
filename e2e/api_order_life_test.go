package e2e_test

import (
	"regexp"
	"testing"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// keepLife places order_life: 2 mugs at 100 and shipping at 10, with taxes of 10 %, paid.
func (s *served) keepLife(t *testing.T) {
	t.Helper()
	o := &order.Order{Base: withID("order_life"), CurrencyCode: "usd", RegionID: ref("reg_life"), Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{
		Base: withID("line_life"), Title: "Mug", UnitPrice: money.Int(100), TaxLines: []*order.LineItemTaxLine{{Code: "std", Rate: money.Int(10)}},
	}}}, ShippingMethods: []*order.Shipping{{ShippingMethod: &order.ShippingMethod{Name: "Post", Amount: money.Int(10), TaxLines: []*order.ShippingMethodTaxLine{{Code: "std", Rate: money.Int(10)}}}}}}
	keep(t, s.app, order.Orders, o)
	c := &payment.Collection{Base: withID("col_life"), CurrencyCode: "usd", Amount: money.Int(231), CapturedAmount: new(money.Int(231)), Status: payment.CollectionCompleted}
	keep(t, s.app, payment.Collections, c)
	if _, err := s.app.Links.Create(t.Context(), link.Pair{order.Orders: o.ID, payment.Collections: c.ID}); err != nil {
		t.Fatal(err)
	}
}

// millisecond is how the API writes times.
var millisecond = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`)

// An order answers its totals and statuses, those of earlier versions, and a preview of
// its open change.
func TestAPIOrderLife(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepLife(t)
		ctx, orders := t.Context(), s.app.Order
		has(t, "placed", s.want(t, 200, "admin", "GET /admin/orders/order_life?fields=id", "")["order"], `{"id": "order_life", "payment_status": "captured", "fulfillment_status": "not_fulfilled"}`)
		for query, want := range map[string]int{
			"payment_status=captured": 1, "payment_status=not_paid": 0, "fulfillment_status[]=not_fulfilled&payment_status[]=captured": 1, "total[$gt]=230.99": 1, "total[$gt]=231": 0, "order=-payment_status": 1,
			"summary[pending_difference][$gt]=230.99": 1, "summary[pending_difference][$gt]=231": 0, "summary.pending_difference=231": 1,
		} {
			if got := s.want(t, 200, "admin", "GET /admin/orders?region_id=reg_life&"+query, "")["orders"].([]any); len(got) != want {
				t.Errorf("%s finds %d orders, want %d", query, len(got), want)
			}
		}
		plain := s.want(t, 200, "admin", "GET /admin/orders/order_life/preview", "")["order"]
		has(t, "plain preview", plain, `{"version": 1, "total": 231, "summary": {"pending_difference": 231}, "items": [{"id": "line_life", "quantity": 2, "actions": []}], "shipping_methods": [{"amount": 10, "actions": []}]}`)
		c, err := orders.BeginEdit(ctx, order.NewChange{OrderID: "order_life"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := orders.UpdateItem(ctx, c.ID, "line_life", order.ItemPatch{Quantity: money.Int(1)}); err != nil {
			t.Fatal(err)
		}
		if _, err := orders.AddItems(ctx, c.ID, order.More{Line: &order.LineItem{Title: "Plate", UnitPrice: money.Int(12)}, Quantity: money.Int(3)}); err != nil {
			t.Fatal(err)
		}
		preview := s.want(t, 200, "admin", "GET /admin/orders/order_life/preview?fields=id", "")["order"]
		has(t, "preview", preview, `{"version": 1, "total": 157, "summary": {"current_order_total": 157, "original_order_total": 231, "pending_difference": 157},
			"order_change": {"status": "pending", "change_type": "edit"},
			"items": [{"id": "line_life", "quantity": 1, "total": 110, "detail": {"quantity": 1}, "actions": [{"action": "ITEM_UPDATE", "amount": -100}]},
				{"title": "Plate", "quantity": 3, "total": 36, "unit_price": 12, "actions": [{"action": "ITEM_ADD", "amount": 36}]}]}`)
		if at, _ := at(preview, "items", 0, "actions", 0, "created_at").(string); !millisecond.MatchString(at) {
			t.Errorf("an action of the preview was created at %q", at)
		}
		if _, err := orders.ConfirmChange(ctx, c.ID, ""); err != nil {
			t.Fatal(err)
		}
		has(t, "confirmed", s.want(t, 200, "admin", "GET /admin/orders/order_life", "")["order"], `{"version": 2, "total": 157, "item_total": 146}`)
		s.want(t, 404, "admin", "GET /admin/orders/order_life?version=9", "")
		has(t, "version 1", s.want(t, 200, "admin", "GET /admin/orders/order_life?version=1", "")["order"],
			`{"version": 2, "total": 231, "item_total": 220, "tax_total": 21, "summary": {"current_order_total": 231}, "items": [{"id": "line_life", "quantity": 2, "total": 220}]}`)
		lines := func(query string) any {
			return s.want(t, 200, "admin", "GET /admin/orders/order_life/line-items"+query, "")["order_items"]
		}
		has(t, "lines", lines("?fields=%2Bquantity"), `[{"item_id": "line_life", "version": 2, "quantity": 1, "item": {"title": "Mug"}, "history": {"version": {"from": 1, "to": 2}}},
			{"version": 2, "quantity": 3, "item": {"title": "Plate"}, "history": {"version": {"from": 2, "to": 2}}}]`)
		has(t, "lines of version 1", lines("?version=1&fields=%2Bquantity"), `[{"item_id": "line_life", "version": 1, "quantity": 2, "history": {"version": {"from": 1, "to": 2}}}]`)
		has(t, "one line", lines("?item_id=line_life"), `[{"item_id": "line_life", "version": 2}]`)
		has(t, "some lines", lines("?item_id[]=line_life&item_id[]=line_x&version="), `[{"item_id": "line_life", "version": 2}]`)
		for _, query := range []string{"version=last", "version=-1", "version=1.5", "version[$gt]=1", "id[$ne]=x", "item_id[$in][]=nope"} {
			s.want(t, 400, "admin", "GET /admin/orders/order_life/line-items?"+query, "")
		}
		for _, version := range []string{"1e400", "2x", "0x1", "1.5", "0", "-1", "2abc"} {
			s.want(t, 400, "admin", "GET /admin/orders/order_life?version="+version, "")
		}
		for _, version := range []string{"[]=2", "[0]=2", "[$eq]=2", "[$gte]=1"} {
			contains(t, version, s.want(t, 400, "admin", "GET /admin/orders/order_life?version"+version, ""), `{"type": "invalid_data"}`)
		}
		contains(t, "version 0", s.want(t, 400, "admin", "GET /admin/orders/order_life?version=0", ""),
			`{"type": "invalid_data", "message": "Invalid request: version is 0; it must be at least 1"}`)
		s.want(t, 404, "admin", "GET /admin/orders/order_none/line-items", "")
		s.want(t, 404, "admin", "GET /admin/orders/order_none/preview", "")
		s.want(t, 401, "", "GET /admin/orders/order_life/preview", "")
		if got := s.call("store", "GET /admin/orders/order_life/preview", "").status; got != 401 {
			t.Errorf("a storefront gets %d", got)
		}
	})
}
