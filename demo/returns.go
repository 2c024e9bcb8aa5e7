package demo

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// comeback is a return in progress.
type comeback struct {
	*order.Return
	goods  portion
	parcel *parcel
}

// bringBack returns some pieces of a line: the return is requested, sent, received and
// refunded. A few customers keep the goods after all.
func (s *story) bringBack(l *line, n int64) {
	c := s.expect(&order.Return{}, l, n)
	m := s.method(s.area.back, nil)
	m.returned = c.Return
	s.addMethod(m)
	s.amend(&order.Change{ChangeType: new("return_request"), ReturnID: &c.ID}, action(order.ReturnItemAction, l, n, "return", c.ID), onMethod(m))
	switch plain := s.fate.permille > 0; {
	case plain && s.chance(10):
		s.later(hour, 20*hour, func() { s.keep(c, m) })
		return
	case plain && s.chance(10): // the return is never sent
		return
	}
	_ = s.later(day, 4*day, func() { c.parcel.dispatch(s) }) &&
		s.later(2*day, 6*day, func() { s.receive(c) }) &&
		s.later(hour, 2*day, func() { s.settle(c.Return) })
}

// expect adds a return of some pieces of a line, with its parcel. The caller sets what it
// belongs to, and adds the change.
func (s *story) expect(r *order.Return, l *line, n int64) *comeback {
	r.Base, r.OrderID, r.OrderVersion = base(s.dated(order.Returns, s.now)), s.order.ID, s.order.Version
	r.Status, r.RequestedAt, r.LocationID = order.ReturnRequested, s.instant(), &s.warehouse.ID
	r.Items = []*order.ReturnItem{{
		Base: base(s.nested(order.ReturnItems, s.now)), ItemID: l.ID, Quantity: money.Int(n), ReasonID: s.reason(l.good),
	}}
	s.book.returns = append(s.book.returns, r)
	p := portion{l, n}
	back := &method{ShippingMethod: &order.ShippingMethod{ShippingOptionID: &s.area.back.ID, Data: s.area.back.Data}}
	c := &comeback{r, p, &parcel{s.fulfillment(back, s.depot, []portion{p}), nil}}
	s.pair(order.Returns, r.ID, fulfillment.Fulfillments, c.parcel.ID)
	return c
}

// reason chooses the reason for a return. Only what comes in sizes can be a bad fit.
func (s *story) reason(g *good) *string {
	reasons := s.fitReasons
	if !slices.ContainsFunc(g.choices, func(c choice) bool { return c.title == "Size" }) || s.chance(40) {
		reasons = s.returnReasons
	}
	return &pick(s.source, reasons).ID
}

// receive marks the goods as received, which reduces the total of the order.
func (s *story) receive(c *comeback) {
	c.parcel.DeliveredAt, c.parcel.UpdatedAt = s.instant(), s.now
	c.Status, c.ReceivedAt, c.UpdatedAt = order.ReturnReceived, s.instant(), s.now
	c.Items[0].ReceivedQuantity = c.Items[0].Quantity
	s.amend(&order.Change{ChangeType: new("return_receive"), ReturnID: &c.ID, ExchangeID: c.ExchangeID, ClaimID: c.ClaimID},
		action(order.ReceiveReturnItem, c.goods.line, c.goods.n, "return", c.ID))
}

// keep cancels a return. Its shipping is not charged.
func (s *story) keep(c *comeback, m *method) {
	c.parcel.CanceledAt, c.parcel.UpdatedAt = s.instant(), s.now
	c.Status, c.CanceledAt, c.UpdatedAt = order.ReturnCanceled, s.instant(), s.now
	s.amend(&order.Change{ReturnID: &c.ID}, action(order.CancelReturnItem, c.goods.line, c.goods.n, "return", c.ID),
		&order.ChangeAction{Action: order.ShippingRemove, Reference: new("order_shipping_method"), ReferenceID: &m.ID})
}
