package demo

import (
	"time"

	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
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

	cart     *cart.Cart
	order    *order.Order    // as it was placed, with its status and version
	snapshot *order.Snapshot // the version in force
	lines    []*line
	methods  []*method
	err      error // of the first operation that failed, after which nothing happens

	summary            *order.Summary      // the summary of the version in force
	original, credited money.Amount        // what the summary says of the change that made the version
	collection         *payment.Collection // the collection of the order itself, with its payment
	payment            *payment.Payment
}

// line is a line of the order, with what it was ordered with.
type line struct {
	*order.LineItem
	good     *good
	variant  *product.Variant
	quantity int64
	off      money.Amount // the discount on one unit
	offer    *offer       // the offer that gives the discount
}

// method is a shipping method of the order.
type method struct {
	*order.ShippingMethod
	off      money.Amount
	offer    *offer
	returned *order.Return // what it was added for; all are nil for the order itself
	claim    *order.Claim
	exchange *order.Exchange
}

// tell generates an order with its fate.
func (w *world) tell(p placed, b *book) error {
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
	return s.err
}

// later advances the time and then calls happen, unless the shop's time is over, so that
// recent orders are still in progress. It reports whether it called happen.
func (s *story) later(low, high time.Duration, happen func()) bool {
	at := s.now.Add(s.span(low, high))
	if s.err != nil || at.After(s.end) {
		return false
	}
	s.now, s.order.UpdatedAt = at, at
	happen()
	return s.err == nil
}

// gross returns an amount with the area's taxes.
func (s *story) gross(net money.Amount) money.Amount { return net.Mul(s.area.factor) }

const (
	hour = time.Hour
	day  = 24 * time.Hour
)
