package demo

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// swap exchanges one piece of a line for another variant at the same price. The customer
// pays for the second delivery, into a payment collection of the exchange.
func (s *story) swap(l *line) {
	e := &order.Exchange{Base: base(s.dated(order.Exchanges, s.now)), OrderID: s.order.ID, OrderVersion: s.order.Version}
	c := s.expect(&order.Return{ExchangeID: &e.ID}, l, 1)
	e.ReturnID = &c.ID
	other := s.line(l.good, anotherVariant(l), 1)
	other.off, other.offer = l.off, l.offer
	s.addLine(other)
	m := s.method(s.area.standard, nil)
	m.exchange = e
	s.addMethod(m)
	e.AdditionalItems = []*order.ExchangeItem{{Base: base(s.nested(order.ExchangeItems, s.now)), ItemID: other.ID, Quantity: money.Int(1)}}
	e.DifferenceDue = new(s.gross(m.Amount))
	s.book.exchanges = append(s.book.exchanges, e)
	s.amend(&order.Change{ChangeType: new("exchange"), ExchangeID: &e.ID, ReturnID: e.ReturnID},
		action(order.ReturnItemAction, l, 1, "order_exchange", e.ID), added(other, "order_exchange", e.ID), onMethod(m))
	paid := s.charge(*e.DifferenceDue, &order.Transaction{ExchangeID: &e.ID})
	s.pair(order.Exchanges, e.ID, payment.Collections, paid.ID)
	if s.later(day, 4*day, func() { c.parcel.dispatch(s) }) && s.later(2*day, 6*day, func() { s.receive(c) }) {
		s.sendBy(m, []portion{{other, 1}})
	}
}

// anotherVariant returns the next variant of the line's product, which is the same if the
// product has only one.
func anotherVariant(l *line) *product.Variant {
	all := l.good.Variants
	return all[(slices.Index(all, l.variant)+1)%len(all)]
}
