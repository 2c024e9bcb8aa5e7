package order_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// counted are the types of action that change the quantities of an item.
var counted = []order.ActionType{
	order.ItemAdd, order.ItemUpdate, order.ItemRemove, order.FulfillItem, order.CancelItemFulfillment, order.ShipItem, order.DeliverItem,
	order.ReturnItemAction, order.CancelReturnItem, order.ReceiveReturnItem, order.ReceiveDamagedReturnItem, order.WriteOffItem, order.ReinstateItem,
}

// others are the types of action that change the order otherwise.
var others = []order.ActionType{
	order.ShippingAdd, order.ShippingUpdate, order.ShippingRemove, order.CreditLineAdd, order.TransferCustomer, order.ItemAdjustmentsReplace,
	order.ShippingAdjustmentsReplace, order.PromotionAdd, order.PromotionRemove, order.UpdateOrderProperties,
}

// drawAction draws an action, most of which can be applied to a snapshot.
func drawAction(r *rand.Rand, s *order.Snapshot) *order.ChangeAction {
	lines := []string{"ordli_new", "ordli_x"}
	for _, i := range s.Items {
		lines = append(lines, i.ItemID, i.ItemID)
	}
	d := order.Details{ReferenceID: one(r, lines), Quantity: new(money.Int(r.Int64N(4)))}
	if r.IntN(10) > 1 {
		if r.IntN(6) == 0 {
			d.UnitPrice = new(money.MustParse(one(r, []string{"0", "0.01", "19.99", "100"})))
		}
		return &order.ChangeAction{Action: one(r, counted), Details: encoded(d)}
	}
	a := &order.ChangeAction{Action: one(r, others), ReferenceID: new(one(r, []string{"ordsm_1", "ordsm_new"}))}
	a.Amount = new(money.MustParse(one(r, []string{"0", "5", "-3.33"})))
	d.Amount = a.Amount
	if r.IntN(2) == 0 {
		d.Adjustments = []order.Adjustment{{Amount: money.MustParse("1.5")}}
	}
	a.Details = encoded(d)
	return a
}

func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

// begun returns the snapshot that a walk begins with.
func begun(r *rand.Rand) *order.Snapshot {
	s := &order.Snapshot{Order: &order.Order{CurrencyCode: "eur", Version: 1, Rounding: order.RoundingExact}}
	s.Order.ID = "order_1"
	if r.IntN(2) == 0 {
		s.Order.Rounding = order.RoundingCurrency
	}
	for n := range 1 + r.IntN(3) {
		i := line{price: one(r, []string{"9.99", "100", "0.333"}), quantity: fmt.Sprint(1 + r.IntN(5)), rates: []string{"10"}}.item()
		i.Item.ID = fmt.Sprint("ordli_", n)
		i.ItemID, i.Version = i.Item.ID, 1
		if r.IntN(2) == 0 {
			i.FulfilledQuantity, i.ReturnRequestedQuantity = i.Quantity, money.Int(1)
		}
		s.Items = append(s.Items, i)
	}
	m := post("10")
	m.ID = "ordsm_1"
	s.Shippings = []*order.Shipping{{ShippingMethodID: m.ID, ShippingMethod: m, Version: 1}}
	added, other := more(1, "12").Line, post("4")
	added.ID, other.ID = "ordli_new", "ordsm_new"
	s.Drafted = order.Drafted{Lines: map[string]*order.LineItem{added.ID: added}, Methods: map[string]*order.ShippingMethod{other.ID: other}}
	s.Total()
	return s
}

// invariants fails the test unless the quantities and totals of a snapshot are possible.
func invariants(t testing.TB, s *order.Snapshot) {
	items := money.Zero
	for _, i := range s.Items {
		back := i.ReturnRequestedQuantity.Add(i.ReturnReceivedQuantity).Add(i.ReturnDismissedQuantity)
		for _, b := range []struct {
			name        string
			part, whole money.Amount
		}{
			{"fulfilled of ordered", i.FulfilledQuantity, i.Quantity}, {"shipped of fulfilled", i.ShippedQuantity, i.FulfilledQuantity},
			{"delivered of fulfilled", i.DeliveredQuantity, i.FulfilledQuantity}, {"returned of fulfilled", back, i.FulfilledQuantity},
			{"written off of ordered", i.WrittenOffQuantity, i.Quantity}, {"nothing of fulfilled", money.Zero, i.FulfilledQuantity},
			{"nothing of requested", money.Zero, i.ReturnRequestedQuantity}, {"nothing of shipped", money.Zero, i.ShippedQuantity},
		} {
			if b.part.Cmp(b.whole) > 0 {
				t.Errorf("item %s: %s: %s > %s", i.ItemID, b.name, b.part, b.whole)
			}
		}
		items = items.Add(i.Total)
	}
	o := s.Order
	if off := items.Sub(o.ItemTotal).Abs(); off.Cmp(money.MustParse("0.0000001")) > 0 {
		t.Errorf("the items come to %s, the order says %s", items, o.ItemTotal)
	}
	if off := o.ItemTotal.Add(o.ShippingTotal).Sub(o.CreditLineTotal).Sub(o.Total).Abs(); off.Cmp(money.MustParse("0.0000001")) > 0 {
		t.Errorf("the order comes to %s, its parts to %s", o.Total, o.ItemTotal.Add(o.ShippingTotal).Sub(o.CreditLineTotal))
	}
}

// TestSnapshotsWalk applies actions at random: those that are refused change nothing,
// the others keep the invariants, and none changes the snapshot that it is applied to.
func TestSnapshotsWalk(t *testing.T) {
	t.Parallel()
	n := *walks
	if n == 0 {
		n = 5_000
	}
	applied := map[order.ActionType]int{}
	for seed := range n {
		walkSnapshots(t, uint64(seed), applied)
		if t.Failed() {
			t.Fatalf("walk %d", seed)
		}
	}
	for _, a := range append(counted, others...) {
		if n >= 1000 && applied[a] == 0 {
			t.Errorf("%s was never applied", a)
		}
	}
}

func walkSnapshots(t *testing.T, seed uint64, applied map[order.ActionType]int) {
	r := rand.New(rand.NewPCG(seed, 1))
	s := begun(r)
	for range 1 + r.IntN(10) {
		a := drawAction(r, s)
		compared := r.IntN(8) == 0
		var before []byte
		if compared {
			before = encoded([]any{s.Order, s.Items, s.Shippings, s.Credits})
		}
		after, err := s.Apply(a)
		if compared && !bytes.Equal(before, encoded([]any{s.Order, s.Items, s.Shippings, s.Credits})) {
			t.Errorf("%s changed the snapshot that it was applied to", a.Action)
		}
		if err != nil {
			continue
		}
		applied[a.Action]++
		invariants(t, after)
		s = after
	}
}

// one returns one of some values.
func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// FuzzDetails applies actions with any details: none panics, and those that are applied
// keep the invariants.
func FuzzDetails(f *testing.F) {
	f.Add("ITEM_ADD", `{"reference_id":"ordli_0","quantity":"2"}`)
	f.Add("ITEM_UPDATE", `{"reference_id":"ordli_0","quantity":1e3,"unit_price":{"value":"3"}}`)
	f.Add("RETURN_ITEM", `{"reference_id":"ordli_0","quantity":-1}`)
	f.Add("ITEM_ADJUSTMENTS_REPLACE", `{"reference_id":"ordli_0","adjustments":[{"amount":1}]}`)
	f.Add("TRANSFER_CUSTOMER", `[]`)
	s := &order.Snapshot{Order: &order.Order{CurrencyCode: "jpy", Version: 1}}
	i := line{price: "999", quantity: "3", rates: []string{"8"}}.item()
	i.Item.ID, i.ItemID = "ordli_0", "ordli_0"
	i.FulfilledQuantity = money.Int(2)
	s.Items = []*order.Item{i}
	s.Total()
	f.Fuzz(func(t *testing.T, action, details string) {
		after, err := s.Apply(&order.ChangeAction{Action: order.ActionType(action), Details: []byte(details), ReferenceID: new("cus_1"), Amount: new(money.Int(1))})
		if err == nil {
			invariants(t, after)
		}
	})
}
