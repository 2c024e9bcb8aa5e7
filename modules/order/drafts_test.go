package order_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// TestDrafts tries what changes draft in odd orders: other orders' rows, empty changes, and
// returns, claims and exchanges by the operations of their changes.
func TestDrafts(t *testing.T) {
	t.Parallel()
	tryEach(t, []trial{
		{"rows of another order", foreignRows},
		{"revert after an empty change", emptyThenRevert},
		{"undo after an empty receipt", emptyReceiptThenUndo},
		{"cancel after an empty receipt", emptyReceiptThenCancel},
		{"the return of a claim", claimsReturn},
		{"confirm by the change", confirmByChange},
		{"more than the return has", receiptBeyondReturn},
		{"a claim whose goods stay", claimWithoutBack},
		{"a return whose items are taken out", returnWithoutItems},
		{"revert of a transfer", transferBack},
		{"a transfer that does not say whose it was", transferFromNobody},
		{"adjustments of new lines", adjustedDrafts},
		{"a claim, and another return of it", claimAndDismissal},
		{"what an edit has removed of an exchange", exchangeAfterEdit},
		{"a canceled order", afterCancel},
		{"a draft order", countryOfDraft},
		{"reasons", draftedReasons},
		{"the amount of shipping", shippingAmount},
		{"revert deletes what was added", revertDeletes},
		{"a preview without a change", previewOfReturn},
		{"digits", tooManyDigits},
	})
}

// sound fails the test if the rows break a rule or a total is not what follows.
func (w *world) sound() {
	w.Helper()
	w.proved()
	if wrong := moduletest.Broken(w.Context(), w.T, w.store.DB, order.Module); wrong != "" {
		w.Error(wrong)
	}
}

func foreignRows(t *testing.T, d db.DB) {
	store := moduletest.Open(t, d, graph)
	a, b := placeIn(t, store, taxed(1, 0)), placeIn(t, store, taxed(1, 1))
	ctx := t.Context()
	c, err := a.BeginEdit(ctx, order.NewChange{OrderID: a.id})
	a.ok(err)
	now, err := b.Snapshot(ctx, b.id)
	a.ok(err)
	method := now.Shippings[0].ShippingMethodID
	a.refused(in(a.AddActions(ctx, c.ID, order.NewAction{Action: order.ItemAdd, Details: order.Details{ReferenceID: b.lines[0], Quantity: new(money.Int(1))}})), fault.InvalidData, b.lines[0])
	a.refused(in(a.AddActions(ctx, c.ID, order.NewAction{Action: order.ShippingAdd, ReferenceID: method, Amount: new(money.Int(10))})), fault.InvalidData, method)
	a.ok(a.DiscardChange(ctx, c.ID))
	b.see("v1 T 134.2 S[134.2,134.2,0,0,0,0,134.2]")
}

func emptyThenRevert(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.do(w.ApplyChange(ctx, order.NewChange{OrderID: w.id}))
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
	r := w.returns(1, "7")
	w.ok(w.RevertVersion(ctx, w.id))
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
	w.refused(in(w.Returns.Retrieve(ctx, r)), fault.NotFound)
	w.do(w.Changes.Retrieve(ctx, c.ID))
	w.sound()
}

func emptyReceiptThenUndo(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := w.returns(2, "")
	w.do(w.BeginReceipt(ctx, r, order.NewChange{}))
	w.do(w.ConfirmReceipt(ctx, r, ""))
	w.receives(r, 2)
	w.do(w.UndoChange(ctx, w.id))
	w.counts(0, "2 2/0/0 2/0/0 0")
	items, err := w.ReturnItems.List(ctx, module.Where{"return_id": r}, module.Page{})
	w.ok(err)
	if got := items[0].ReceivedQuantity.String(); got != "0" {
		t.Errorf("%s are received", got)
	}
	w.sound()
}

func emptyReceiptThenCancel(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	r := w.returns(2, "")
	w.do(w.BeginReceipt(t.Context(), r, order.NewChange{}))
	w.do(w.ConfirmReceipt(t.Context(), r, ""))
	w.ok(w.CancelReturn(t.Context(), r, ""))
	w.returned(r, order.ReturnCanceled)
	w.counts(0, "2 2/0/0 0/0/0 0")
}

// replaced begins a claim of one of the first line, which is sent back and replaced.
func (w *world) replaced() (*order.Claim, *order.Change, []*order.ChangeAction) {
	w.Helper()
	ctx := w.Context()
	claim, c := w.claims(order.ClaimReplace)
	w.do(w.ClaimFaults(ctx, claim.ID, w.faulty(0, 1)))
	back, err := w.ClaimBack(ctx, claim.ID, nil, w.back(0, 1))
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "12")))
	return claim, c, back
}

func claimsReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	claim, _, _ := w.replaced()
	r := w.returnOf(claim.ID)
	w.refused(in(w.ConfirmReturn(ctx, r, "")), fault.InvalidData, r, claim.ID)
	w.refused(w.DiscardReturn(ctx, r), fault.InvalidData, r, claim.ID)
	w.do(w.ConfirmClaim(ctx, claim.ID, ""))
	w.ok(w.CancelClaim(ctx, claim.ID, ""))
	w.counts(0, "2 2/0/0 0/0/0 0")
	w.sound()
}

func confirmByChange(t *testing.T, d db.DB) {
	w := place(t, d, taxed(4, 0)).fulfilled("451")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	c, err := w.BeginReturn(ctx, r, order.NewChange{})
	w.ok(err)
	w.refused(in(w.ConfirmChange(ctx, c.ID, "")), fault.InvalidData, r.ID, "no items")
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1)))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.returned(r.ID, order.ReturnRequested)
	c, err = w.BeginReceipt(ctx, r.ID, order.NewChange{})
	w.ok(err)
	w.do(w.ReceiveItems(ctx, r.ID, false, w.back(0, 1)))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.returned(r.ID, order.ReturnReceived)

	claim, c, _ := w.replaced()
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	if n, err := w.ClaimItems.Count(ctx, module.Where{"claim_id": claim.ID}); n != 2 || err != nil {
		t.Errorf("the claim has %d items (%v)", n, err)
	}
	w.refused(in(w.ConfirmChange(ctx, c.ID, "")), fault.InvalidData, c.ID, "confirmed")
	w.ok(w.CancelClaim(ctx, claim.ID, ""))

	exchange, c := w.exchanges(1)
	w.do(w.AddItems(ctx, c.ID, more(1, "12")))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.ok(w.CancelExchange(ctx, exchange.ID, ""))

	claim, c, _ = w.replaced()
	w.ok(w.DiscardChange(ctx, c.ID))
	w.refused(in(w.Claims.Retrieve(ctx, claim.ID)), fault.NotFound)
	claim, c, _ = w.replaced()
	r2 := w.returnOf(claim.ID)
	w.ok(w.DeclineChange(ctx, c.ID, "", "no"))
	w.returned(r2, order.ReturnCanceled)
	w.refused(w.CancelClaim(ctx, claim.ID, ""), fault.InvalidData, claim.ID, "canceled")
	w.sound()
}

func receiptBeyondReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	ctx := t.Context()
	r := w.returns(2, "")
	w.returns(1, "")
	c, err := w.BeginReceipt(ctx, r, order.NewChange{})
	w.ok(err)
	all, err := w.ReceiveItems(ctx, r, false, w.back(0, 2))
	w.ok(err)
	w.refused(w.UpdateAction(ctx, c.ID, all[0].ID, order.ActionPatch{Quantity: new(money.Int(3))}), fault.InvalidData, r, w.lines[0])
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ReceiveReturnItem, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))}})), fault.InvalidData, r)
	w.do(w.ConfirmReceipt(ctx, r, ""))
	w.counts(0, "3 3/0/0 1/2/0 0")
	w.sound()
}

func claimWithoutBack(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	claim, c, back := w.replaced()
	r := w.returnOf(claim.ID)
	w.do(w.ReturnShipping(ctx, r, post("7"), nil))
	w.previewed("T 251.9 pend 20.9")
	w.ok(w.RemoveActions(ctx, c.ID, back[0].ID))
	w.previewed("T 244.2 pend 13.2")
	w.refused(in(w.ReturnShipping(ctx, r, post("9"), nil)), fault.InvalidData, claim.ID, "nothing is sent back")
	after, err := w.ConfirmClaim(ctx, claim.ID, "")
	w.ok(err)
	if got := after.Order.Total.String(); got != "244.2" {
		t.Errorf("the total is %s", got)
	}
	w.see("v3 T 244.2 S[244.2,231,231,231,0,0,13.2]")
	w.do(w.UndoChange(ctx, w.id))
	w.previewed("T 244.2 pend 13.2")
	w.do(w.ConfirmClaim(ctx, claim.ID, ""))
	w.sound()
}

func returnWithoutItems(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id, LocationID: new("sloc_1")}
	c, err := w.BeginReturn(ctx, r, order.NewChange{})
	w.ok(err)
	all, err := w.RequestItems(ctx, r.ID, w.back(0, 1), w.back(0, 1))
	w.ok(err)
	w.do(w.ReturnShipping(ctx, r.ID, post("7"), nil))
	w.ok(w.RemoveActions(ctx, c.ID, all[0].ID))
	w.previewed("T 238.7 pend 7.7")
	w.ok(w.RemoveActions(ctx, c.ID, all[1].ID))
	w.previewed("T 231 pend 0")
	now, err := w.Returns.Retrieve(ctx, r.ID)
	w.ok(err)
	if now.LocationID != nil {
		t.Errorf("it goes to %q", *now.LocationID)
	}
}

func transferBack(t *testing.T, d db.DB) {
	for _, from := range []*string{new("cus_a"), nil} {
		o := taxed(1, 0)
		o.CustomerID, o.Email = from, new("a@example.com")
		w := place(t, d, o)
		ctx := t.Context()
		w.do(w.Transfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_b", Email: new("b@example.com")}))
		w.ok(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"email": "c@example.com"}}))
		w.ok(w.RevertVersion(ctx, w.id))
		now, err := w.Orders.Retrieve(ctx, w.id)
		w.ok(err)
		if (from == nil) != (now.CustomerID == nil) || from != nil && *from != *now.CustomerID || *now.Email != "c@example.com" {
			t.Errorf("the order is of %v, %s", now.CustomerID, *now.Email)
		}
		all, err := w.Changes.List(ctx, module.Where{"order_id": w.id}, module.Page{})
		w.ok(err)
		if len(all) != 1 || all[0].Version != 1 {
			t.Errorf("the changes are %+v, want the update, in version 1", all)
		}
		w.sound()
	}
}

func transferFromNobody(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.CustomerID = new("cus_a")
	w := place(t, d, o)
	w.do(w.Transfer(t.Context(), order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_b"}))
	_, err := d.Exec(t.Context(), "UPDATE order_change_action SET details = '{}' WHERE order_id = "+d.Dialect().Placeholder(1), w.id) // as an import may bring it
	w.ok(err)
	w.refused(w.RevertVersion(t.Context(), w.id), fault.InvalidData, w.id, "who had it before")
	w.see("v2 T 121 S[121,121,0,0,0,0,121]")
}

func adjustedDrafts(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	off := line{price: "50", quantity: "1", rates: []string{"10"}, discount: "10"}
	w.refused(in(w.AddItems(ctx, c.ID, order.More{Line: off.item().Item, Quantity: money.Int(1)})), fault.InvalidData, "ITEM_ADJUSTMENTS_REPLACE")
	w.refused(in(w.Outbound(ctx, c.ID, off.method().ShippingMethod, nil)), fault.InvalidData, "SHIPPING_ADJUSTMENTS_REPLACE")
	added := more(1, "50")
	w.do(w.AddItems(ctx, c.ID, added))
	w.do(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ItemAdjustmentsReplace, Details: order.Details{
		ReferenceID: added.Line.ID, Adjustments: []order.Adjustment{{Amount: money.Int(10)}},
	}}))
	w.previewed("T 275 pend 275")
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.see("v2 T 275 S[275,231,0,0,0,0,275]")
	w.sound()
}

func claimAndDismissal(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, _ := w.claims(order.ClaimRefund)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1), w.faulty(0, 1)))
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	r := w.returns(1, "")
	w.do(w.BeginReceipt(ctx, r, order.NewChange{}))
	w.do(w.ReceiveItems(ctx, r, true, w.back(0, 1)))
	w.do(w.ConfirmReceipt(ctx, r, ""))
	w.ok(w.CancelClaim(ctx, c.ID, ""))
	w.counts(0, "2 2/0/0 0/0/1 1")
	w.sound()
}

func exchangeAfterEdit(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	e, c := w.exchanges(1)
	one, two := more(2, "12"), more(2, "15")
	w.do(w.AddItems(ctx, c.ID, one, two))
	w.do(w.ConfirmExchange(ctx, e.ID, ""))
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.UpdateItem(ctx, c.ID, one.Line.ID, order.ItemPatch{Quantity: money.Zero}))
	w.do(w.UpdateItem(ctx, c.ID, two.Line.ID, order.ItemPatch{Quantity: money.Int(1)}))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.ok(w.CancelExchange(ctx, e.ID, ""))
	w.previewed("T 231 pend 0")
	w.sound()
}

func afterCancel(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := w.returns(1, "")
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{}))
	w.refused(in(w.BeginReceipt(ctx, r, order.NewChange{})), fault.InvalidData, w.id, "canceled")
	w.refused(in(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Actions: []order.NewAction{{Action: order.ShipItem, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))}}}})), fault.InvalidData, w.id, "canceled")
	w.ok(w.CancelReturn(ctx, r, ""))
	w.counts(0, "2 2/0/0 0/0/0 0")
}

func countryOfDraft(t *testing.T, d db.DB) {
	o := placedDraft()
	o.ShippingAddress = &order.Address{City: new("Paris"), CountryCode: new("fr")}
	w := place(t, d, o)
	ctx := t.Context()
	w.ok(w.UpdateOrder(ctx, w.id, "", order.Update{ShippingAddress: module.Patch{"country_code": "de"}}))
	w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"email": "no address"}}), fault.InvalidData, "no address")
	w.ok(w.Complete(ctx, w.id))
	w.refused(w.DeleteDraft(ctx, w.id), fault.InvalidData, w.id, "completed")
	other := placeIn(t, w.store, placedDraft())
	w.ok(w.Cancel(ctx, other.id, "", order.Credit{}))
	w.refused(in(w.BeginDraftEdit(ctx, order.NewChange{OrderID: other.id})), fault.InvalidData, other.id, "canceled")
}

func draftedReasons(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	c, err := w.BeginReturn(ctx, r, order.NewChange{})
	w.ok(err)
	all, err := w.RequestItems(ctx, r.ID, w.back(0, 1))
	w.ok(err)
	w.refused(w.UpdateAction(ctx, c.ID, all[0].ID, order.ActionPatch{ReasonID: new("rr_none")}), fault.InvalidData, "rr_none")
	w.ok(w.DiscardReturn(ctx, r.ID))
	w.refused(in(w.ConfirmChange(ctx, "ordch_none", "")), fault.InvalidData, "ordch_none")
	claim, _ := w.claims(order.ClaimRefund)
	f := w.faulty(0, 1)
	f.Reason = "bogus"
	w.refused(in(w.ClaimFaults(ctx, claim.ID, f)), fault.InvalidData, "bogus", "wrong_item")
}

func shippingAmount(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	a, err := w.Outbound(ctx, c.ID, post("20"), nil)
	w.ok(err)
	w.previewed("T 253 pend 253")
	w.ok(w.UpdateAction(ctx, c.ID, a.ID, order.ActionPatch{Amount: new(money.Int(5))}))
	w.previewed("T 236.5 pend 236.5")
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.see("v2 T 236.5 S[236.5,231,0,0,0,0,236.5]")
}

func revertDeletes(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	lines, methods := w.rows()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "50")))
	w.do(w.Outbound(ctx, c.ID, post("5"), nil))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.ok(w.RevertVersion(ctx, w.id))
	if l, m := w.rows(); l != lines || m != methods {
		t.Errorf("%d lines and %d methods are left, want %d and %d", l, m, lines, methods)
	}
}

func previewOfReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	w.returns(1, "")
	w.previewed("T 231 pend -110")
}

func tooManyDigits(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0))
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.MustParse("99999999999999999999")}))
	half := order.NewAction{Action: order.ItemAdd, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.MustParse("0.5"))}}
	w.refused(in(w.AddActions(ctx, c.ID, half)), fault.InvalidData, "20 digits")
}
