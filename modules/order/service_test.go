package order_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

var graph = moduletest.Graph(order.Module)

// mugs returns an order of two mugs, with taxes of 10 % and shipping.
func mugs() *order.Order {
	return &order.Order{
		CurrencyCode: "EUR", ShippingAddress: &order.Address{City: new("Paris")},
		Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{
			Title: "Mug", UnitPrice: money.Int(100), TaxLines: []*order.LineItemTaxLine{{Code: "std", Rate: money.Int(10)}},
		}}},
		ShippingMethods: []*order.Shipping{{ShippingMethod: &order.ShippingMethod{
			Name: "Post", Amount: money.Int(10), TaxLines: []*order.ShippingMethodTaxLine{{Code: "std", Rate: money.Int(10)}},
		}}},
	}
}

func TestPlacedOrderHasVersionOneAndASummary(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := order.New(moduletest.Open(t, d, graph))
		o := mugs()
		o.Transactions = []*order.Transaction{{Amount: money.Int(50)}, {Amount: money.Int(-20), CurrencyCode: "eur"}}
		moduletest.Create(t, s.Orders, o, mugs())
		if o.Version != 1 || o.Items[0].Version != 1 || o.ShippingMethods[0].Version != 1 || o.Transactions[0].CurrencyCode != "eur" || o.CurrencyCode != "eur" {
			t.Errorf("the order became %+v", o)
		}
		summaries, err := s.Summaries.List(t.Context(), module.Where{"order_id": o.ID}, module.Page{})
		if err != nil || len(summaries) != 1 || summaries[0].Version != 1 {
			t.Fatalf("summaries: %v, %v", summaries, err)
		}
		var got totals.Summary
		if err := json.Unmarshal(summaries[0].Totals, &got); err != nil {
			t.Fatal(err)
		}
		want := totals.Summary{
			CurrentOrderTotal: money.Int(231), OriginalOrderTotal: money.Int(231), AccountingTotal: money.Int(231), PaidTotal: money.Int(50),
			RefundedTotal: money.Int(20), TransactionTotal: money.Int(30), PendingDifference: money.Int(201),
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(money.Amount.Equal)); diff != "" {
			t.Errorf("totals (-want +got):\n%s", diff)
		}
	})
}

func TestOrderOfALaterVersionIsWholeInIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := order.New(moduletest.Open(t, d, graph))
		o := mugs()
		o.Version = 3
		o.Items[0].Item.Adjustments = []*order.LineItemAdjustment{{Amount: money.Int(1)}, {Amount: money.Int(1), Version: 2}}
		o.ShippingMethods[0].ShippingMethod.Adjustments = []*order.ShippingMethodAdjustment{{Amount: money.Int(1)}}
		o.CreditLines = []*order.CreditLine{{Amount: money.Int(1)}}
		o.Transactions = []*order.Transaction{{Amount: money.Int(1)}}
		moduletest.Create(t, s.Orders, o)
		got := []int64{
			o.Items[0].Version, o.Items[0].Item.Adjustments[0].Version, o.Items[0].Item.Adjustments[1].Version, o.ShippingMethods[0].Version,
			o.ShippingMethods[0].ShippingMethod.Adjustments[0].Version, o.CreditLines[0].Version, o.Transactions[0].Version, o.Summary[0].Version,
		}
		if diff := cmp.Diff([]int64{3, 3, 2, 3, 3, 3, 3, 3}, got); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
	})
}

func TestOrderRules(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := order.New(store)
		create := func(spoil func(*order.Order)) func(context.Context) error {
			o := mugs()
			spoil(o)
			return func(ctx context.Context) error { return s.Orders.Create(ctx, mugs(), o) }
		}
		item := func(spoil func(*order.Item)) func(context.Context) error {
			return create(func(o *order.Order) { spoil(o.Items[0]) })
		}
		named := mugs()
		named.CustomDisplayID = new("A-1")
		moduletest.Create(t, s.Orders, named)
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(func(o *order.Order) { o.CurrencyCode = "" }), Words: []string{"order.currency_code"}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.Status = "sent" }), Words: []string{"order.status", `"sent"`, "pending"}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.CustomDisplayID = new("A-1") }), Type: fault.DuplicateError, Words: []string{`custom_display_id "A-1"`}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.Email = new("a\xff") }), Words: []string{"order.email", "UTF-8"}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.ShippingMethods[0].ShippingMethod.Name = "" }), Words: []string{"order_shipping_method.name"}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.ShippingMethods[0].ShippingMethod.Amount = money.Int(-1) }), Words: []string{"order_shipping_method.amount"}},
			moduletest.Refusal{Do: create(func(o *order.Order) { o.Transactions = []*order.Transaction{{CurrencyCode: "x"}} }), Words: []string{"order_transaction.currency_code"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.Item.Title = "" }), Words: []string{"order_line_item.title"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.Quantity = money.Zero }), Words: []string{"order_item.quantity cannot be 0"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.Item, i.ItemID = nil, "ordli_x" }), Words: []string{"order.items"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.FulfilledQuantity = money.Int(3) }), Words: []string{"order_item.fulfilled_quantity cannot be 3", "2"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.ShippedQuantity = money.Int(1) }), Words: []string{"order_item.shipped_quantity"}},
			moduletest.Refusal{Do: item(func(i *order.Item) { i.DeliveredQuantity = money.Int(-1) }), Words: []string{"order_item.delivered_quantity cannot be -1"}},
			moduletest.Refusal{Do: item(func(i *order.Item) {
				i.FulfilledQuantity, i.ReturnReceivedQuantity, i.ReturnRequestedQuantity = money.Int(1), money.Int(1), money.Int(1)
			}), Words: []string{"order_item.return_requested_quantity", "cannot be 2"}},
		)
	})
}

func TestNilsAmongNestedRecordsArePassedOver(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := order.New(moduletest.Open(t, d, graph))
		o := mugs()
		o.Version, o.Items = 2, append(o.Items, nil)
		o.ShippingMethods = []*order.Shipping{nil, {ShippingMethodID: "ordsm_1"}}
		o.CreditLines, o.Transactions, o.Summary = []*order.CreditLine{nil}, []*order.Transaction{nil}, nil
		moduletest.Create(t, s.Orders, o)
	})
}

func TestAnOrderHasOneOpenChange(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := order.New(store)
		o, other := mugs(), mugs()
		moduletest.Create(t, s.Orders, o, other)
		open := func(o *order.Order) *order.Change {
			return &order.Change{OrderID: o.ID, Version: 2, Actions: []*order.ChangeAction{{Action: "ITEM_ADD"}}}
		}
		first := open(o)
		moduletest.Create(t, s.Changes, first, open(other))
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: func(ctx context.Context) error { return s.Changes.Create(ctx, open(o)) }, Words: []string{o.ID, "open change"}},
			moduletest.Refusal{Do: func(ctx context.Context) error {
				return s.ChangeActions.Create(ctx, &order.ChangeAction{OrderChangeID: &first.ID})
			}, Words: []string{"order_change_action.action"}},
		)
		if _, err := s.Changes.Update(t.Context(), []string{first.ID}, module.Patch{"status": order.ChangeConfirmed}); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		for range 8 {
			go func() { errs <- s.Changes.Create(t.Context(), open(o)) }()
		}
		done := 0
		for range 8 {
			if err := <-errs; err == nil {
				done++
			} else if fault.TypeOf(err) != fault.InvalidData {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d of 8 opened a change at once, want 1", done)
		}
	})
}

func TestAfterTheSale(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := order.New(store)
		o := mugs()
		moduletest.Create(t, s.Orders, o)
		line := o.Items[0].ItemID
		broken := &order.ReturnReason{Value: "broken", Label: "Broken", ReturnReasonChildren: []*order.ReturnReason{{Value: "scratched", Label: "Scratched"}}}
		moduletest.Create(t, s.ReturnReasons, broken)
		back := func(spoil func(*order.Return, *order.ReturnItem)) *order.Return {
			r := &order.Return{OrderID: o.ID, OrderVersion: 1, Items: []*order.ReturnItem{{ItemID: line, Quantity: money.Int(1)}}}
			spoil(r, r.Items[0])
			return r
		}
		returning := func(spoil func(*order.Return, *order.ReturnItem)) func(context.Context) error {
			return func(ctx context.Context) error { return s.Returns.Create(ctx, back(spoil)) }
		}
		scratched := broken.ReturnReasonChildren[0].ID
		moduletest.Create(t, s.Returns, back(func(_ *order.Return, i *order.ReturnItem) { i.ReasonID = &scratched }))
		moduletest.Create(t, s.Claims, &order.Claim{OrderID: o.ID, OrderVersion: 1, Type: order.ClaimRefund, ClaimItems: []*order.ClaimItem{
			{ItemID: line, Quantity: money.Int(1), Images: []*order.ClaimItemImage{{URL: "a.jpg"}}},
		}})
		moduletest.Create(t, s.Exchanges, &order.Exchange{OrderID: o.ID, OrderVersion: 1, AdditionalItems: []*order.ExchangeItem{{ItemID: line, Quantity: money.Int(1)}}})
		claim := func(c *order.Claim, i *order.ClaimItem) func(context.Context) error {
			c.ClaimItems = []*order.ClaimItem{i}
			return func(ctx context.Context) error { return s.Claims.Create(ctx, c) }
		}
		exchange := func(e *order.Exchange, i *order.ExchangeItem) func(context.Context) error {
			e.AdditionalItems = []*order.ExchangeItem{i}
			return func(ctx context.Context) error { return s.Exchanges.Create(ctx, e) }
		}
		one := money.Int(1)
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: returning(func(r *order.Return, _ *order.ReturnItem) { r.OrderID = "" }), Words: []string{"return.order_id"}},
			moduletest.Refusal{Do: returning(func(r *order.Return, _ *order.ReturnItem) { r.OrderID = "order_x" }), Type: fault.NotFound, Words: []string{`no order with id "order_x"`}},
			moduletest.Refusal{Do: returning(func(_ *order.Return, i *order.ReturnItem) { i.ItemID = "ordli_x" }), Type: fault.NotFound, Words: []string{"ordli_x"}},
			moduletest.Refusal{Do: returning(func(_ *order.Return, i *order.ReturnItem) { i.ReasonID = new("rr_x") }), Type: fault.NotFound, Words: []string{"return_reason", "rr_x"}},
			moduletest.Refusal{Do: returning(func(_ *order.Return, i *order.ReturnItem) { i.ReasonID = &broken.ID }), Words: []string{broken.ID, "more specific reasons"}},
			moduletest.Refusal{Do: returning(func(_ *order.Return, i *order.ReturnItem) { i.Quantity = money.Zero }), Words: []string{"return_item.quantity"}},
			moduletest.Refusal{Do: returning(func(_ *order.Return, i *order.ReturnItem) { i.ReceivedQuantity = money.Int(2) }), Words: []string{"return_item.received_quantity cannot be 2"}},
			moduletest.Refusal{Do: claim(&order.Claim{OrderID: "order_x", Type: order.ClaimRefund}, &order.ClaimItem{ItemID: line, Quantity: one}), Type: fault.NotFound, Words: []string{"order_x"}},
			moduletest.Refusal{Do: claim(&order.Claim{OrderID: o.ID}, &order.ClaimItem{ItemID: line, Quantity: one}), Words: []string{"order_claim.type", "refund, replace"}},
			moduletest.Refusal{Do: claim(&order.Claim{OrderID: o.ID, Type: order.ClaimRefund}, &order.ClaimItem{ItemID: "ordli_x", Quantity: one}), Type: fault.NotFound, Words: []string{"ordli_x"}},
			moduletest.Refusal{Do: claim(&order.Claim{OrderID: o.ID, Type: order.ClaimRefund}, &order.ClaimItem{ItemID: line}), Words: []string{"order_claim_item.quantity"}},
			moduletest.Refusal{Do: claim(&order.Claim{OrderID: o.ID, Type: order.ClaimRefund}, &order.ClaimItem{ItemID: line, Quantity: one, Images: []*order.ClaimItemImage{{}}}), Words: []string{"order_claim_item_image.url"}},
			moduletest.Refusal{Do: exchange(&order.Exchange{OrderID: "order_x"}, &order.ExchangeItem{ItemID: line, Quantity: one}), Type: fault.NotFound, Words: []string{"order_x"}},
			moduletest.Refusal{Do: exchange(&order.Exchange{OrderID: o.ID}, &order.ExchangeItem{ItemID: "ordli_x", Quantity: one}), Type: fault.NotFound, Words: []string{"ordli_x"}},
			moduletest.Refusal{Do: exchange(&order.Exchange{OrderID: o.ID}, &order.ExchangeItem{ItemID: line}), Words: []string{"order_exchange_item.quantity"}},
			moduletest.Refusal{Words: []string{"return_reason.label"}, Do: func(ctx context.Context) error {
				return s.ReturnReasons.Create(ctx, &order.ReturnReason{Value: "x"})
			}},
		)
	})
}
