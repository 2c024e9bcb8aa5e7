package demo

import (
	"time"

	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// story is an order while it is generated, from the cart on. Its records are in the book; the
// fields below are its current state.
type story struct {
	*world
	book  *book
	fate  *fate
	now   time.Time
	buyer *buyer
	area  *area
	offer *offer // nil for most

	cart    *cart.Cart
	order   *order.Order
	lines   []*line
	methods []*method
	credits []*order.CreditLine // the originals; every version has a copy

	summary    *order.Summary // the summary of the version in force
	totals     totals.Summary
	collection *payment.Collection // the collection of the order itself, with its payment
	payment    *payment.Payment
}

// line is a line of the order in the version in force.
type line struct {
	*order.LineItem
	good    *good
	variant *product.Variant
	off     money.Amount // the discount on one unit
	offer   *offer       // the offer that gives the discount

	quantity, fulfilled, shipped, delivered, requested, received, writtenOff int64
}

// method is a shipping method in the version in force.
type method struct {
	*order.ShippingMethod
	off      money.Amount
	offer    *offer
	returned *order.Return // what it was added for; all are nil for the order itself
	claim    *order.Claim
	exchange *order.Exchange
}

// tell generates an order with its fate.
func (w *world) tell(p placed, b *book) {
	s := &story{world: w, book: b, fate: p.fate, now: p.at, buyer: favored(w.source, w.buyers)}
	s.offer = w.offerFor(s.buyer, p.at)
	if p.permille == 0 { // the showcase, whose buyer can use the first promotion
		s.buyer, s.offer = w.buyers[0], w.offers[0]
	}
	s.area = s.buyer.area
	s.place()
	p.tell(s)
	s.closeSummary()
	s.reserve()
	if s.now.After(b.until) {
		b.until = s.now
	}
}

// later advances the time and then calls happen, unless the shop's time is over, so that
// recent orders are still in progress. It reports whether it called happen.
func (s *story) later(low, high time.Duration, happen func()) bool {
	at := s.now.Add(s.span(low, high))
	if at.After(s.end) {
		return false
	}
	s.now, s.order.UpdatedAt = at, at
	happen()
	return true
}

// due returns the total of the order, with taxes. Returned goods, and the discounts on them,
// do not count.
func (s *story) due() money.Amount {
	net := money.Zero
	for _, l := range s.lines {
		net = net.Add(l.UnitPrice.Sub(l.off).Mul(money.Int(l.quantity - l.received)))
	}
	for _, m := range s.methods {
		net = net.Add(m.Amount.Sub(m.off))
	}
	total := net.Mul(s.area.factor)
	for _, c := range s.credits {
		total = total.Sub(c.Amount)
	}
	return total
}

// gross returns an amount with the area's taxes.
func (s *story) gross(net money.Amount) money.Amount { return net.Mul(s.area.factor) }

const (
	hour = time.Hour
	day  = 24 * time.Hour
)
