package order_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestBegins(t *testing.T) {
	t.Parallel()
	tryEach(t, []trial{
		{"a change names nothing that its operation does not", foreignNames},
		{"a change begins with actions of its own only", foreignActions},
		{"a return sends nothing out", nothingOut},
		{"reasons are known before anything is drafted", knownReasons},
		{"a transfer has its own operation", rawTransfer},
		{"a draft order is a draft", draftStatus},
		{"amounts are what can be stored", boundedAmounts},
	})
}

func foreignNames(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	c, _ := w.claims(order.ClaimRefund)
	w.do(w.ClaimFaults(ctx, c.ID, w.faulty(0, 1)))
	w.do(w.ConfirmClaim(ctx, c.ID, ""))
	other := place(t, d, taxed(1, 0)).fulfilled("121").returns(1, "")
	claim := order.NewChange{ClaimID: c.ID}
	w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: w.id}, claim)), fault.InvalidData, c.ID)
	w.refused(in(w.BeginExchange(ctx, &order.Exchange{OrderID: w.id}, claim)), fault.InvalidData, c.ID)
	w.refused(in(w.BeginClaim(ctx, &order.Claim{OrderID: w.id, Type: order.ClaimRefund}, order.NewChange{ReturnID: other})), fault.InvalidData, other)
	to := order.To{CustomerID: "cus_b", Token: "t"}
	w.refused(in(w.RequestTransfer(ctx, order.NewChange{OrderID: w.id, ReturnID: other}, to)), fault.InvalidData, other)
	w.refused(in(w.Transfer(ctx, order.NewChange{OrderID: w.id, ReturnID: other}, to)), fault.InvalidData, other)
	w.refused(in(w.BeginReceipt(ctx, w.returns(1, ""), order.NewChange{ReturnID: other})), fault.InvalidData, other)
	o := taxed(1, 0)
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	draft := place(t, d, o)
	w.refused(in(draft.BeginDraftEdit(ctx, order.NewChange{OrderID: draft.id, ReturnID: other})), fault.InvalidData, other)
	n, err := w.Returns.Count(ctx, nil)
	w.ok(err)
	if n != 2 {
		t.Errorf("there are %d returns, want 2: what is refused is not written", n)
	}
	w.sound()
}

func foreignActions(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	requested := w.returns(1, "")
	for _, a := range []order.NewAction{
		{Action: order.TransferCustomer, ReferenceID: "cus_b"},
		{Action: order.UpdateOrderProperties},
		{Action: order.ReceiveReturnItem, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))}},
	} {
		n := order.NewChange{Actions: []order.NewAction{a}}
		w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: w.id}, n)), fault.InvalidData, string(a.Action))
		w.refused(in(w.BeginClaim(ctx, &order.Claim{OrderID: w.id, Type: order.ClaimRefund}, n)), fault.InvalidData, string(a.Action))
		w.refused(in(w.BeginExchange(ctx, &order.Exchange{OrderID: w.id}, n)), fault.InvalidData, string(a.Action))
		n.OrderID = w.id
		w.refused(in(w.BeginEdit(ctx, n)), fault.InvalidData, string(a.Action))
	}
	update := order.NewChange{Actions: []order.NewAction{{Action: order.ItemUpdate, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(9))}}}}
	w.refused(in(w.BeginReceipt(ctx, requested, update)), fault.InvalidData, requested)
	w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: w.id}, update)), fault.InvalidData, "ITEM_UPDATE")
	w.sound()
}

func nothingOut(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	c, err := w.BeginReturn(ctx, r, order.NewChange{})
	w.ok(err)
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1)))
	w.refused(in(w.Outbound(ctx, c.ID, post("9"), nil)), fault.InvalidData, r.ID)
	w.refused(in(w.AddItems(ctx, c.ID, more(1, "12"))), fault.InvalidData, r.ID)
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{
		Action: order.WriteOffItem, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))},
	})), fault.InvalidData, r.ID)
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.ok(w.CancelReturn(ctx, r.ID, ""))
	w.see("v4 T 231 S[231,231,231,231,0,0,0]")
	w.sound()
}

func knownReasons(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	c, err := w.BeginReturn(ctx, r, order.NewChange{})
	w.ok(err)
	some := order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))}
	unknown := some
	unknown.ReasonID = "rr_no"
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ReturnItemAction, Details: unknown})), fault.InvalidData, "rr_no")
	w.ok(w.DiscardReturn(ctx, r.ID))
	_, change := w.claims(order.ClaimRefund)
	stolen := some
	stolen.Reason = "stolen"
	w.refused(in(w.AddActions(ctx, change.ID, order.NewAction{Action: order.WriteOffItem, Details: stolen})), fault.InvalidData, "stolen", "production_failure")
}

func rawTransfer(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.CustomerID = new("cus_a")
	w := place(t, d, o)
	w.refused(in(w.ApplyChange(t.Context(), order.NewChange{OrderID: w.id, Type: order.ChangeTransfer, Actions: []order.NewAction{
		{Action: order.TransferCustomer, ReferenceID: "cus_b", Details: order.Details{NewEmail: new("nonsense")}},
	}})), fault.InvalidData, "transfer")
	w.see("v1 T 121 S[121,121,0,0,0,0,121]")
}

func draftStatus(t *testing.T, d db.DB) {
	for _, c := range []struct {
		status order.Status
		draft  bool
		words  string
	}{{order.StatusDraft, false, "draft"}, {order.StatusPending, true, "pending"}} {
		o := taxed(1, 0)
		o.CurrencyCode, o.Status, o.IsDraftOrder = "usd", c.status, c.draft
		w := place(t, d, taxed(1, 0))
		w.refused(w.Orders.Create(t.Context(), o), fault.InvalidData, "is_draft_order", c.words)
	}
	o := taxed(1, 0)
	o.IsDraftOrder = true
	w := place(t, d, o)
	w.ok(w.Complete(t.Context(), w.id))
	now, err := w.Orders.Retrieve(t.Context(), w.id)
	w.ok(err)
	if o.Status != order.StatusDraft || now.Status != order.StatusCompleted || now.IsDraftOrder {
		t.Errorf("placed as %s; completed it is %s, a draft: %t", o.Status, now.Status, now.IsDraftOrder)
	}
}

func boundedAmounts(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	long := money.MustParse("1234567890.1234567890123456789")
	for _, a := range []money.Amount{long, money.Int(-5)} {
		w.refused(in(w.BeginReturn(ctx, &order.Return{OrderID: w.id, RefundAmount: &a}, order.NewChange{})), fault.InvalidData, "refund_amount")
	}
	c := w.edits()
	w.refused(in(w.AddActions(ctx, c, order.NewAction{
		Action: order.ItemAdd, Amount: &long, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))},
	})), fault.InvalidData, "amount", "20 digits")
}
