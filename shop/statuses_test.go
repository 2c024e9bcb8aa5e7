package shop_test

import (
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Whatever changes a collection, a fulfillment, an item or a link to an order changes
// the order's statuses with it.
func TestStatusesFollow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		b, err := shop.Build(shop.Config{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Schema.Migrate(t.Context(), d, schema.Options{}); err != nil {
			t.Fatal(err)
		}
		s := b.On(d)
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		o := &order.Order{CurrencyCode: "eur", Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{Title: "Mug", UnitPrice: money.Int(5)}}}}
		must(s.Order.Orders.Create(ctx, o))
		see := func(paid order.PaymentStatus, sent order.FulfillmentStatus) {
			t.Helper()
			got, err := s.Order.Orders.Retrieve(ctx, o.ID)
			must(err)
			if want := (order.Statuses{PaymentStatus: paid, FulfillmentStatus: sent}); got.Statuses != want {
				t.Errorf("the statuses are %v, want %v", got.Statuses, want)
			}
		}
		see("not_paid", "not_fulfilled")
		c := &payment.Collection{CurrencyCode: "eur", Amount: money.Int(10), Status: payment.CollectionAuthorized}
		must(s.Payment.Collections.Create(ctx, c))
		pair := link.Pair{order.Orders: o.ID, payment.Collections: c.ID}
		_, err = s.Links.Create(ctx, pair)
		must(err)
		see("authorized", "not_fulfilled")
		_, err = s.Payment.Collections.Update(ctx, []string{c.ID}, module.Patch{"status": "completed", "captured_amount": 10})
		must(err)
		see("captured", "not_fulfilled")
		_, err = s.Order.Fulfill(ctx, o.ID, "ful_1", "", order.Part{ItemID: o.Items[0].ItemID, Quantity: money.Int(1)})
		must(err)
		f := &fulfillment.Fulfillment{LocationID: "sloc_1", PackedAt: new(time.Now())}
		must(s.Fulfillment.Fulfillments.Create(ctx, f))
		_, err = s.Links.Create(ctx, link.Pair{order.Orders: o.ID, fulfillment.Fulfillments: f.ID})
		must(err)
		see("captured", "partially_fulfilled")
		_, err = s.Order.Fulfill(ctx, o.ID, "ful_1", "", order.Part{ItemID: o.Items[0].ItemID, Quantity: money.Int(1)})
		must(err)
		see("captured", "fulfilled")
		must(s.Order.RevertVersion(ctx, o.ID))
		see("captured", "partially_fulfilled")
		_, err = s.Fulfillment.Fulfillments.Update(ctx, []string{f.ID}, module.Patch{"canceled_at": time.Now()})
		must(err)
		see("captured", "canceled")
		_, err = s.Links.Dismiss(ctx, pair)
		must(err)
		see("not_paid", "canceled")
	})
}
