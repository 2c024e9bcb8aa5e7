package order_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/totals"
)

// A query as of a version reads what was read when the version was in force: lines with
// their quantities, prices, discounts and totals, shipping methods, credit and summary.
func TestEveryVersionReadsAsItDid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		o := taxed(4, 2)
		o.Items = append(o.Items, line{price: "100", quantity: "3", rates: []string{"10"}, discount: "30"}.item())
		w := place(t, d, o)
		ctx := t.Context()
		e := query.New(w.store.Graph, d, query.Limits{})
		was := map[int64]string{}
		see := func() {
			t.Helper()
			now, err := w.Orders.Retrieve(ctx, w.id)
			w.ok(err)
			was[now.Version] = asOf(t, e, w.id, 0)
		}
		w.pay("836")
		see()
		w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 4), w.part(1, 2), w.part(2, 3)))
		see()
		c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
		w.ok(err)
		w.do(w.UpdateItem(ctx, c.ID, w.lines[1], order.ItemPatch{Quantity: money.Int(3), UnitPrice: new(money.Int(15))}))
		w.do(w.AddItems(ctx, c.ID, more(1, "50")))
		w.do(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ItemAdjustmentsReplace, Details: order.Details{ReferenceID: w.lines[2], Adjustments: []order.Adjustment{{Amount: money.Int(3)}}}}))
		w.do(w.Outbound(ctx, c.ID, post("5"), nil))
		w.do(w.ConfirmChange(ctx, c.ID, ""))
		see()
		r := w.returns(2, "7")
		see()
		w.receives(r, 1)
		see()
		claim, c := w.claims(order.ClaimReplace)
		w.do(w.ClaimFaults(ctx, claim.ID, w.faulty(0, 1)))
		w.do(w.AddItems(ctx, c.ID, more(2, "9.99")))
		w.do(w.ConfirmClaim(ctx, claim.ID, ""))
		see()
		w.do(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Type: order.ChangeCreditLine, Actions: []order.NewAction{{Action: order.CreditLineAdd, Amount: new(money.MustParse("1.1"))}}}))
		see()
		if len(was) != 7 {
			t.Fatalf("%d versions were seen", len(was))
		}
		for version, want := range was {
			if got := asOf(t, e, w.id, version); got != want {
				t.Errorf("version %d is read as\n%s\nand was\n%s", version, got, want)
			}
		}
	})
}

// asOf returns an order in a version, 0 for the one in force, as JSON.
func asOf(t *testing.T, e *query.Engine, id string, version int64) string {
	t.Helper()
	fields := []string{"id", "items.id", "items.title", "items.quantity", "items.unit_price", "items.detail.*", "items.adjustments.*", "shipping_methods.id", "shipping_methods.amount", "credit_lines.*", "summary.*"}
	for _, name := range append(model.Names[totals.Charge](), model.Names[totals.Progress]()...) {
		fields = append(fields, "items."+name)
	}
	for _, name := range model.Names[totals.Charge]() {
		fields = append(fields, "shipping_methods."+name)
	}
	res, err := e.Graph(t.Context(), query.Request{Entity: "order", Fields: fields, Filters: query.Filters{"id": id}, Version: version})
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	if err := json.Unmarshal(res.Data, &all); err != nil || len(all) != 1 {
		t.Fatalf("%s (%v)", res.Data, err)
	}
	return string(encoded(all[0]))
}
