package order_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// claims begins a claim and returns it with its change.
func (w *world) claims(kind order.ClaimType) (*order.Claim, *order.Change) {
	w.Helper()
	c := &order.Claim{OrderID: w.id, Type: kind}
	change, err := w.BeginClaim(w.Context(), c, order.NewChange{})
	w.ok(err)
	return c, change
}

func (w *world) faulty(line, n int) order.Fault {
	return order.Fault{ItemID: w.lines[line], Quantity: money.Int(int64(n)), Reason: order.ReasonProductionFailure}
}

func refundClaim(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, _ := w.claims(order.ClaimRefund)
	w.refused(in(w.ConfirmClaim(ctx, c.ID, "")), fault.InvalidData, c.ID, "no items")
	w.refused(in(w.ClaimFaults(ctx, c.ID, w.faulty(0, 3))), fault.InvalidData, w.lines[0], "2 of 2")
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.previewed("T 231 pend 0")
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	w.see("v3 T 231 S[231,231,231,231,0,0,0]")
	w.counts(0, "2 2/0/0 0/0/0 1")
	items, err := w.ClaimItems.List(ctx, module.Where{"claim_id": c.ID}, module.Page{})
	w.ok(err)
	if len(items) != 1 || *items[0].Reason != order.ReasonProductionFailure || items[0].IsAdditionalItem {
		t.Errorf("the claim items are %+v", items)
	}
	w.ok(w.CancelClaim(ctx, c.ID, "")) // defect 4: it has no return
	w.counts(0, "2 2/0/0 0/0/0 0")
	w.refused(w.CancelClaim(ctx, c.ID, ""), fault.InvalidData, c.ID, "canceled")
}

func claimWithInbound(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, _ := w.claims(order.ClaimRefund)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.do(w.ClaimBack(ctx, c.ID, new("sloc_1"), w.back(0, 1)))
	r := w.returnOf(c.ID)
	w.do(w.ReturnShipping(ctx, r, post("7"), nil))
	w.previewed("T 238.7 pend 7.7")
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	w.see("v3 T 238.7 S[238.7,231,231,231,0,0,-102.3]")
	w.returned(r, order.ReturnRequested)
	w.receives(r, 1)
	w.see("v4 T 128.7 S[128.7,238.7,231,231,0,0,-102.3]")
	w.refused(w.CancelClaim(ctx, c.ID, ""), fault.NotAllowed, r, "received")
}

// returnOf returns the return of a claim.
func (w *world) returnOf(claim string) string {
	w.Helper()
	c, err := w.Claims.Retrieve(w.Context(), claim)
	w.ok(err)
	if c.ReturnID == nil {
		w.Fatal("the claim has no return")
	}
	return *c.ReturnID
}

func replacement(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, change := w.claims(order.ClaimReplace)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.do(w.ClaimBack(ctx, c.ID, nil, w.back(0, 1)))
	w.do(w.AddItems(ctx, change.ID, more(2, "12")))
	w.previewed("T 257.4 pend 26.4")
	w.do(w.ReturnShipping(ctx, w.returnOf(c.ID), post("7"), nil))
	w.do(w.Outbound(ctx, change.ID, post("10"), nil))
	w.previewed("T 276.1 pend 45.1")
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	w.see("v3 T 276.1 S[276.1,231,231,231,0,0,-64.9]")
	w.receives(w.returnOf(c.ID), 1)
	w.see("v4 T 166.1 S[166.1,276.1,231,231,0,0,-64.9]")
}

func canceledReplacement(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, change := w.claims(order.ClaimReplace)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.do(w.ClaimBack(ctx, c.ID, nil, w.back(0, 1)))
	w.do(w.AddItems(ctx, change.ID, more(2, "12")))
	w.do(w.Outbound(ctx, change.ID, post("10"), nil))
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	w.see("v3 T 268.4 S[268.4,231,231,231,0,0,-72.6]")
	w.ok(w.CancelClaim(ctx, c.ID, ""))
	w.see("v5 T 231 S[231,231,231,231,0,0,0]")
	w.counts(0, "2 2/0/0 0/0/0 0")
	w.returned(w.returnOf(c.ID), order.ReturnCanceled)
	// E5: a replacement that was fulfilled cannot be taken back
	c, change = w.claims(order.ClaimReplace)
	added, err := w.AddItems(ctx, change.ID, more(1, "12"))
	w.ok(err)
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	item := *added[0]
	w.do(w.Fulfill(ctx, w.id, "ful_2", "", order.Part{ItemID: itemOf(t, &item), Quantity: money.Int(1)}))
	w.refused(w.CancelClaim(ctx, c.ID, ""), fault.InvalidData, itemOf(t, &item), "0 of 1")
}

func discardedClaim(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	lines, methods := w.rows()
	before := [2]int64{lines, methods}
	c, change := w.claims(order.ClaimReplace)
	w.do(w.AddItems(ctx, change.ID, more(1, "12")))
	w.do(w.Outbound(ctx, change.ID, post("10"), nil))
	w.ok(w.DiscardClaim(ctx, c.ID))
	w.refused(in(w.Claims.Retrieve(ctx, c.ID)), fault.NotFound, c.ID)
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
	w.returns(1, "") // defect 3: nothing of the claim is left
	w.see("v3 T 231 S[231,231,231,231,0,0,-110]")
	if lines, methods := w.rows(); lines != before[0] || methods != before[1] {
		t.Errorf("there are %d lines and %d methods, want %v", lines, methods, before)
	}
}

// rows returns how many lines and shipping methods there are.
func (w *world) rows() (lines, methods int64) {
	w.Helper()
	lines, err := w.LineItems.Count(w.Context(), nil)
	w.ok(err)
	methods, err = w.ShippingMethods.Count(w.Context(), nil)
	w.ok(err)
	return lines, methods
}

func taxOnShipping(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{
		Items: []*order.Item{line{price: "25", quantity: "2"}.item()}, ShippingMethods: []*order.Shipping{{ShippingMethod: post("10")}},
	}).fulfilled("61")
	ctx := t.Context()
	c, _ := w.claims(order.ClaimRefund)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.do(w.ClaimBack(ctx, c.ID, nil, w.back(0, 1)))
	w.do(w.ReturnShipping(ctx, w.returnOf(c.ID), post("15"), nil))
	w.previewed("T 77.5 pend 16.5")
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	w.see("v3 T 77.5 S[77.5,61,61,61,0,0,-8.5]")
}

// exchanges begins an exchange of n of the first line, and returns it with its change.
func (w *world) exchanges(n int) (*order.Exchange, *order.Change) {
	w.Helper()
	e := &order.Exchange{OrderID: w.id}
	change, err := w.BeginExchange(w.Context(), e, order.NewChange{})
	w.ok(err)
	w.do(w.ExchangeBack(w.Context(), e.ID, nil, w.back(0, n)))
	return e, change
}

func (w *world) exchanged(id string) *order.Exchange {
	w.Helper()
	e, err := w.Exchanges.Retrieve(w.Context(), id)
	w.ok(err)
	return e
}

func exchange(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	e, change := w.exchanges(1)
	w.do(w.AddItems(ctx, change.ID, more(1, "100")))
	w.previewed("T 341 pend 110")
	w.do(w.ReturnShipping(ctx, *w.exchanged(e.ID).ReturnID, post("0"), nil))
	w.do(w.Outbound(ctx, change.ID, post("5"), nil))
	w.previewed("T 346.5 pend 115.5")
	w.do(w.ConfirmExchange(ctx, e.ID, ""))
	w.see("v3 T 346.5 S[346.5,231,231,231,0,0,5.5]")
	w.receives(*w.exchanged(e.ID).ReturnID, 1)
	w.pay("5.5")
	w.see("v4 T 236.5 S[236.5,346.5,236.5,236.5,0,0,0]")
}

func canceledExchange(t *testing.T, d db.DB) {
	w := place(t, d, taxed(0, 2)).fulfilled("37.4")
	ctx := t.Context()
	e, change := w.exchanges(2)
	w.do(w.AddItems(ctx, change.ID, more(1, "100")))
	w.previewed("T 147.4 pend 110")
	w.do(w.ConfirmExchange(ctx, e.ID, ""))
	w.see("v3 T 147.4 S[147.4,37.4,37.4,37.4,0,0,83.6]")
	w.pay("83.6")
	w.ok(w.CancelExchange(ctx, e.ID, ""))
	w.see("v5 T 37.4 S[37.4,37.4,121,121,0,0,-83.6]")
	w.returned(*w.exchanged(e.ID).ReturnID, order.ReturnCanceled)
}

func exchangeGuards(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	e, change := w.exchanges(1)
	w.refused(in(w.ConfirmExchange(ctx, e.ID, "")), fault.InvalidData, e.ID, "1 items that are sent back and 0")
	w.refused(in(w.AddItems(ctx, change.ID, more(0, "5"))), fault.InvalidData, "quantity")
	w.refused(in(w.AddItems(ctx, change.ID, more(1, "123456789012345678901234567890.5"))), fault.InvalidData, "unit_price", "digits")
	w.refused(w.CancelExchange(ctx, e.ID, ""), fault.InvalidData, e.ID, "draft")
	w.ok(w.DiscardExchange(ctx, e.ID))
	w.refused(in(w.Exchanges.Retrieve(ctx, e.ID)), fault.NotFound, e.ID)
	if n, err := w.Returns.Count(ctx, module.Where{"order_id": w.id}); n != 0 || err != nil {
		t.Errorf("%d returns are left (%v)", n, err)
	}
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
}

// edits begins an edit and returns its id.
func (w *world) edits() string {
	w.Helper()
	c, err := w.BeginEdit(w.Context(), order.NewChange{OrderID: w.id})
	w.ok(err)
	return c.ID
}

// sets sets the quantity of a line, and its price if it is not empty.
func (w *world) sets(change string, line, n int, price string) {
	w.Helper()
	p := order.ItemPatch{Quantity: money.Int(int64(n))}
	if price != "" {
		p.UnitPrice = new(money.MustParse(price))
	}
	w.do(w.UpdateItem(w.Context(), change, w.lines[line], p))
}

func edit(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	w.pay("231")
	c := w.edits()
	w.do(w.AddItems(ctx, c, more(3, "12")))
	w.previewed("T 270.6 pend 39.6")
	w.sets(c, 0, 1, "")
	w.previewed("T 160.6 pend -70.4")
	p, err := w.Preview(ctx, w.id)
	w.ok(err)
	if a := p.Actions; len(a) != 2 || a[0].Amount.String() != "36" || a[1].Amount.String() != "-100" {
		t.Errorf("the actions are %+v", a)
	}
	w.do(w.Outbound(ctx, c, post("20"), nil))
	w.previewed("T 182.6 pend -48.4")
	w.ok(w.RequestChange(ctx, c, "user_1"))
	w.refused(w.RequestChange(ctx, c, "user_1"), fault.InvalidData, c, "requested")
	w.do(w.ConfirmChange(ctx, c, "user_1"))
	w.see("v2 T 182.6 S[182.6,231,231,231,0,0,-48.4]")
	w.refused(in(w.ConfirmChange(ctx, c, "")), fault.InvalidData, c, "confirmed")
	w.refused(in(w.AddActions(ctx, c, order.NewAction{Action: order.ItemAdd})), fault.InvalidData, c, "confirmed")
	done, err := w.Changes.Retrieve(ctx, c)
	w.ok(err)
	if done.Status != order.ChangeConfirmed || done.Version != 2 || *done.ConfirmedBy != "user_1" || *done.RequestedBy != "user_1" {
		t.Errorf("the change is %+v", done)
	}
	empty := w.edits() // G6: a change without actions makes no version
	w.do(w.ConfirmChange(ctx, empty, ""))
	w.see("v2 T 182.6 S[182.6,231,231,231,0,0,-48.4]")
}

func repriced(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 1))
	w.pay("244.2")
	c := w.edits()
	w.sets(c, 1, 0, "")
	w.previewed("T 231 pend -13.2")
	w.sets(c, 0, 2, "90")
	w.previewed("T 209 pend -35.2")
	p, err := w.Preview(t.Context(), w.id)
	w.ok(err)
	if len(p.Items) != 2 || !p.Items[1].Quantity.IsZero() {
		t.Error("the preview does not list the item that is removed")
	}
	w.do(w.ConfirmChange(t.Context(), c, ""))
	w.see("v2 T 209 S[209,244.2,244.2,244.2,0,0,-35.2]")
	now, err := w.Snapshot(t.Context(), w.id)
	w.ok(err)
	if len(now.Items) != 1 {
		t.Errorf("the order has %d items, want 1", len(now.Items))
	}
}

func replayed(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{Items: []*order.Item{line{price: "25", quantity: "2"}.item()}, ShippingMethods: []*order.Shipping{line{price: "10"}.method()}})
	w.see("v1 T 60 S[60,60,0,0,0,0,60]")
	c := w.edits()
	w.do(w.AddItems(t.Context(), c, more(2, "12")))
	w.previewed("T 86.4 pend 86.4")
	for _, step := range []struct {
		n           int
		price, want string
	}{{2, "25", "86.4"}, {3, "25", "111.4"}, {3, "30", "126.4"}, {0, "", "36.4"}} {
		w.sets(c, 0, step.n, step.price)
		w.previewed("T " + step.want + " pend " + step.want)
	}
	w.do(w.ConfirmChange(t.Context(), c, ""))
	w.see("v2 T 36.4 S[36.4,60,0,0,0,0,36.4]")
}

func discardedEdit(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	c := w.edits()
	w.do(w.Outbound(ctx, c, post("10"), nil))
	w.ok(w.DiscardChange(ctx, c))
	c = w.edits()
	added, err := w.AddItems(ctx, c, more(1, "12"))
	w.ok(err)
	w.ok(w.UpdateAction(ctx, c, added[0].ID, order.ActionPatch{Quantity: new(money.Int(2))}))
	w.previewed("T 147.4 pend 147.4")
	w.ok(w.UpdateAction(ctx, c, added[0].ID, order.ActionPatch{Quantity: new(money.Int(1))}))
	w.do(w.ConfirmChange(ctx, c, ""))
	w.see("v2 T 134.2 S[134.2,121,0,0,0,0,134.2]")
	before, _ := w.rows()
	c = w.edits() // an action that is removed leaves nothing
	added, err = w.AddItems(ctx, c, more(1, "12"))
	w.ok(err)
	w.ok(w.RemoveActions(ctx, c, added[0].ID))
	w.ok(w.CancelChange(ctx, c, "user_1"))
	w.refused(w.DiscardChange(ctx, c), fault.InvalidData, c, "canceled")
	if after, _ := w.rows(); after != before {
		t.Errorf("there are %d lines, want %d", after, before)
	}
}

func editGuards(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0))
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 2)))
	w.refused(in(w.OpenChange(ctx, w.id)), fault.InvalidData, w.id, "no open change")
	w.refused(in(w.BeginEdit(ctx, order.NewChange{OrderID: "order_x"})), fault.InvalidData, "order_x")
	c := w.edits()
	w.refused(in(w.UpdateItem(ctx, c, w.lines[0], order.ItemPatch{Quantity: money.Int(1)})), fault.InvalidData, w.lines[0], "2 are fulfilled")
	w.refused(in(w.UpdateItem(ctx, c, "ordli_x", order.ItemPatch{Quantity: money.Int(1)})), fault.InvalidData, "ordli_x")
	w.refused(in(w.UpdateItem(ctx, c, w.lines[0], order.ItemPatch{Quantity: money.Int(-1)})), fault.InvalidData, w.lines[0], "-1")
	w.refused(in(w.AddItems(ctx, c, more(-1, "5"))), fault.InvalidData, "-1")
	w.refused(in(w.AddItems(ctx, c, more(1, "-5"))), fault.InvalidData, "-5")
	w.refused(in(w.AddActions(ctx, c, order.NewAction{Action: order.ShippingAdd, ReferenceID: "ordsm_x", Amount: new(money.Int(1))})), fault.InvalidData, "ordsm_x")
	w.refused(in(w.AddActions(ctx, c, order.NewAction{Action: order.ItemRemove, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(2))}})), fault.InvalidData, w.lines[0], "1 of 3")
	w.ok(w.DeclineChange(ctx, c, "user_1", "no"))
	w.refused(w.DeclineChange(ctx, c, "user_1", "no"), fault.InvalidData, c, "declined")
	w.refused(in(w.BeginEdit(ctx, order.NewChange{OrderID: w.id, Actions: []order.NewAction{{Action: order.ItemUpdate, Details: order.Details{ReferenceID: w.lines[0]}}}})), fault.InvalidData, w.lines[0], "quantity")
	if n, err := w.Changes.Count(ctx, module.Where{"order_id": w.id, "status": order.ChangePending}); n != 0 || err != nil {
		t.Errorf("%d changes are open (%v)", n, err)
	}
	w.see("v2 T 341 S[341,341,0,0,0,0,341]")
}

func openChangeBlocks(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	w.edits()
	w.refused(in(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1))), fault.InvalidData, w.id, "open change")
	w.refused(in(w.Transfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_2"})), fault.InvalidData, w.id)
	w.refused(in(w.AddCredit(ctx, w.id, "", order.Credit{Amount: money.Int(1)})), fault.InvalidData, w.id)
	w.refused(in(w.BeginEdit(ctx, order.NewChange{OrderID: w.id})), fault.InvalidData, w.id)
	w.refused(w.RevertVersion(ctx, w.id), fault.InvalidData, w.id)
	w.pay("121")
	w.ok(w.Complete(ctx, w.id))
	w.see("v1 T 121 S[121,121,121,121,0,0,0]")
}

func carriedOver(t *testing.T, d db.DB) {
	o := taxed(0, 0)
	o.Items = append(o.Items, line{price: "100", quantity: "1", rates: []string{"10"}, discount: "10"}.item())
	w := place(t, d, o)
	w.pay("110")
	c := w.edits()
	w.sets(c, 0, 2, "")
	w.previewed("T 220 pend 110")
	w.do(w.AddActions(t.Context(), c, order.NewAction{Action: order.ItemAdjustmentsReplace, Details: order.Details{
		ReferenceID: w.lines[0], Adjustments: []order.Adjustment{{Amount: money.Int(20), Code: new("TEN")}},
	}}))
	w.previewed("T 209 pend 99")
	w.do(w.ConfirmChange(t.Context(), c, ""))
	w.see("v2 T 209 S[209,110,110,110,0,0,99]")
}

func creditLines(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	credit := func(amount string) error {
		return in(w.AddCredit(ctx, w.id, "", order.Credit{Amount: money.MustParse(amount), Reference: "goodwill", ReferenceID: "gw"}))
	}
	w.refused(credit("-5"), fault.InvalidData, "-5", "121")
	w.refused(credit("500"), fault.InvalidData, "500", "121")
	w.ok(credit("21"))
	w.see("v2 T 100 S[100,121,0,0,0,21,100]")
	w.ok(credit("10"))
	w.see("v3 T 90 S[90,100,0,0,0,10,90]")
	w.pay("121")
	w.refused(credit("5"), fault.InvalidData, "-31")
	w.refused(credit("-50"), fault.InvalidData, "-31")
	w.ok(credit("-31"))
	w.see("v4 T 121 S[121,90,121,121,0,-31,0]")
	w.refused(credit("1"), fault.InvalidData)
	now, err := w.Snapshot(ctx, w.id)
	w.ok(err)
	if len(now.Credits) != 3 || !now.Order.CreditLineTotal.IsZero() || !sameJSON(now.Credits[2].Metadata, `{"created_in_version":4}`) {
		t.Errorf("the credit lines are %+v, in all %s", now.Credits, now.Order.CreditLineTotal)
	}
}

func transferred(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.CustomerID, o.Email = new("cus_a"), new("a@example.com")
	w := place(t, d, o)
	ctx := t.Context()
	n, to := order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_b", Token: "secret"}
	w.refused(in(w.RequestTransfer(ctx, n, order.To{CustomerID: "cus_a", Token: "x"})), fault.InvalidData, "cus_a", "already")
	w.refused(in(w.AcceptTransfer(ctx, w.id, "secret")), fault.InvalidData, w.id, "no transfer")
	c, err := w.RequestTransfer(ctx, n, to)
	w.ok(err)
	if c.Status != order.ChangeRequested {
		t.Errorf("the transfer is %s", c.Status)
	}
	w.refused(in(w.AcceptTransfer(ctx, w.id, "guess")), fault.NotAllowed, w.id)
	w.do(w.AcceptTransfer(ctx, w.id, "secret"))
	w.refused(in(w.AcceptTransfer(ctx, w.id, "secret")), fault.InvalidData)
	w.owner("cus_b", "a@example.com", 2)
	w.do(w.RequestTransfer(ctx, n, order.To{CustomerID: "cus_a", Email: new("new@example.com"), Token: "t"})) // H3
	w.refused(w.CancelTransfer(ctx, w.id, "cus_b"), fault.NotAllowed, "cus_b")
	w.ok(w.DeclineTransfer(ctx, w.id, "t"))
	w.do(w.RequestTransfer(ctx, n, order.To{CustomerID: "cus_a", Token: "t"}))
	w.ok(w.CancelTransfer(ctx, w.id, "cus_a"))
	w.do(w.RequestTransfer(ctx, n, order.To{CustomerID: "cus_a", Email: new("new@example.com"), Token: "t"}))
	w.do(w.AcceptTransfer(ctx, w.id, "t"))
	w.owner("cus_a", "new@example.com", 3)
	w.ok(w.RevertVersion(ctx, w.id))
	w.owner("cus_b", "a@example.com", 2)
}

// owner compares whose order it is.
func (w *world) owner(customer, email string, version int64) {
	w.Helper()
	o, err := w.Orders.Retrieve(w.Context(), w.id)
	w.ok(err)
	if *o.CustomerID != customer || *o.Email != email || o.Version != version {
		w.Errorf("version %d belongs to %s, %s; want version %d of %s, %s", o.Version, *o.CustomerID, *o.Email, version, customer, email)
	}
}

func guestTransfer(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.CustomerID, o.Email = new("cus_a"), new("a@example.com")
	w := place(t, d, o)
	w.do(w.Transfer(t.Context(), order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_guest", Email: new("guest@example.com")}))
	w.owner("cus_guest", "guest@example.com", 2)
}

func draftOrder(t *testing.T, d db.DB) {
	o := taxed(2, 0)
	o.Items = append(o.Items, line{price: "50", quantity: "1", rates: []string{"10"}}.item())
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	w := place(t, d, o)
	ctx := t.Context()
	w.see("v1 T 286 S[286,286,0,0,0,0,286]")
	c, err := w.BeginDraftEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(2, "12")))
	w.previewed("T 312.4 pend 312.4")
	w.sets(c.ID, 1, 2, "40")
	w.previewed("T 345.4 pend 345.4")
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.see("v2 T 345.4 S[345.4,286,0,0,0,0,345.4]")
	now, err := w.Snapshot(ctx, w.id) // the amount of a method changes from the next version on
	w.ok(err)
	c, err = w.BeginDraftEdit(ctx, order.NewChange{OrderID: w.id, Actions: []order.NewAction{
		{Action: order.ShippingUpdate, ReferenceID: now.Shippings[0].ShippingMethodID, Details: order.Details{Amount: new(money.Int(20))}},
	}})
	w.ok(err)
	w.previewed("T 356.4 pend 356.4")
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.ok(w.RevertVersion(ctx, w.id))
	w.see("v2 T 345.4 S[345.4,286,0,0,0,0,345.4]")
	w.ok(w.ConvertDraft(ctx, w.id))
	w.refused(w.ConvertDraft(ctx, w.id), fault.InvalidData, w.id, "pending")
	w.refused(w.DeleteDraft(ctx, w.id), fault.InvalidData, w.id)
	w.refused(in(w.BeginDraftEdit(ctx, order.NewChange{OrderID: w.id})), fault.InvalidData, w.id)
	o = taxed(1, 0)
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	w = place(t, d, o)
	w.ok(w.DeleteDraft(ctx, w.id))
	w.refused(w.DeleteDraft(ctx, w.id), fault.NotFound, w.id)
}

// The module's own sequence of the reference.
func sequence(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{
		Items:           []*order.Item{line{price: "10", quantity: "8"}.item(), line{price: "10", quantity: "2"}.item()},
		ShippingMethods: []*order.Shipping{line{price: "10"}.method()},
	})
	ctx := t.Context()
	w.pay("110")
	w.see("v1 T 110 S[110,110,110,110,0,0,0]")
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 8), w.part(1, 2)))
	w.do(w.Ship(ctx, w.id, "ful_1", "", w.part(0, 8), w.part(1, 1)))
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 3)))
	w.do(w.ReturnShipping(ctx, r.ID, line{price: "5"}.method().ShippingMethod, nil))
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.see("v4 T 115 S[115,110,110,110,0,0,-25]")
	w.receives(r.ID, 2)
	w.returned(r.ID, order.ReturnPartiallyReceived)
	w.see("v5 T 95 S[95,115,110,110,0,0,-25]")
	e, change := w.exchanges(1)
	w.do(w.AddItems(ctx, change.ID, order.More{Line: &order.LineItem{Title: "Plate", UnitPrice: money.Int(25)}, Quantity: money.Int(1)}))
	w.do(w.ReturnShipping(ctx, *w.exchanged(e.ID).ReturnID, line{price: "2"}.method().ShippingMethod, nil))
	w.do(w.Outbound(ctx, change.ID, line{price: "3"}.method().ShippingMethod, nil))
	w.do(w.ConfirmExchange(ctx, e.ID, ""))
	w.see("v6 T 125 S[125,95,110,110,0,0,-5]")
	w.ok(w.RevertVersion(ctx, w.id)) // defect 19: the methods of the exchange go
	w.see("v5 T 95 S[95,115,110,110,0,0,-25]")
	w.refused(in(w.Exchanges.Retrieve(ctx, e.ID)), fault.NotFound, e.ID)
	again, err := w.UndoChange(ctx, w.id) // the receipt is open again
	w.ok(err)
	w.see("v4 T 115 S[115,110,110,110,0,0,-25]")
	w.returned(r.ID, order.ReturnRequested)
	w.previewed("T 95 pend -15")
	if again.Status != order.ChangePending {
		t.Errorf("the change is %s", again.Status)
	}
	w.do(w.ConfirmReceipt(ctx, r.ID, ""))
	w.see("v5 T 95 S[95,115,110,110,0,0,-25]")
	w = place(t, d, taxed(1, 0))
	w.refused(w.RevertVersion(ctx, w.id), fault.InvalidData, w.id, "version 1")
}

// itemOf returns the line that an action adds.
func itemOf(t *testing.T, a *order.ChangeAction) string {
	t.Helper()
	var d struct {
		ReferenceID string `json:"reference_id"`
	}
	if err := json.Unmarshal(a.Details, &d); err != nil {
		t.Fatal(err)
	}
	return d.ReferenceID
}

// sameJSON reports whether two JSON values are the same but for spaces and the order of
// keys.
func sameJSON(a []byte, b string) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}
