package order_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// world is an order that a scenario changes.
type world struct {
	*testing.T
	*order.Service
	store *module.Store
	id    string
	lines []string // their ids, as they were placed
}

// trial is a test that is run on both databases.
type trial struct {
	name string
	do   func(*testing.T, db.DB)
}

func tryEach(t *testing.T, all []trial) {
	t.Helper()
	for _, one := range all {
		t.Run(one.name, func(t *testing.T) { dbtest.Each(t, one.do) })
	}
}

// place places an order.
func place(t *testing.T, d db.DB, o *order.Order) *world {
	t.Helper()
	return placeIn(t, moduletest.Open(t, d, graph), o)
}

// placeIn places an order in a store.
func placeIn(t *testing.T, store *module.Store, o *order.Order) *world {
	t.Helper()
	w := &world{T: t, Service: order.New(store), store: store}
	if o.CurrencyCode == "" {
		o.CurrencyCode = "usd"
	}
	moduletest.Create(t, w.Orders, o)
	w.id = o.ID
	for _, i := range o.Items {
		w.lines = append(w.lines, i.ItemID)
	}
	return w
}

// taxed returns an order of n at 100 and m at 12, with shipping at 10, all with a tax
// of 10 %: the fixture F of the scenarios.
func taxed(n, m int) *order.Order {
	o := &order.Order{ShippingMethods: []*order.Shipping{{ShippingMethod: post("10")}}}
	for _, l := range []struct {
		n     int
		price string
	}{{n, "100"}, {m, "12"}} {
		if l.n > 0 {
			o.Items = append(o.Items, line{price: l.price, quantity: fmt.Sprint(l.n), rates: []string{"10"}}.item())
		}
	}
	return o
}

// post returns a shipping method with a tax of 10 %.
func post(amount string) *order.ShippingMethod {
	return line{price: amount, rates: []string{"10"}}.method().ShippingMethod
}

// more returns a new line with a tax of 10 %.
func more(n int, price string) order.More {
	return order.More{Line: line{price: price, quantity: "1", rates: []string{"10"}}.item().Item, Quantity: money.Int(int64(n))}
}

// do fails the test unless a step succeeds.
func (w *world) do(_ any, err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// ok is do of a step that returns an error alone.
func (w *world) ok(err error) {
	w.Helper()
	w.do(nil, err)
}

// refused fails the test unless a step failed with an error of a type that has all words.
func (w *world) refused(err error, want fault.Type, words ...string) {
	w.Helper()
	if err == nil || fault.TypeOf(err) != want {
		w.Fatalf("the error is %v (%s), want %s", err, fault.TypeOf(err), want)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			w.Errorf("the error %q does not name %q", err, word)
		}
	}
}

// see compares the order with what is wanted: its version, its total and its summary,
// written as in the scenarios.
func (w *world) see(want string) {
	w.Helper()
	ctx := w.Context()
	o, err := w.Orders.Retrieve(ctx, w.id)
	w.ok(err)
	all, err := w.Summaries.List(ctx, module.Where{"order_id": w.id, "version": o.Version}, module.Page{})
	w.ok(err)
	if len(all) != 1 {
		w.Fatalf("version %d has %d summaries", o.Version, len(all))
	}
	var s totals.Summary
	w.ok(json.Unmarshal(all[0].Totals, &s))
	got := fmt.Sprintf("v%d T %s S[%s,%s,%s,%s,%s,%s,%s]", o.Version, o.Total, s.CurrentOrderTotal, s.OriginalOrderTotal, s.TransactionTotal,
		s.PaidTotal, s.RefundedTotal, s.CreditLineTotal, s.PendingDifference)
	if got != want {
		w.Errorf("got  %s\nwant %s", got, want)
	}
	if !s.AccountingTotal.Equal(s.CurrentOrderTotal) {
		w.Errorf("the accounting total is %s, the current one %s", s.AccountingTotal, s.CurrentOrderTotal)
	}
	w.proved()
}

// proved fails the test if a stored total is not what follows from its causes.
func (w *world) proved() {
	w.Helper()
	w.ok(order.Module.Settle(w.Context(), w.store, true, func(wrong module.Wrong) {
		w.Errorf("%s %s: %s is %s, want %s", wrong.Model.Name, wrong.ID, wrong.Column, wrong.Stored, wrong.Computed)
	}))
}

// previewed compares the preview with what is wanted, as "T 341 pend 0".
func (w *world) previewed(want string) {
	w.Helper()
	p, err := w.Preview(w.Context(), w.id)
	w.ok(err)
	if got := fmt.Sprintf("T %s pend %s", p.Order.Total, p.Summary.PendingDifference); got != want {
		w.Errorf("the preview is %s, want %s", got, want)
	}
}

// counts compares what became of a line: quantity fulfilled/shipped/delivered,
// requested/received/dismissed, written off.
func (w *world) counts(n int, want string) {
	w.Helper()
	now, err := w.Snapshot(w.Context(), w.id)
	w.ok(err)
	for _, i := range now.Items {
		if i.ItemID == w.lines[n] {
			got := fmt.Sprintf("%s %s/%s/%s %s/%s/%s %s", i.Quantity, i.FulfilledQuantity, i.ShippedQuantity, i.DeliveredQuantity,
				i.ReturnRequestedQuantity, i.ReturnReceivedQuantity, i.ReturnDismissedQuantity, i.WrittenOffQuantity)
			if got != want {
				w.Errorf("item %d is %s, want %s", n, got, want)
			}
			return
		}
	}
	w.Errorf("the order has no item %d", n)
}

// part returns n of a line.
func (w *world) part(line, n int) order.Part {
	return order.Part{ItemID: w.lines[line], Quantity: money.Int(int64(n))}
}

// back returns n of a line to be sent back.
func (w *world) back(line, n int) order.Back {
	return order.Back{ItemID: w.lines[line], Quantity: money.Int(int64(n))}
}

// pay records a payment or, if negative, a refund.
func (w *world) pay(amount string) {
	w.Helper()
	a := money.MustParse(amount)
	reference := "capture"
	if a.Sign() < 0 {
		reference = "refund"
	}
	paidFor, err := w.Transactions.Count(w.Context(), module.Where{"order_id": w.id})
	w.ok(err)
	w.ok(w.Record(w.Context(), w.id, order.Entry{Amount: a, Reference: reference, ReferenceID: fmt.Sprint(reference, paidFor)}))
}

// fulfilled pays the order and fulfills all of it.
func (w *world) fulfilled(amount string) *world {
	w.Helper()
	w.pay(amount)
	now, err := w.Snapshot(w.Context(), w.id)
	w.ok(err)
	var parts []order.Part
	for _, i := range now.Items {
		parts = append(parts, order.Part{ItemID: i.ItemID, Quantity: i.Quantity})
	}
	w.do(w.Fulfill(w.Context(), w.id, "ful_1", "", parts...))
	return w
}

// returns requests and confirms a return of n of the first line, with shipping if it is
// not empty, and returns its id.
func (w *world) returns(n int, shipping string) string {
	w.Helper()
	ctx := w.Context()
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.do(w.RequestItems(ctx, r.ID, w.back(0, n)))
	if shipping != "" {
		w.do(w.ReturnShipping(ctx, r.ID, post(shipping), nil))
	}
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	return r.ID
}

// receives receives n of the first line of a return.
func (w *world) receives(returnID string, n int) {
	w.Helper()
	ctx := w.Context()
	w.do(w.BeginReceipt(ctx, returnID, order.NewChange{}))
	w.do(w.ReceiveItems(ctx, returnID, false, w.back(0, n)))
	w.do(w.ConfirmReceipt(ctx, returnID, ""))
}

// returned compares the status of a return.
func (w *world) returned(id string, want order.ReturnStatus) {
	w.Helper()
	r, err := w.Returns.Retrieve(w.Context(), id)
	w.ok(err)
	if r.Status != want {
		w.Errorf("the return is %s, want %s", r.Status, want)
	}
}

// in returns a function that runs a step without its result.
func in[T any](_ T, err error) error { return err }
