package order_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// TestGuards tries what no change, entry or update may do, and what follows from updates
// between the steps of a change.
func TestGuards(t *testing.T) {
	t.Parallel()
	tryEach(t, []trial{
		{"a transfer of an order that was updated", transferAfterUpdate},
		{"a transfer that would do more", transferOnly},
		{"actions of a return outside of one", returnActionsElsewhere},
		{"records of another order", foreignRecords},
		{"the location of a claim", claimLocation},
		{"the difference of a quantity", quantityDifference},
		{"emails and customers", badOwners},
		{"a refund that is known", knownRefund},
		{"entries of nothing", zeroEntries},
		{"credit of a fraction", fractionOfCredit},
		{"what a draft leaves", draftLeavesNothing},
		{"what is placed", placedAmounts},
		{"deals that begin with more than they may", beginsBare},
		{"a change that is no receipt", noReceipt},
		{"returns of other orders in actions", foreignReturns},
		{"what is not JSON, or missing", unreadable},
		{"metadata that is cleared", clearedMetadata},
		{"the cancellation of an order that is owed money", cancelOwed},
		{"an order that was canceled and archived", canceledForGood},
		{"countries of addresses", sameCountry},
		{"quantities of too many digits", longQuantities},
		{"two receipts of a line", receiptsInTurn},
	})
}

func owned() *order.Order {
	o := taxed(1, 0)
	o.CustomerID, o.Email = new("cus_a"), new("a@example.com")
	return o
}

// belongs fails the test unless the order has a customer and an email.
func (w *world) belongs(customer, email string) {
	w.Helper()
	o, err := w.Orders.Retrieve(w.Context(), w.id)
	w.ok(err)
	if o.CustomerID == nil || o.Email == nil || *o.CustomerID != customer || *o.Email != email {
		w.Errorf("the order is of %v, %v; want %s, %s", o.CustomerID, o.Email, customer, email)
	}
}

func transferAfterUpdate(t *testing.T, d db.DB) {
	w := place(t, d, owned())
	ctx := t.Context()
	update := func(customer, email string) {
		w.ok(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"customer_id": customer, "email": email}}))
	}
	w.do(w.RequestTransfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_b", Email: new("b@example.com"), Token: "tok"}))
	update("cus_b", "b2@example.com")
	w.refused(in(w.AcceptTransfer(ctx, w.id, "tok")), fault.InvalidData, w.id, "cus_b", "already")
	update("cus_c", "c@example.com")
	w.do(w.AcceptTransfer(ctx, w.id, "tok"))
	w.belongs("cus_b", "b@example.com")
	w.ok(w.RevertVersion(ctx, w.id))
	w.belongs("cus_c", "c@example.com")
	w.sound()
}

func transferOnly(t *testing.T, d db.DB) {
	w := place(t, d, owned())
	ctx := t.Context()
	c, err := w.RequestTransfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: "cus_b", Token: "tok"})
	w.ok(err)
	w.refused(in(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(3)})), fault.InvalidData, w.id, "customer")
	w.refused(in(w.AddItems(ctx, c.ID, more(3, "500"))), fault.InvalidData, w.id)
	w.refused(in(w.Outbound(ctx, c.ID, post("5"), nil)), fault.InvalidData, w.id)
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.CreditLineAdd, Amount: new(money.Int(1))})), fault.InvalidData, w.id)
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.TransferCustomer, Reference: "customer", ReferenceID: "cus_x"})), fault.InvalidData, w.id)
	w.do(w.AcceptTransfer(ctx, w.id, "tok"))
	w.see("v2 T 121 S[121,121,0,0,0,0,121]")
}

// returnActionsElsewhere tries to send goods back with changes that have no return.
func returnActionsElsewhere(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	on := func(a order.ActionType) order.NewAction {
		return order.NewAction{Action: a, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(1))}}
	}
	of := order.NewChange{OrderID: w.id}
	for _, a := range []order.ActionType{order.ReturnItemAction, order.ReceiveReturnItem, order.ReceiveDamagedReturnItem, order.CancelReturnItem, order.TransferCustomer, order.UpdateOrderProperties} {
		of.Actions = []order.NewAction{on(a)}
		w.refused(in(w.ApplyChange(ctx, of)), fault.InvalidData, w.id, string(a))
		w.refused(in(w.BeginChange(ctx, of)), fault.InvalidData, w.id, string(a))
	}
	claim := &order.Claim{OrderID: w.id, Type: order.ClaimRefund}
	c, err := w.BeginClaim(ctx, claim, order.NewChange{})
	w.ok(err)
	for _, a := range []order.ActionType{order.ReturnItemAction, order.ReceiveReturnItem, order.TransferCustomer} {
		w.refused(in(w.AddActions(ctx, c.ID, on(a))), fault.InvalidData, w.id, string(a))
	}
	w.do(w.ClaimBack(ctx, claim.ID, nil, w.back(0, 1)))
	other := on(order.ReturnItemAction)
	other.ReturnID = "return_x"
	w.refused(in(w.AddActions(ctx, c.ID, other)), fault.InvalidData, "return_x")
	w.ok(w.DiscardClaim(ctx, claim.ID))
	w.counts(0, "2 2/0/0 0/0/0 0")
	w.sound()
}

func foreignRecords(t *testing.T, d db.DB) {
	store := moduletest.Open(t, d, graph)
	a, b := placeIn(t, store, taxed(1, 0)), placeIn(t, store, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := b.returns(1, "")
	b.receives(r, 1)
	for _, n := range []order.NewChange{{Type: order.ChangeEdit, ReturnID: r}, {ReturnID: "return_x"}, {ClaimID: "claim_x"}, {ExchangeID: "exchange_x"}} {
		n.OrderID = a.id
		id := n.ReturnID + n.ClaimID + n.ExchangeID
		a.refused(in(a.BeginChange(ctx, n)), fault.InvalidData, a.id, id)
		a.refused(in(a.ApplyChange(ctx, n)), fault.InvalidData, a.id, id)
	}
	for _, of := range []order.ChangeType{order.ChangeReturnRequest, order.ChangeReturnReceive, order.ChangeClaim, order.ChangeExchange, order.ChangeUpdateOrder, "bogus"} {
		a.refused(in(a.BeginChange(ctx, order.NewChange{OrderID: a.id, Type: of})), fault.InvalidData, a.id, string(of))
		a.refused(in(a.ApplyChange(ctx, order.NewChange{OrderID: a.id, Type: of})), fault.InvalidData, a.id, string(of))
	}
	b.returned(r, order.ReturnReceived)
	b.do(b.ApplyChange(ctx, order.NewChange{OrderID: b.id, Type: order.ChangeCreditLine, ReturnID: r, Actions: []order.NewAction{{Action: order.CreditLineAdd, Amount: new(money.Int(1))}}}))
	b.sound()
}

func claimLocation(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	claim := &order.Claim{OrderID: w.id, Type: order.ClaimRefund}
	c, err := w.BeginClaim(ctx, claim, order.NewChange{})
	w.ok(err)
	location := func(want string) {
		t.Helper()
		r, err := w.Returns.List(ctx, module.Where{"claim_id": claim.ID}, module.Page{})
		w.ok(err)
		if len(r) != 1 || r[0].LocationID == nil || *r[0].LocationID != want {
			t.Errorf("the returns are %+v, want one to %s", r, want)
		}
	}
	back, err := w.ClaimBack(ctx, claim.ID, new("sloc_1"), w.back(0, 1))
	w.ok(err)
	location("sloc_1")
	w.ok(w.RemoveActions(ctx, c.ID, back[0].ID))
	w.do(w.ClaimBack(ctx, claim.ID, new("sloc_2"), w.back(0, 1)))
	location("sloc_2")
	w.do(w.ClaimBack(ctx, claim.ID, new("sloc_3"), w.back(0, 1)))
	location("sloc_2") // it has goods already
}

func quantityDifference(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	c := w.edits()
	a, err := w.UpdateItem(ctx, c, w.lines[0], order.ItemPatch{Quantity: money.Int(1)})
	w.ok(err)
	w.ok(w.UpdateAction(ctx, c, a.ID, order.ActionPatch{Quantity: new(money.Int(5))}))
	differs := func(id, want string) {
		t.Helper()
		if a, err := w.ChangeActions.Retrieve(ctx, id); err != nil || !strings.Contains(strings.ReplaceAll(string(a.Details), " ", ""), `"quantity_diff":`+want) {
			t.Errorf("the details are %s, %v; want a difference of %s", a.Details, err, want)
		}
	}
	differs(a.ID, "3")
	b, err := w.UpdateItem(ctx, c, w.lines[0], order.ItemPatch{Quantity: money.Int(7)})
	w.ok(err)
	differs(b.ID, "2")
	w.ok(w.UpdateAction(ctx, c, a.ID, order.ActionPatch{Quantity: new(money.Int(4))}))
	differs(b.ID, "3")
	w.ok(w.RemoveActions(ctx, c, a.ID))
	differs(b.ID, "5")
	w.sound()
}

func badOwners(t *testing.T, d db.DB) {
	w := place(t, d, owned())
	ctx := t.Context()
	for _, email := range []string{"", "no address"} {
		to := order.To{CustomerID: "cus_b", Email: &email, Token: "tok"}
		w.refused(in(w.Transfer(ctx, order.NewChange{OrderID: w.id}, to)), fault.InvalidData, "order.email", email)
		w.refused(in(w.RequestTransfer(ctx, order.NewChange{OrderID: w.id}, to)), fault.InvalidData, "order.email", email)
		w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"email": &email}}), fault.InvalidData, "order.email", email)
	}
	w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"customer_id": ""}}), fault.InvalidData, "order.customer_id")
	w.belongs("cus_a", "a@example.com")
}

// knownRefund cancels an order of which 21 of 121 were refunded before.
func knownRefund(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	w.pay("121")
	first := order.Entry{Amount: money.Int(-21), Reference: "refund", ReferenceID: "ref_1"}
	w.ok(w.Record(ctx, w.id, first))
	w.do(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Type: order.ChangeCreditLine, Actions: []order.NewAction{{Action: order.CreditLineAdd, Amount: new(money.Int(21))}}}))
	w.refused(w.Cancel(ctx, w.id, "", order.Credit{}, order.Entry{Amount: money.Int(100), Reference: "capture", ReferenceID: "capt_2"}), fault.InvalidData, w.id, "100")
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{Reference: "order"}, first, order.Entry{Amount: money.Int(-100), Reference: "refund", ReferenceID: "ref_2"}))
	w.see("v3 T 0 S[0,100,0,121,121,100,0]")
}

func zeroEntries(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	w.refused(w.Record(t.Context(), w.id, order.Entry{Reference: "capture", ReferenceID: "capt_0"}), fault.InvalidData, w.id, "0 usd")
	if n, err := w.Transactions.Count(t.Context(), module.Where{"order_id": w.id}); n != 0 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}

func fractionOfCredit(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.Rounding = order.RoundingCurrency
	w := place(t, d, o)
	w.refused(in(w.AddCredit(t.Context(), w.id, "", order.Credit{Amount: money.MustParse("0.005")})), fault.InvalidData, w.id, "0.005", "0.01")
	w.do(w.AddCredit(t.Context(), w.id, "", order.Credit{Amount: money.MustParse("0.5")}))
	w.see("v2 T 120.5 S[120.5,121,0,0,0,0.5,120.5]")
}

func draftLeavesNothing(t *testing.T, d db.DB) {
	store := moduletest.Open(t, d, graph)
	kept := placeIn(t, store, taxed(1, 1))
	draft := taxed(2, 1)
	draft.Status, draft.IsDraftOrder = order.StatusDraft, true
	w := placeIn(t, store, draft)
	ctx := t.Context()
	c, err := w.BeginDraftEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "5")))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	c, err = w.BeginDraftEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "6")))
	w.do(w.Outbound(ctx, c.ID, post("3"), nil))
	w.ok(w.DeleteDraft(ctx, w.id))
	lines, err := w.LineItems.Count(ctx, nil)
	w.ok(err)
	methods, err := w.ShippingMethods.Count(ctx, nil)
	w.ok(err)
	if lines != 2 || methods != 1 {
		t.Errorf("%d lines and %d methods are left, want those of the other order: 2 and 1", lines, methods)
	}
	kept.see("v1 T 134.2 S[134.2,134.2,0,0,0,0,134.2]")
}

func placedAmounts(t *testing.T, d db.DB) {
	s := order.New(moduletest.Open(t, d, graph))
	long := "123456789012345678901234567890.12"
	for name, spoil := range map[string]func(*order.Order){
		"order_line_item.unit_price":            func(o *order.Order) { o.Items[0].Item.UnitPrice = money.MustParse(long) },
		"order_line_item.compare_at_unit_price": func(o *order.Order) { o.Items[0].Item.CompareAtUnitPrice = new(money.MustParse(long)) },
		"order_item.quantity":                   func(o *order.Order) { o.Items[0].Quantity = money.MustParse("1.23456789012345678901") },
		"order_item.unit_price":                 func(o *order.Order) { o.Items[0].UnitPrice = new(money.MustParse(long)) },
		"order_shipping_method.amount":          func(o *order.Order) { o.ShippingMethods[0].ShippingMethod.Amount = money.MustParse(long) },
		"order_transaction.amount":              func(o *order.Order) { o.Transactions = []*order.Transaction{{Amount: money.MustParse(long)}} },
		"order_line_item_adjustment.amount": func(o *order.Order) {
			o.Items[0].Item.Adjustments = []*order.LineItemAdjustment{{Amount: money.MustParse(long)}}
		},
		"order_line_item_tax_line.rate":           func(o *order.Order) { o.Items[0].Item.TaxLines[0].Rate = money.MustParse("1.23456789012345678901") },
		"order_credit_line.amount":                func(o *order.Order) { o.CreditLines = []*order.CreditLine{{Amount: money.MustParse(long)}} },
		"order_shipping.amount":                   func(o *order.Order) { o.ShippingMethods[0].Amount = new(money.Int(-1)) },
		"order_line_item.unit_price cannot be -1": func(o *order.Order) { o.Items[0].Item.UnitPrice = money.Int(-1) },
		"order_item.unit_price cannot be -1":      func(o *order.Order) { o.Items[0].UnitPrice = new(money.Int(-1)) },
		"order.version":                           func(o *order.Order) { o.Version = -1 },
		"order.canceled_at":                       func(o *order.Order) { o.Status = order.StatusCanceled },
		"order.items: one is of version 5":        func(o *order.Order) { o.Items[0].Version = 5 },
		"order.items: version 1 has one": func(o *order.Order) {
			o.Items = append(o.Items, &order.Item{Quantity: money.Int(1), Item: o.Items[0].Item})
		},
		"order.shipping_methods: version 1": func(o *order.Order) {
			o.ShippingMethods = append(o.ShippingMethods, &order.Shipping{ShippingMethod: o.ShippingMethods[0].ShippingMethod})
		},
		"order_transaction.currency_code": func(o *order.Order) {
			o.Transactions = []*order.Transaction{{Amount: money.Int(1), CurrencyCode: "eur"}}
		},
	} {
		o := taxed(1, 0)
		o.CurrencyCode = "usd"
		spoil(o)
		if err := s.Orders.Create(t.Context(), o); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n, err := s.LineItems.Count(t.Context(), nil); n != 0 || err != nil {
		t.Errorf("%d lines were written, %v", n, err)
	}
}

// beginsBare begins returns, claims and exchanges with what only operations set.
func beginsBare(t *testing.T, d db.DB) {
	store := moduletest.Open(t, d, graph)
	a, b := placeIn(t, store, taxed(1, 0)), placeIn(t, store, taxed(2, 0)).fulfilled("231")
	ctx, now := t.Context(), new(time.Now())
	r := b.returns(1, "")
	for name, of := range map[string]*order.Return{
		"claim_id": {ClaimID: new("claim_1")}, "exchange_id": {ExchangeID: new("oexc_1")}, "requested_at": {RequestedAt: now}, "received_at": {ReceivedAt: now},
		"canceled_at": {CanceledAt: now}, "items": {Items: []*order.ReturnItem{{ItemID: b.lines[0], Quantity: money.Int(1)}}}, "missing": nil,
	} {
		if of != nil {
			of.OrderID = a.id
		}
		a.refused(in(a.BeginReturn(ctx, of, order.NewChange{})), fault.InvalidData, name)
	}
	for name, of := range map[string]*order.Claim{
		"return_id": {ReturnID: &r}, "canceled_at": {CanceledAt: now}, "claim_items": {ClaimItems: []*order.ClaimItem{{ItemID: a.lines[0], Quantity: money.Int(1)}}}, "missing": nil,
	} {
		if of != nil {
			of.OrderID, of.Type = a.id, order.ClaimRefund
		}
		a.refused(in(a.BeginClaim(ctx, of, order.NewChange{})), fault.InvalidData, name)
	}
	for name, of := range map[string]*order.Exchange{"return_id": {ReturnID: &r}, "canceled_at": {CanceledAt: now}, "missing": nil} {
		if of != nil {
			of.OrderID = a.id
		}
		a.refused(in(a.BeginExchange(ctx, of, order.NewChange{})), fault.InvalidData, name)
	}
	b.returned(r, order.ReturnRequested)
	a.sound()
	b.sound()
}

// noReceipt confirms and discards the receipt of a return while an edit is open, and adds
// other actions to a receipt.
func noReceipt(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := w.returns(1, "")
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id, ReturnID: r})
	w.ok(err)
	w.do(w.AddItems(ctx, c.ID, more(1, "5")))
	w.refused(in(w.ConfirmReceipt(ctx, r, "")), fault.InvalidData, w.id, r)
	w.refused(w.DiscardReceipt(ctx, r), fault.InvalidData, w.id, r)
	w.returned(r, order.ReturnRequested)
	w.ok(w.DiscardEdit(ctx, w.id))
	c, err = w.BeginReceipt(ctx, r, order.NewChange{})
	w.ok(err)
	w.refused(in(w.AddItems(ctx, c.ID, more(1, "5"))), fault.InvalidData, w.id, r)
	w.refused(in(w.Outbound(ctx, c.ID, post("5"), nil)), fault.InvalidData, w.id, r)
	w.refused(in(w.RequestItems(ctx, r, w.back(0, 1))), fault.NotAllowed, r)
	w.sound()
}

func foreignReturns(t *testing.T, d db.DB) {
	store := moduletest.Open(t, d, graph)
	a, b := placeIn(t, store, taxed(1, 0)), placeIn(t, store, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := b.returns(1, "7")
	c, err := a.BeginEdit(ctx, order.NewChange{OrderID: a.id})
	a.ok(err)
	m := post("5")
	a.ok(a.ShippingMethods.Create(ctx, m))
	for _, id := range []string{r, "return_bogus"} {
		a.refused(in(a.AddActions(ctx, c.ID, order.NewAction{Action: order.ShippingAdd, ReferenceID: m.ID, Amount: &m.Amount, ReturnID: id})), fault.InvalidData, a.id, id)
	}
}

func unreadable(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx, bad := t.Context(), model.RawJSON("{bad")
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	back := w.back(0, 1)
	back.Metadata = bad
	w.refused(in(w.RequestItems(ctx, r.ID, back)), fault.InvalidData, "metadata")
	w.refused(in(w.ReturnShipping(ctx, r.ID, nil, nil)), fault.InvalidData, w.id, "missing")
	w.ok(w.DiscardReturn(ctx, r.ID))
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.refused(in(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(2), Metadata: bad})), fault.InvalidData, "metadata")
	w.refused(in(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(2), Metadata: model.RawJSON("[1]")})), fault.InvalidData, "metadata", "object")
	w.refused(in(w.Outbound(ctx, c.ID, nil, nil)), fault.InvalidData, w.id, "missing")
	a, err := w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(3)})
	w.ok(err)
	w.refused(w.UpdateAction(ctx, c.ID, a.ID, order.ActionPatch{Metadata: bad}), fault.InvalidData, "metadata")
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.PromotionAdd, ReferenceID: "promo_1", Details: order.Details{Old: bad}})), fault.InvalidData, "old")
	w.ok(w.DiscardEdit(ctx, w.id))
	w.refused(in(w.ApplyChange(ctx, order.NewChange{OrderID: w.id, Actions: []order.NewAction{{Action: order.PromotionAdd, ReferenceID: "promo_1", Details: order.Details{New: bad}}}})), fault.InvalidData, "new")
	w.see("v2 T 231 S[231,231,231,231,0,0,0]")
}

func clearedMetadata(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	ctx := t.Context()
	for _, step := range []struct{ given, want string }{{`{"b":2}`, `{"b":2}`}, {`{"c":3}`, `{"b":2,"c":3}`}, {`null`, ``}} {
		c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
		w.ok(err)
		w.do(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(2), Metadata: model.RawJSON(step.given)}))
		w.do(w.ConfirmChange(ctx, c.ID, ""))
		now, err := w.Snapshot(ctx, w.id)
		w.ok(err)
		if got := strings.ReplaceAll(string(now.Items[0].Metadata), " ", ""); got != step.want {
			t.Errorf("after %s the metadata is %q, want %q", step.given, got, step.want)
		}
	}
	w.sound()
}

func cancelOwed(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0))
	w.pay("231")
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.do(w.UpdateItem(ctx, c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(1)}))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.see("v2 T 121 S[121,231,231,231,0,0,-110]")
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{Reference: "order"}, order.Entry{Amount: money.Int(-231), Reference: "refund", ReferenceID: "pay_1"}))
	w.see("v3 T 0 S[0,121,0,231,231,121,0]")
	w.sound()
}

func canceledForGood(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	w.ok(w.Cancel(ctx, w.id, "", order.Credit{}))
	w.ok(w.Archive(ctx, w.id))
	w.refused(w.Complete(ctx, w.id), fault.InvalidData, w.id, "canceled")
	w.sound()
}

func sameCountry(t *testing.T, d db.DB) {
	o := taxed(1, 0)
	o.ShippingAddress = &order.Address{CountryCode: new("dk")}
	w := place(t, d, o)
	ctx := t.Context()
	german, danish := &order.Address{CountryCode: new("de")}, &order.Address{CountryCode: new("dk")}
	w.ok(w.Addresses.Create(ctx, german, danish))
	for _, v := range []any{german.ID, nil} {
		w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"shipping_address_id": v}}), fault.InvalidData, "shipping address", "dk")
	}
	w.ok(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"shipping_address_id": danish.ID}}))
	w.ok(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"billing_address_id": german.ID}})) // it had none
	o = taxed(1, 0)
	o.ShippingAddress, o.BillingAddress = &order.Address{}, &order.Address{CountryCode: new("dk")}
	w = placeIn(t, w.store, o)
	w.refused(w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"shipping_address_id": german.ID, "billing_address_id": german.ID}}), fault.InvalidData, "billing address", "dk")
}

func longQuantities(t *testing.T, d db.DB) {
	w := place(t, d, taxed(1, 0))
	ctx := t.Context()
	c, err := w.BeginEdit(ctx, order.NewChange{OrderID: w.id})
	w.ok(err)
	w.refused(in(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ItemRemove, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.MustParse("0.000000000000000000001"))}})), fault.InvalidData, w.lines[0], "quantity", "digits")
	w.do(w.AddActions(ctx, c.ID, order.NewAction{Action: order.ItemRemove, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.MustParse("0.001"))}}))
	w.do(w.ConfirmChange(ctx, c.ID, ""))
	w.sound()
}

// receiptsInTurn takes back the second of two receipts of a line that a return has twice.
func receiptsInTurn(t *testing.T, d db.DB) {
	w := place(t, d, taxed(2, 0)).fulfilled("231")
	ctx := t.Context()
	r := &order.Return{OrderID: w.id}
	w.do(w.BeginReturn(ctx, r, order.NewChange{}))
	w.do(w.RequestItems(ctx, r.ID, w.back(0, 1), w.back(0, 1)))
	w.do(w.ConfirmReturn(ctx, r.ID, ""))
	w.receives(r.ID, 1)
	w.receives(r.ID, 1)
	w.ok(w.RevertVersion(ctx, w.id))
	items, err := w.ReturnItems.List(ctx, module.Where{"return_id": r.ID}, module.Page{Order: []string{"id"}})
	w.ok(err)
	if len(items) != 2 || !items[0].ReceivedQuantity.Equal(money.Int(1)) || !items[1].ReceivedQuantity.IsZero() {
		t.Errorf("the items of the return are %+v", items)
	}
	w.returned(r.ID, order.ReturnPartiallyReceived)
	w.sound()
}
