package order_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// The scenarios are named as in the reference: what they say of one order, without
// payments, stock and fulfillments, which are other modules'.
func TestScenarios(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for name, run := range map[string]func(*testing.T, db.DB){
			"A": placement, "A6": fullRefund, "A7": refundReason, "A8": nothingToPay, "B1": fulfillment, "B2": fulfillmentGuards, "B5": unfulfilledAgain, "C": cancellation, "C5": statusMoves,
			"D1": returnWithShipping, "D2": refundOfWhatIsOwed, "D3": twoReceipts, "D4": canceledReturn, "D5": discardedReturn, "D7": twoReturns, "D8": discountFollows, "D9": returnGuards, "D11": untaxedReturn,
			"E1": refundClaim, "E2": claimWithInbound, "E3": replacement, "E4": canceledReplacement, "E7": discardedClaim, "E8": taxOnShipping, "E9": outboundUnpaid, "E10": claimGuards,
			"F1": exchange, "F2": canceledExchange, "F3": exchangeGuards,
			"G1": edit, "G2": repriced, "G3": replayed, "G4": editUnpaid, "G5": discardedEdit, "G7": editGuards, "G8": openChangeBlocks,
			"G9": moneyWhileBlocked, "G10": carriedOver, "G11": partlyFulfilled,
			"H1": creditLines, "H2": transferred, "H4": guestTransfer, "H5": draftOrder, "H6": deletedDraft, "H7": updated, "K": sequence,
		} {
			t.Run(name, func(t *testing.T) { run(t, d) })
		}
	})
}

func placement(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	w.see("v1 T 231 S[231,231,0,0,0,0,231]")
	w.pay("231")
	w.see("v1 T 231 S[231,231,231,231,0,0,0]")
	w = place(t, d, taxed(1, 0)) // A3, A5
	w.pay("50")
	w.see("v1 T 121 S[121,121,50,50,0,0,71]")
	w.pay("71")
	w.do(w.ApplyChange(t.Context(), order.NewChange{OrderID: w.id, Type: order.ChangeCreditLine, Actions: []order.NewAction{
		{Action: order.CreditLineAdd, Reference: "payment_collection", ReferenceID: "pay_col_1", Amount: new(money.Int(21))},
	}}))
	w.pay("-21")
	w.see("v2 T 100 S[100,121,100,121,21,21,0]")
	w.ok(w.Record(t.Context(), w.id, order.Entry{Amount: money.Int(50), Reference: "capture", ReferenceID: "capture0"})) // known
	w.see("v2 T 100 S[100,121,100,121,21,21,0]")
	w.refused(w.Record(t.Context(), w.id, order.Entry{Amount: money.Int(1), Currency: "eur"}), fault.InvalidData, w.id, "usd", "eur")
}

func fulfillment(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0))
	ctx := t.Context()
	w.pay("341")
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.do(w.Ship(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.do(w.Deliver(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.do(w.Fulfill(ctx, w.id, "ful_2", "", w.part(0, 2)))
	w.counts(0, "3 3/1/1 0/0/0 0")
	w.do(w.Unfulfill(ctx, w.id, "ful_2", "", w.part(0, 2)))
	w.counts(0, "3 1/1/1 0/0/0 0")
	w.do(w.Fulfill(ctx, w.id, "ful_3", "", w.part(0, 2)))
	w.do(w.Deliver(ctx, w.id, "ful_3", "", w.part(0, 2)))
	w.counts(0, "3 3/1/3 0/0/0 0")
	w.see("v8 T 341 S[341,341,341,341,0,0,0]")
}

func fulfillmentGuards(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0))
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 1)))
	w.refused(in(w.Fulfill(ctx, w.id, "f", "", w.part(0, 3))), fault.InvalidData, w.lines[0], "3", "2 of 3")
	w.refused(in(w.Fulfill(ctx, w.id, "f", "")), fault.InvalidData, w.id)
	w.refused(in(w.Fulfill(ctx, w.id, "f", "", order.Part{ItemID: "ordli_x", Quantity: money.Int(1)})), fault.InvalidData, w.id, "ordli_x")
	w.refused(in(w.Fulfill(ctx, w.id, "f", "", w.part(0, 0))), fault.InvalidData, w.lines[0], "0")
	w.refused(in(w.Ship(ctx, w.id, "f", "", w.part(0, 2))), fault.InvalidData, w.lines[0], "1 of 3")
	w.refused(in(w.Deliver(ctx, w.id, "f", "", w.part(0, 2))), fault.InvalidData, w.lines[0])
	w.refused(in(w.Unfulfill(ctx, w.id, "f", "", w.part(0, 2))), fault.InvalidData, w.lines[0])
	w.refused(in(w.Fulfill(ctx, "order_x", "f", "", w.part(0, 1))), fault.NotFound, "order_x")
	w.see("v2 T 341 S[341,341,0,0,0,0,341]")
}

func cancellation(t *testing.T, d db.DB) {
	ctx := t.Context()
	credit := order.Credit{Reference: "payment_collection", ReferenceID: "pay_col_1"}
	w := place(t, d, taxed(1, 0)) // C1: nothing was paid, so there is no credit
	w.ok(w.Cancel(ctx, w.id, "", credit))
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")
	w.refused(w.Cancel(ctx, w.id, "", credit), fault.InvalidData, w.id, "canceled")
	w = place(t, d, taxed(1, 0)) // C2
	w.pay("121")
	w.ok(w.Cancel(ctx, w.id, "", credit, order.Entry{Amount: money.Int(-121), Reference: "refund", ReferenceID: "pay_1"}))
	w.see("v2 T 0 S[0,121,0,121,121,121,0]")
	w.refused(w.RevertVersion(ctx, w.id), fault.InvalidData, w.id, "canceled")
	w = place(t, d, taxed(1, 0)) // C3
	w.pay("121")
	w.do(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Actions: []order.NewAction{{Action: order.CreditLineAdd, Amount: new(money.Int(21))}}}))
	w.pay("-21")
	w.ok(w.Cancel(ctx, w.id, "", credit, order.Entry{Amount: money.Int(-100), Reference: "refund", ReferenceID: "pay_1"}))
	w.see("v3 T 0 S[0,100,0,121,121,100,0]")
	w = place(t, d, taxed(1, 0)) // defect 7: refused while a change is open, and nothing is recorded
	w.pay("121")
	w.do(w.BeginEdit(ctx, order.NewChange{OrderID: w.id}))
	w.refused(w.Cancel(ctx, w.id, "", credit, order.Entry{Amount: money.Int(-121), Reference: "refund", ReferenceID: "pay_1"}), fault.InvalidData, w.id)
	w.see("v1 T 121 S[121,121,121,121,0,0,0]")
}

func statusMoves(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	w.refused(w.Archive(ctx, w.id), fault.InvalidData, w.id, "pending", "completed")
	w.ok(w.Complete(ctx, w.id))
	w.refused(w.Cancel(ctx, w.id, "", order.Credit{}), fault.NotAllowed, w.id, "completed")
	w.ok(w.Archive(ctx, w.id))
	w.ok(w.Complete(ctx, w.id))
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")
	w = place(t, d, taxed(1, 0))
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{}))
	w.refused(w.Complete(ctx, w.id), fault.InvalidData, w.id, "canceled")
	w.ok(w.Archive(ctx, w.id))
}

func returnWithShipping(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: w.id}, order.NewChange{})), fault.InvalidData, w.id, "open change")
	w.refused(in(w.RequestItems(ctx, r.ID, w.back(0, 4))), fault.InvalidData, w.lines[0], "4", "3 of 3")
	w.previewed("T 341 pend 0")
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 2)))
	w.previewed("T 341 pend 0")
	w.do(w.ReturnShipping(ctx, r.ID, post("9"), nil))
	w.do(w.ReturnShipping(ctx, r.ID, post("7"), nil)) // replaces it
	w.previewed("T 348.7 pend 7.7")
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.see("v3 T 348.7 S[348.7,341,341,341,0,0,-212.3]")
	w.returned(r.ID, order.ReturnRequested)
	w.do(w.BeginReceipt(ctx, r.ID, order.NewChange{}))
	w.do(w.ReceiveItems(ctx, r.ID, false, w.back(0, 1)))
	w.previewed("T 238.7 pend -102.3")
	w.refused(in(w.ReceiveItems(ctx, r.ID, true, w.back(0, 2))), fault.InvalidData, w.lines[0])
	w.do(w.ReceiveItems(ctx, r.ID, true, w.back(0, 1)))
	w.previewed("T 128.7 pend -212.3")
	w.do(w.ConfirmReceipt(ctx, r.ID, ""))
	w.see("v4 T 128.7 S[128.7,348.7,341,341,0,0,-212.3]")
	w.counts(0, "3 3/0/0 0/1/1 1")
	w.returned(r.ID, order.ReturnReceived)
	items, err := w.ReturnItems.List(ctx, module.Where{"return_id": r.ID}, module.Page{})
	w.ok(err)
	if len(items) != 1 || items[0].ReceivedQuantity.String() != "2" || items[0].DamagedQuantity.String() != "1" {
		t.Errorf("the return items are %+v", items)
	}
	w.do(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Type: order.ChangeCreditLine, Actions: []order.NewAction{{Action: order.CreditLineAdd, Amount: new(money.MustParse("1.1"))}}}))
	w.pay("-213.4")
	w.see("v5 T 127.6 S[127.6,128.7,127.6,341,213.4,1.1,0]")
}

func twoReceipts(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	r := w.returns(3, "")
	w.receives(r, 1)
	w.see("v4 T 231 S[231,341,341,341,0,0,-330]")
	w.returned(r, order.ReturnPartiallyReceived)
	w.receives(r, 2) // defect 1: all of it has arrived
	w.see("v5 T 11 S[11,231,341,341,0,0,-330]")
	w.returned(r, order.ReturnReceived)
	w.refused(in(w.BeginReceipt(t.Context(), r, order.NewChange{})), fault.NotAllowed, r, "received")
}

func canceledReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	r := w.returns(2, "7")
	w.see("v3 T 348.7 S[348.7,341,341,341,0,0,-212.3]")
	w.ok(w.CancelReturn(t.Context(), r, ""))
	w.see("v4 T 341 S[341,348.7,341,341,0,0,0]")
	w.returned(r, order.ReturnCanceled)
	w.refused(w.CancelReturn(t.Context(), r, ""), fault.InvalidData, r, "canceled")
	w.refused(w.RevertVersion(t.Context(), w.id), fault.InvalidData, w.id, "cannot be taken back")
	r = w.returns(2, "")
	w.receives(r, 1)
	w.refused(w.CancelReturn(t.Context(), r, ""), fault.NotAllowed, r, "came back")
}

func discardedReturn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1)))
	w.do(w.ReturnShipping(ctx, r.ID, post("7"), nil))
	w.ok(w.DiscardReturn(ctx, r.ID))
	w.refused(in(w.Returns.Retrieve(ctx, r.ID)), fault.NotFound)
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
	w.returns(1, "")
	w.see("v3 T 231 S[231,231,231,231,0,0,-110]")
}

func twoReturns(t *testing.T, d db.DB) {
	w := place(t, d, taxed(3, 0)).fulfilled("341")
	a := w.returns(1, "5")
	w.see("v3 T 346.5 S[346.5,341,341,341,0,0,-104.5]")
	b := w.returns(2, "0")
	w.see("v4 T 346.5 S[346.5,346.5,341,341,0,0,-324.5]")
	w.receives(b, 2)
	w.see("v5 T 126.5 S[126.5,346.5,341,341,0,0,-324.5]")
	w.receives(a, 1)
	w.pay("-324.5")
	w.see("v6 T 16.5 S[16.5,126.5,16.5,341,324.5,0,0]")
	ctx := t.Context() // D10, defect 2: all of it came back
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.refused(in(w.RequestItems(ctx, r.ID, w.back(0, 1))), fault.InvalidData, w.lines[0], "0 of 3")
}

func discountFollows(t *testing.T, d db.DB) {
	o := taxed(0, 0)
	o.Items = append(o.Items, line{price: "100", quantity: "3", rates: []string{"10"}, discount: "30"}.item())
	w := place(t, d, o).fulfilled("308")
	r := w.returns(1, "")
	w.see("v3 T 308 S[308,308,308,308,0,0,-99]")
	w.receives(r, 1)
	w.see("v4 T 209 S[209,308,308,308,0,0,-99]")
	now, err := w.Snapshot(t.Context(), w.id)
	w.ok(err)
	if i := now.Items[0]; i.Total.String() != "198" || i.DiscountTotal.String() != "22" {
		t.Errorf("the item comes to %s with a discount of %s, want 198 and 22", i.Total, i.DiscountTotal)
	}
}

func returnGuards(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 1))
	ctx := t.Context()
	w.do(w.Fulfill(ctx, w.id, "ful_1", "", w.part(0, 2)))
	r := &order.Return{OrderID: w.id}
	w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: "order_x"}, order.NewChange{})), fault.InvalidData, "order_x")
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.refused(in(w.ConfirmReturn(ctx, r.ID, "")), fault.InvalidData, r.ID, "no items")
	w.refused(in(w.RequestItems(ctx, r.ID, order.Back{ItemID: "ordli_x", Quantity: money.Int(1)})), fault.InvalidData, "ordli_x")
	w.refused(in(w.RequestItems(ctx, r.ID, w.back(0, 0))), fault.InvalidData, w.lines[0])
	w.refused(in(w.RequestItems(ctx, r.ID, w.back(1, 1))), fault.InvalidData, w.lines[1], "0 of 1") // not fulfilled
	w.refused(in(w.RequestItems(ctx, r.ID, order.Back{ItemID: w.lines[0], Quantity: money.Int(1), ReasonID: "rr_x"})), fault.InvalidData, "rr_x")
	w.refused(in(w.RequestItems(ctx, r.ID, order.Back{ItemID: w.lines[0], Quantity: money.MustParse("0.1234567890123456789012")})), fault.InvalidData, "digits")
	c, err := w.OpenChange(ctx, w.id)
	w.ok(err)
	w.refused(w.RemoveActions(ctx, c.ID, "ordchact_x"), fault.NotFound, "ordchact_x")
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: "EXPLODE"})), fault.InvalidData, "EXPLODE", "ITEM_ADD")
	w.see("v2 T 244.2 S[244.2,244.2,0,0,0,0,244.2]")
	// D6: an empty receipt is received in part, and makes no version
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1)))
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.do(w.BeginReceipt(ctx, r.ID, order.NewChange{}))
	w.do(w.ConfirmReceipt(ctx, r.ID, ""))
	w.returned(r.ID, order.ReturnPartiallyReceived)
	w.see("v3 T 244.2 S[244.2,244.2,0,0,0,0,134.2]")
}
