package demo

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// owe creates the payment collection of the cart, which becomes that of the order.
func (s *story) owe() {
	s.collection = s.collect(s.snapshot.Order.Total)
	s.pair(order.Orders, s.order.ID, payment.Collections, s.collection.ID)
	s.pair(cart.Carts, s.cart.ID, payment.Collections, s.collection.ID)
}

// collect creates a collection for an amount, which is not paid yet.
func (s *story) collect(amount money.Amount) *payment.Collection {
	c := &payment.Collection{
		Base: base(s.dated(payment.Collections, s.now)), CurrencyCode: s.order.CurrencyCode, Amount: amount, Status: payment.CollectionNotPaid,
	}
	s.book.collections = append(s.book.collections, c)
	return c
}

// session creates a session for a collection.
func (s *story) session(c *payment.Collection, p *payment.ProviderRecord, status payment.SessionStatus) *payment.Session {
	session := &payment.Session{
		Base: base(s.nested(payment.Sessions, s.now)), CurrencyCode: c.CurrencyCode, Amount: c.Amount, ProviderID: p.ID, Status: status,
	}
	c.PaymentSessions = append(c.PaymentSessions, session)
	return session
}

// await creates a session that is pending, such as for a bank transfer.
func (s *story) await() {
	s.session(s.collection, s.area.others[len(s.area.others)-1], payment.SessionPending)
	s.collection.Status = payment.CollectionAwaiting
}

// authorize authorizes the payment of the order, by card or in another way. Occasionally only
// the second attempt succeeds.
func (s *story) authorize() {
	p := s.area.card
	if s.chance(30) {
		p = pick(s.source, s.area.others)
	}
	if s.chance(5) {
		s.session(s.collection, p, payment.SessionError)
	}
	s.payment = s.approve(s.collection, p)
}

// approve authorizes a whole collection with a provider.
func (s *story) approve(c *payment.Collection, by *payment.ProviderRecord) *payment.Payment {
	session := s.session(c, by, payment.SessionAuthorized)
	session.AuthorizedAt = s.instant()
	p := &payment.Payment{
		Base: base(s.nested(payment.Payments, s.now)), Amount: c.Amount, CurrencyCode: c.CurrencyCode, ProviderID: by.ID, PaymentSession: session,
		Data: model.RawJSON("{}"),
	}
	c.Payments = append(c.Payments, p)
	c.PaymentProviders = []*payment.ProviderRecord{by}
	c.Status, c.AuthorizedAmount = payment.CollectionAuthorized, &c.Amount
	return p
}

// capture captures the order's payment in full.
func (s *story) capture() { s.take(s.collection, s.payment, &order.Transaction{}) }

// take captures a payment in full. t may say what it was for.
func (s *story) take(c *payment.Collection, p *payment.Payment, t *order.Transaction) {
	capture := &payment.Capture{Base: base(s.dated(payment.Captures, s.now)), Amount: p.Amount, PaymentID: p.ID}
	s.book.captures = append(s.book.captures, capture)
	p.CapturedAt, p.UpdatedAt = s.instant(), s.now
	c.Status, c.CapturedAmount, c.CompletedAt, c.UpdatedAt = payment.CollectionCompleted, &p.Amount, s.instant(), s.now
	t.Amount, t.Reference, t.ReferenceID = p.Amount, new("capture"), &capture.ID
	s.transact(t)
}

// charge captures an amount by card, in a new collection. t may say what it was for.
func (s *story) charge(amount money.Amount, t *order.Transaction) *payment.Collection {
	c := s.collect(amount)
	s.pair(order.Orders, s.order.ID, payment.Collections, c.ID)
	s.take(c, s.approve(c, s.area.card), t)
	return c
}

// refund refunds an amount of the order's payment. t may say what it was for.
func (s *story) refund(amount money.Amount, why *payment.RefundReason, t *order.Transaction) {
	r := &payment.Refund{Base: base(s.dated(payment.Refunds, s.now)), Amount: amount, PaymentID: s.payment.ID}
	if why != nil {
		r.RefundReasonID = &why.ID
	}
	s.book.refunds = append(s.book.refunds, r)
	all := amount
	if before := s.collection.RefundedAmount; before != nil {
		all = all.Add(*before)
	}
	s.collection.RefundedAmount, s.collection.UpdatedAt = &all, s.now
	t.Amount, t.Reference, t.ReferenceID = amount.Neg(), new("refund"), &r.ID
	s.transact(t)
}

// settle refunds what the customer has paid in excess, for a return.
func (s *story) settle(r *order.Return) {
	owed := s.summarized().PendingDifference.Neg()
	r.RefundAmount, r.UpdatedAt = &owed, s.now
	s.refund(owed, s.refundReason, &order.Transaction{ReturnID: &r.ID})
}

// void cancels the order's payment.
func (s *story) void() {
	s.payment.CanceledAt, s.payment.UpdatedAt = s.instant(), s.now
	for _, session := range s.collection.PaymentSessions {
		session.Status = payment.SessionCanceled
	}
	s.collection.Status, s.collection.AuthorizedAmount, s.collection.UpdatedAt = payment.CollectionCanceled, new(money.Zero), s.now
}
