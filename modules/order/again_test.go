package order_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// What was in an order comes back, goes and is told again.
func TestAgain(t *testing.T) {
	t.Parallel()
	tryEach(t, []trial{
		{"a line comes back for nothing", lineAgain},
		{"a method comes back for nothing", methodAgain},
		{"a method is removed and added by one change", methodInOneChange},
		{"metadata of items is merged, and cleared by null", metadataOfItems},
		{"a change without actions goes back with the version", emptyChangeBack},
		{"a draft goes with its returns and claims", draftWithDeals},
		{"a rounded order is canceled for what was paid", canceledInUnits},
		{"summaries of large orders follow", largeSummary},
		{"a tax changes all versions and their summaries", taxOfAllVersions},
		{"a repair writes the total of the version before", repairedOriginal},
		{"a repair leaves an order whose version is wrong", tornOrder},
		{"what is missing is refused", missingArguments},
	})
}

func lineAgain(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 3))
	ctx := t.Context()
	c := w.edits()
	w.sets(c, 1, 0, "")
	w.do(w.ConfirmChange(ctx, c, ""))
	w.do(w.AddActions(ctx, w.edits(), order.NewAction{
		Action: order.ItemAdd, Details: order.Details{ReferenceID: w.lines[1], Quantity: new(money.Int(1)), UnitPrice: new(money.Zero)},
	}))
	open, err := w.OpenChange(ctx, w.id)
	w.ok(err)
	w.do(w.ConfirmChange(ctx, open.ID, ""))
	w.see("v3 T 231 S[231,231,0,0,0,0,231]")
	w.sound()
}

// method returns the first shipping method of the order.
func (w *world) method() string {
	w.Helper()
	now, err := w.Snapshot(w.Context(), w.id)
	w.ok(err)
	return now.Shippings[0].ShippingMethodID
}

func methodAgain(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	m := w.method()
	for _, a := range []order.NewAction{{Action: order.ShippingRemove, ReferenceID: m}, {Action: order.ShippingAdd, ReferenceID: m, Amount: new(money.Zero)}} {
		c := w.edits()
		w.do(w.AddActions(ctx, c, a))
		w.do(w.ConfirmChange(ctx, c, ""))
	}
	w.see("v3 T 220 S[220,220,0,0,0,0,220]")
	w.sound()
}

func methodInOneChange(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	m, c := w.method(), w.edits()
	w.do(w.AddActions(ctx, c, order.NewAction{Action: order.ShippingRemove, ReferenceID: m}, order.NewAction{Action: order.ShippingAdd, ReferenceID: m, Amount: new(money.Int(5))}))
	w.previewed("T 225.5 pend 225.5")
	w.do(w.ConfirmChange(ctx, c, ""))
	w.see("v2 T 225.5 S[225.5,231,0,0,0,0,225.5]")
	w.sound()
}

func metadataOfItems(t *testing.T, d db.DB) {
	o := taxed(2, 0)
	o.Items[0].Item.Metadata = model.RawJSON(`{"a":1}`)
	w := place(t, d, o)
	for _, step := range []struct{ given, want string }{{`{"b":2}`, `{"a":1,"b":2}`}, {`{"b":3}`, `{"a":1,"b":3}`}, {`null`, `{}`}, {`{"c":4}`, `{"c":4}`}} {
		c := w.edits()
		w.do(w.UpdateItem(t.Context(), c, w.lines[0], order.ItemPatch{Quantity: money.Int(2), Metadata: model.RawJSON(step.given)}))
		w.do(w.ConfirmChange(t.Context(), c, ""))
		now, err := w.Snapshot(t.Context(), w.id)
		w.ok(err)
		if got := strings.ReplaceAll(string(now.Items[0].Metadata), " ", ""); got != step.want {
			t.Errorf("%s: the metadata is %s, want %s", step.given, got, step.want)
		}
	}
}

func emptyChangeBack(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	c := w.edits()
	w.sets(c, 0, 3, "")
	w.do(w.ConfirmChange(ctx, c, ""))
	empty := w.edits()
	w.do(w.ConfirmChange(ctx, empty, ""))
	w.ok(w.RevertVersion(ctx, w.id))
	left, err := w.Changes.Retrieve(ctx, empty)
	w.ok(err)
	if left.Version != 1 {
		t.Errorf("the change without actions is of version %d, want 1", left.Version)
	}
	w.see("v1 T 231 S[231,231,0,0,0,0,231]")
}

func draftWithDeals(t *testing.T, d db.DB) {
	o := taxed(2, 0)
	o.IsDraftOrder = true
	w := place(t, d, o)
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 2)))
	r := w.returns(1, "5")
	c, _ := w.claims(order.ClaimRefund)
	w.ok(w.DeleteDraft(ctx, w.id))
	w.refused(in(w.Returns.Retrieve(ctx, r)), fault.NotFound, r)
	w.refused(in(w.Claims.Retrieve(ctx, c.ID)), fault.NotFound, c.ID)
}

func canceledInUnits(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.Rounding = order.RoundingCurrency
	w := place(t, d, o)
	w.pay("121.005")
	w.ok(w.Cancel(t.Context(), w.id, "", order.Credit{Reference: "payment_collection"}, order.Entry{Amount: money.MustParse("-121.005"), Reference: "refund", ReferenceID: "pay_1"}))
	w.see("v2 T 0 S[0,121,0,121.005,121.005,121,0]")
	w.sound()
}

func largeSummary(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{Items: []*order.Item{line{price: "10000000000", quantity: "1"}.item()}})
	w.pay("10000000000")
	w.pay("5")
	w.see("v1 T 10000000000 S[10000000000,10000000000,10000000005,10000000005,0,0,-5]")
	w.sound()
}

func taxOfAllVersions(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	c := w.edits()
	w.sets(c, 0, 3, "")
	w.do(w.ConfirmChange(ctx, c, ""))
	now, err := w.Snapshot(ctx, w.id)
	w.ok(err)
	w.do(w.LineItemTaxLines.Update(ctx, []string{now.Items[0].Item.TaxLines[0].ID}, module.Patch{"rate": money.Int(20)}))
	w.see("v2 T 371 S[371,251,0,0,0,0,371]")
	w.sound()
}

// repair runs SQL and repairs the shop after it. It returns the columns that the repair has
// written.
func (w *world) repair(d db.DB, sql string) (written map[string]bool) {
	w.Helper()
	_, err := d.Exec(w.Context(), sql)
	w.ok(err)
	written = map[string]bool{}
	w.ok(order.Module.Settle(w.Context(), w.store, false, func(wrong module.Wrong) {
		if !wrong.Kept {
			written[wrong.Model.Name+"."+wrong.Column] = true
		}
	}))
	return written
}

func repairedOriginal(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	c := w.edits()
	w.sets(c, 0, 3, "")
	w.do(w.ConfirmChange(t.Context(), c, ""))
	w.see("v2 T 341 S[341,231,0,0,0,0,341]")
	written := w.repair(d, "UPDATE order_summary SET totals = "+replaced(d, `"original_order_total":231`, `"original_order_total":9999`)+" WHERE version = 2")
	if !written["order_summary.totals"] {
		t.Errorf("the repair wrote %v", written)
	}
	w.see("v2 T 341 S[341,231,0,0,0,0,341]")
}

func tornOrder(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	c := w.edits()
	w.sets(c, 0, 3, "")
	w.do(w.ConfirmChange(t.Context(), c, ""))
	for _, version := range []string{"1", "3"} {
		if written := w.repair(d, `UPDATE "order" SET version = `+version); len(written) > 0 {
			t.Errorf("in version %s: the repair wrote %v", version, written)
		}
	}
	if written := w.repair(d, `UPDATE "order" SET version = 2`); len(written) > 0 {
		t.Errorf("in version 2: the repair wrote %v", written)
	}
	w.see("v2 T 341 S[341,231,0,0,0,0,341]")
}

func missingArguments(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	w.refused(w.Cancelable(t.Context(), nil), fault.InvalidData, "missing")
	now, err := w.Snapshot(t.Context(), w.id)
	w.ok(err)
	w.refused(in(now.Apply(nil)), fault.InvalidData, w.id, "missing")
	o := taxed(1, 0)
	o.Items = append(o.Items, &order.Item{Quantity: money.Int(1)}, nil)
	o.ShippingMethods = append(o.ShippingMethods, &order.Shipping{}, nil)
	if s := order.NewSnapshot(o); len(s.Items) != 1 || len(s.Shippings) != 1 || s.Order.Total.String() != "121" {
		t.Errorf("%d items, %d shippings, total %s", len(s.Items), len(s.Shippings), s.Order.Total)
	}
}
