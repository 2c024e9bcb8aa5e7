package demo

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// book holds the records of a batch of orders until they are written, each kind with one
// call of its service. Orders and carts nest what they were created with; what was added
// later is in lists of its own.
type book struct {
	carts  []*cart.Cart
	orders []*order.Order

	lines             []*order.LineItem
	methods           []*order.ShippingMethod
	items             []*order.Item
	adjustments       []*order.LineItemAdjustment
	shippings         []*order.Shipping
	methodAdjustments []*order.ShippingMethodAdjustment
	credits           []*order.CreditLine
	summaries         []*order.Summary
	changes           []*order.Change
	transactions      []*order.Transaction
	returns           []*order.Return
	claims            []*order.Claim
	exchanges         []*order.Exchange

	collections  []*payment.Collection
	captures     []*payment.Capture
	refunds      []*payment.Refund
	fulfillments []*fulfillment.Fulfillment
	reservations []*inventory.ReservationItem

	pairs []link.Pair
	until time.Time // the time of the last event
}

// write writes the batch. Records are written after those they refer to.
func (b *book) write(ctx context.Context, w *world) error {
	w.at = b.until // the time of the links, which are not older than what they link
	for _, write := range []func() error{
		func() error { return w.Cart.Carts.Create(ctx, b.carts...) },
		func() error { return w.Order.Orders.Create(ctx, b.orders...) },
		func() error { return w.Order.LineItems.Create(ctx, b.lines...) },
		func() error { return w.Order.ShippingMethods.Create(ctx, b.methods...) },
		func() error { return w.Order.Items.Create(ctx, b.items...) },
		func() error { return w.Order.LineItemAdjustments.Create(ctx, b.adjustments...) },
		func() error { return w.Order.Shippings.Create(ctx, b.shippings...) },
		func() error { return w.Order.ShippingMethodAdjustments.Create(ctx, b.methodAdjustments...) },
		func() error { return w.Order.CreditLines.Create(ctx, b.credits...) },
		func() error { return w.Order.Summaries.Create(ctx, b.summaries...) },
		func() error { return w.Order.Returns.Create(ctx, b.returns...) },
		func() error { return w.Order.Claims.Create(ctx, b.claims...) },
		func() error { return w.Order.Exchanges.Create(ctx, b.exchanges...) },
		func() error { return w.Order.Changes.Create(ctx, b.changes...) },
		func() error { return w.Payment.Collections.Create(ctx, b.collections...) },
		func() error { return w.Payment.Captures.Create(ctx, b.captures...) },
		func() error { return w.Payment.Refunds.Create(ctx, b.refunds...) },
		func() error { return w.Order.Transactions.Create(ctx, b.transactions...) },
		func() error { return w.Fulfillment.Fulfillments.Create(ctx, b.fulfillments...) },
		func() error { _, err := w.Links.Create(ctx, b.pairs...); return err },
		func() error { return b.writeReservations(ctx, w) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}
