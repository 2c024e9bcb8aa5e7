package order_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

func (w *world) credit(amount int64, reference, id string) {
	w.Helper()
	w.do(w.ApplyChange(w.Context(), order.NewChange{OrderID: w.id, Type: order.ChangeCreditLine, Actions: []order.NewAction{
		{Action: order.CreditLineAdd, Reference: reference, ReferenceID: id, Amount: new(money.Int(amount))},
	}}))
}

func fullRefund(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	w.pay("121")
	w.credit(121, "payment_collection", "pay_col_1")
	w.pay("-121")
	w.see("v2 T 0 S[0,121,0,121,121,121,0]")
	w.sound()
}

func refundReason(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	w.pay("121")
	w.credit(1, "Late", "late")
	w.pay("-1")
	w.see("v2 T 120 S[120,121,120,121,1,1,0]")
	now, err := w.Snapshot(t.Context(), w.id)
	w.ok(err)
	if len(now.Credits) != 1 || !now.Credits[0].Amount.Equal(money.Int(1)) || *now.Credits[0].Reference != "Late" || *now.Credits[0].ReferenceID != "late" {
		t.Errorf("the credit lines are %+v", now.Credits)
	}
}

func nothingToPay(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{
		Items:           []*order.Item{line{price: "100", quantity: "1", rates: []string{"10"}, discount: "100"}.item()},
		ShippingMethods: []*order.Shipping{line{price: "10", rates: []string{"10"}, discount: "10"}.method()},
	})
	w.see("v1 T 0 S[0,0,0,0,0,0,0]")
	o, err := w.Orders.Retrieve(t.Context(), w.id)
	w.ok(err)
	if !o.DiscountTotal.Equal(money.Int(121)) {
		t.Errorf("the discount is %s, want 121", o.DiscountTotal)
	}
	w.sound()
}

func unfulfilledAgain(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.do(w.Unfulfill(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.see("v3 T 121 S[121,121,0,0,0,0,121]")
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{}))
	w.see("v3 T 121 S[121,121,0,0,0,0,121]")
	w.refused(in(w.Deliver(ctx, w.id, "ful_1", "", w.part(0, 1))), fault.InvalidData, w.id, "canceled")
	w.sound()
}

// untaxedReturn is a return with shipping that has no taxes. The original total is that
// before the change.
func untaxedReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1)))
	w.do(w.ReturnShipping(ctx, r.ID, &order.ShippingMethod{Name: "Return", Amount: money.Int(7)}, nil))
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.returned(r.ID, order.ReturnRequested)
	w.see("v3 T 238 S[238,231,231,231,0,0,-103]")
	w.sound()
}

func outboundUnpaid(t *testing.T, d db.DB) {
	w := place(t, d, &order.Order{
		Items:           []*order.Item{line{price: "100", quantity: "1", rates: []string{"6"}}.item()},
		ShippingMethods: []*order.Shipping{line{price: "0"}.method()},
	})
	ctx := t.Context()
	w.see("v1 T 106 S[106,106,0,0,0,0,106]")
	claim := &order.Claim{OrderID: w.id, Type: order.ClaimReplace}
	c, err := w.BeginClaim(ctx, claim, order.NewChange{})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "100")))
	w.do(w.ConfirmClaim(ctx, claim.ID, ""))
	w.see("v2 T 216 S[216,106,0,0,0,0,216]")
	w.sound()
}

func partlyFulfilled(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1)))
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(5)}))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.see("v3 T 561 S[561,231,0,0,0,0,561]")
	w.counts(0, "5 1/0/0 0/0/0 0")
	w.sound()
}

func deletedDraft(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	w := place(t, d, o)
	ctx := t.Context()
	w.ok(w.DeleteDraft(ctx, w.id))
	w.refused(w.DeleteDraft(ctx, w.id), fault.NotFound, w.id)
	o = taxed(1, 0)
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	w = place(t, d, o)
	w.ok(w.ConvertDraft(ctx, w.id))
	w.refused(w.DeleteDraft(ctx, w.id), fault.InvalidData, w.id, "no draft")
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")
}

func refundOfWhatIsOwed(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	ctx := t.Context()
	id := w.returns(2, "7")
	w.see("v3 T 348.7 S[348.7,341,341,341,0,0,-212.3]")
	w.do(w.BeginReceipt(ctx, id, order.NewChange{}))
	w.do(w.ReceiveItems(ctx, id, false, w.back(0, 1)))
	w.do(w.ReceiveItems(ctx, id, true, w.back(0, 1)))
	w.do(w.ConfirmReceipt(ctx, id, ""))
	w.pay("-212.3")
	w.see("v4 T 128.7 S[128.7,348.7,128.7,341,212.3,0,0]")
	w.sound()
}

// claimGuards leaves out what needs a price or stock, which other modules have.
func claimGuards(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	for _, kind := range []order.ClaimType{"", "lost"} {
		w.refused(in(w.BeginClaim(ctx, &order.Claim{OrderID: w.id, Type: kind}, order.NewChange{})), fault.InvalidData, "type")
	}
	c, _ := w.claims(order.ClaimRefund)
	w.refused(in(w.ClaimFaults(ctx, c.ID, w.faulty(0, 3))), fault.InvalidData, w.lines[0], "3", "2")
	unknown := w.faulty(0, 1)
	unknown.ItemID = "ordli_no"
	w.refused(in(w.ClaimFaults(ctx, c.ID, unknown)), fault.InvalidData, "ordli_no")
	w.refused(in(w.ConfirmClaim(ctx, c.ID, "")), fault.InvalidData, c.ID)
	w.ok(w.DiscardClaim(ctx, c.ID))
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
	w.sound()
}

func editUnpaid(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	c := w.edits()
	w.do(w.AddItems(t.Context(), c, more(1, "12")))
	w.do(w.ConfirmChange(t.Context(), c, ""))
	w.see("v2 T 134.2 S[134.2,121,0,0,0,0,134.2]")
	w.pay("134.2")
	w.see("v2 T 134.2 S[134.2,121,134.2,134.2,0,0,0]")
	w.sound()
}

// moneyWhileBlocked refuses what would move money for an open change, before it moves;
// money that has moved is recorded even so.
func moneyWhileBlocked(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	w.pay("231")
	c := w.edits()
	w.refused(in(w.AddCredit(ctx, w.id, "", order.Credit{Amount: money.Int(10)})), fault.InvalidData, w.id)
	w.refused(w.Cancel(ctx, w.id, "", order.Credit{}), fault.InvalidData, w.id, "open change")
	w.see("v1 T 231 S[231,231,231,231,0,0,0]")
	w.pay("-10")
	w.see("v1 T 231 S[231,231,221,231,10,0,10]")
	w.do(w.ConfirmChange(ctx, c, ""))
	w.see("v1 T 231 S[231,231,221,231,10,0,10]")
	w.sound()
}
