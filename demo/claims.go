package demo

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// claim adds a claim about one piece of a line.
func (s *story) claim(kind order.ClaimType, l *line) *order.Claim {
	why := pick(s.source, []order.ClaimReason{order.ReasonProductionFailure, order.ReasonWrongItem, order.ReasonMissingItem, order.ReasonOther})
	c := &order.Claim{Base: base(s.dated(order.Claims, s.now)), OrderID: s.order.ID, OrderVersion: s.order.Version, Type: kind}
	item := &order.ClaimItem{Base: base(s.nested(order.ClaimItems, s.now)), ItemID: l.ID, Quantity: money.Int(1), Reason: &why, Note: new(complaints()[why])}
	if why != order.ReasonMissingItem {
		item.Images = []*order.ClaimItemImage{{
			Base: base(s.nested(order.ClaimItemImages, s.now)), URL: "/static/demo/" + l.good.Handle + "-claim.svg",
		}}
	}
	c.ClaimItems = []*order.ClaimItem{item}
	s.book.claims = append(s.book.claims, c)
	return c
}

func complaints() map[order.ClaimReason]string {
	return map[order.ClaimReason]string{
		order.ReasonProductionFailure: "A seam came loose on the first day.", order.ReasonWrongItem: "Another one was in the parcel.",
		order.ReasonMissingItem: "One less was in the parcel.", order.ReasonOther: "Not what the pictures show.",
	}
}

// replace settles a claim with a replacement. The customer pays for express shipping, into
// a payment collection of the claim.
func (s *story) replace(l *line) {
	c := s.claim(order.ClaimReplace, l)
	other := s.line(l.good, l.variant, 1)
	other.UnitPrice, other.IsCustomPrice = money.Zero, true
	s.addLine(other)
	m := s.method(s.area.express, nil)
	m.claim = c
	s.addMethod(m)
	c.AdditionalItems = []*order.ClaimItem{{Base: base(s.nested(order.ClaimItems, s.now)), ItemID: other.ID, Quantity: money.Int(1)}}
	s.amend(&order.Change{ChangeType: new("claim"), ClaimID: &c.ID},
		action(order.WriteOffItem, l, 1, "order_claim", c.ID), added(other, "order_claim", c.ID), onMethod(m))
	paid := s.charge(s.gross(m.Amount), &order.Transaction{ClaimID: &c.ID})
	s.pair(order.Claims, c.ID, payment.Collections, paid.ID)
	s.sendBy(m, []portion{{other, 1}})
}

// makeGood settles a claim with a refund of the price, from the collection that it was paid
// into.
func (s *story) makeGood(l *line) {
	c := s.claim(order.ClaimRefund, l)
	s.amend(&order.Change{ChangeType: new("claim"), ClaimID: &c.ID}, action(order.WriteOffItem, l, 1, "order_claim", c.ID))
	s.pair(order.Claims, c.ID, payment.Collections, s.collection.ID)
	s.later(2*hour, 2*day, func() {
		c.RefundAmount = new(s.gross(l.UnitPrice.Sub(l.off)))
		c.UpdatedAt = s.now
		s.credit(*c.RefundAmount, s.claimReason.Label, s.claimReason.Code)
		s.refund(*c.RefundAmount, s.claimReason, &order.Transaction{ClaimID: &c.ID})
	})
}

// added returns the action of a change that adds a line.
func added(l *line, reference, id string) *order.ChangeAction {
	a := action(order.ItemAdd, l, l.quantity, reference, id)
	a.Details = model.ToJSON(order.Details{ReferenceID: l.ID, Quantity: new(money.Int(l.quantity)), UnitPrice: &l.UnitPrice})
	a.Amount = new(l.UnitPrice.Mul(money.Int(l.quantity)))
	return a
}
