package demo

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// book holds the records of a batch of orders until they are written, each
// kind by one call of its service. Orders and carts hold what they began with;
// what came later is beside them.
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

	pairs []link.Pair
	until time.Time // the last thing that happened
}

// write writes the batch. What names another record comes after it.
func (b *book) write(ctx context.Context, w *world) error {
	w.at = b.until // of the links, which are no older than what they link
	for _, write := range []func() error{
		func() error { return w.carts.Carts.Create(ctx, b.carts...) },
		func() error { return w.orders.Orders.Create(ctx, b.orders...) },
		func() error { return w.orders.LineItems.Create(ctx, b.lines...) },
		func() error { return w.orders.ShippingMethods.Create(ctx, b.methods...) },
		func() error { return w.orders.Items.Create(ctx, b.items...) },
		func() error { return w.orders.LineItemAdjustments.Create(ctx, b.adjustments...) },
		func() error { return w.orders.Shippings.Create(ctx, b.shippings...) },
		func() error { return w.orders.ShippingMethodAdjustments.Create(ctx, b.methodAdjustments...) },
		func() error { return w.orders.CreditLines.Create(ctx, b.credits...) },
		func() error { return w.orders.Summaries.Create(ctx, b.summaries...) },
		func() error { return w.orders.Returns.Create(ctx, b.returns...) },
		func() error { return w.orders.Claims.Create(ctx, b.claims...) },
		func() error { return w.orders.Exchanges.Create(ctx, b.exchanges...) },
		func() error { return w.orders.Changes.Create(ctx, b.changes...) },
		func() error { return w.payments.Collections.Create(ctx, b.collections...) },
		func() error { return w.payments.Captures.Create(ctx, b.captures...) },
		func() error { return w.payments.Refunds.Create(ctx, b.refunds...) },
		func() error { return w.orders.Transactions.Create(ctx, b.transactions...) },
		func() error { return w.fulfillments.Fulfillments.Create(ctx, b.fulfillments...) },
		func() error { _, err := w.links.Create(ctx, b.pairs...); return err },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}
