package demo

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// portion is a quantity of a line.
type portion struct {
	*line
	n int64
}

// everything returns the full quantity of every line.
func (s *story) everything() []portion {
	var all []portion
	for _, l := range s.lines {
		all = append(all, portion{l, l.quantity})
	}
	return all
}

// parcel is a fulfillment of the order with its content.
type parcel struct {
	*fulfillment.Fulfillment
	content []portion
}

// send packs a parcel, ships it and, if arrives is set, delivers it. It reports whether all
// of that happened.
func (s *story) send(content []portion, arrives bool) bool {
	var p *parcel
	return s.later(4*hour, 3*day, func() { p = s.pack(s.methods[0], content) }) &&
		s.later(hour, 20*hour, func() { s.ship(p) }) && arrives &&
		s.later(day, 6*day, func() { s.deliver(p) })
}

// sendBy sends what a claim or exchange added, with the method that it added.
func (s *story) sendBy(m *method, content []portion) {
	var p *parcel
	_ = s.later(4*hour, 2*day, func() { p = s.pack(m, content) }) &&
		s.later(hour, 20*hour, func() { s.ship(p) }) &&
		s.later(day, 4*day, func() { s.deliver(p) })
}

// pack adds a parcel that is packed now.
func (s *story) pack(by *method, content []portion) *parcel {
	p := &parcel{s.fulfillment(by, s.buyer.home, content), content}
	s.pair(order.Orders, s.order.ID, fulfillment.Fulfillments, p.ID)
	s.move(p, order.FulfillItem)
	return p
}

func (s *story) ship(p *parcel) {
	p.dispatch(s)
	s.move(p, order.ShipItem)
}

func (s *story) deliver(p *parcel) {
	p.DeliveredAt, p.UpdatedAt = s.instant(), s.now
	s.move(p, order.DeliverItem)
}

// move does something to a parcel's content, in a new version of the order.
func (s *story) move(p *parcel, name order.ActionType) {
	var actions []*order.ChangeAction
	for _, c := range p.content {
		actions = append(actions, action(name, c.line, c.n, "fulfillment", p.ID))
	}
	s.amend(&order.Change{}, actions...)
}

// fulfillment returns a new fulfillment that is sent with a method, and packed now.
func (s *story) fulfillment(by *method, to home, content []portion) *fulfillment.Fulfillment {
	f := &fulfillment.Fulfillment{
		Base: base(s.dated(fulfillment.Fulfillments, s.now)), LocationID: s.warehouse.ID, PackedAt: s.instant(), ProviderID: s.area.standard.ProviderID,
		ShippingOptionID: by.ShippingOptionID, Data: by.Data, DeliveryAddress: s.deliveryAddress(to),
	}
	for _, c := range content {
		f.Items = append(f.Items, &fulfillment.Item{
			Record: s.nested(fulfillment.Items, s.now), Title: c.Title, SKU: *c.VariantSKU, Quantity: money.Int(c.n), LineItemID: &c.ID,
		})
	}
	s.book.fulfillments = append(s.book.fulfillments, f)
	return f
}

// dispatch ships the parcel, with a label.
func (p *parcel) dispatch(s *story) {
	p.ShippedAt, p.UpdatedAt = s.instant(), s.now
	number := fmt.Sprintf("DEMO%010d", s.Uint64N(1e10))
	p.Labels = []*fulfillment.Label{{
		Record: s.nested(fulfillment.Labels, p.CreatedAt), TrackingNumber: number,
		TrackingURL: "https://track.example.com/" + number, LabelURL: "https://track.example.com/" + number + "/label.pdf",
	}}
}

func (s *story) deliveryAddress(h home) *fulfillment.Address {
	return &fulfillment.Address{
		Base: base(s.nested(fulfillment.Addresses, s.now)), FirstName: h.first, LastName: h.last,
		Address1: h.street, City: h.city, Province: h.province, PostalCode: h.postal, CountryCode: h.country, Phone: h.phone,
	}
}
