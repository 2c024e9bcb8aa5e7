package demo

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// amend applies a change to the order, which makes its next version. Actions that name no
// return, claim or exchange are of that of the change.
func (s *story) amend(c *order.Change, actions ...*order.ChangeAction) {
	if s.err != nil {
		return
	}
	c.Base, c.OrderID, c.Version = base(s.dated(order.Changes, s.now)), s.order.ID, s.order.Version+1
	c.Status, c.ConfirmedAt = order.ChangeConfirmed, s.instant()
	for _, a := range actions {
		a.Record, a.OrderID, a.Version, a.Applied = s.nested(order.ChangeActions, s.now), &s.order.ID, &c.Version, true
		if a.ReturnID == nil && a.ClaimID == nil && a.ExchangeID == nil {
			a.ReturnID, a.ClaimID, a.ExchangeID = c.ReturnID, c.ClaimID, c.ExchangeID
		}
	}
	next, err := s.snapshot.Next(actions...)
	if err != nil {
		s.err = err
		return
	}
	c.Actions = actions
	s.book.changes = append(s.book.changes, c)
	s.closeSummary()
	s.original, s.credited = s.snapshot.Order.Total, next.Credited()
	s.snapshot, s.order.Version = next, next.Order.Version
	s.writeVersion()
}

// writeVersion adds the rows of the version in force.
func (s *story) writeVersion() {
	b := s.book
	for _, i := range s.snapshot.Items {
		row := *i
		row.Record, row.Item = s.dated(order.Items, s.now), nil
		b.items = append(b.items, &row)
		for _, a := range i.Item.Adjustments {
			row := *a
			row.Record, row.ItemID = s.dated(order.LineItemAdjustments, s.now), i.ItemID
			b.adjustments = append(b.adjustments, &row)
		}
	}
	for _, p := range s.snapshot.Shippings {
		row := *p
		row.Record, row.ShippingMethod = s.dated(order.Shippings, s.now), nil
		b.shippings = append(b.shippings, &row)
		for _, a := range p.ShippingMethod.Adjustments {
			row := *a
			row.Record, row.ShippingMethodID = s.dated(order.ShippingMethodAdjustments, s.now), p.ShippingMethodID
			b.methodAdjustments = append(b.methodAdjustments, &row)
		}
	}
	for _, c := range s.snapshot.Credits {
		c.Record = s.dated(order.CreditLines, s.now)
		row := *c
		b.credits = append(b.credits, &row)
	}
	s.summary = &order.Summary{Version: s.order.Version, OrderID: s.order.ID}
	s.summary.Record = s.dated(order.Summaries, s.now)
	b.summaries = append(b.summaries, s.summary)
}

// closeSummary sets the totals of the summary, when they no longer change.
func (s *story) closeSummary() { s.summary.Totals = model.ToJSON(s.summarized()) }

// summarized returns the summary of the version in force.
func (s *story) summarized() totals.Summary { return s.snapshot.Summary(s.original, s.credited) }

// discount returns the discount on the whole line.
func (l *line) discount() money.Amount { return l.off.Mul(money.Int(l.quantity)) }

// adjustments returns the discounts of a line, without ids.
func (l *line) adjustments() []*order.LineItemAdjustment {
	if l.offer == nil {
		return nil
	}
	return []*order.LineItemAdjustment{{Version: 1, Code: &l.offer.Code, PromotionID: &l.offer.ID, Amount: l.discount()}}
}

// addLine adds a line to the order, for the next version.
func (s *story) addLine(l *line) {
	l.CreatedAt, l.UpdatedAt = s.now, s.now // it is not nested in the order
	s.book.lines = append(s.book.lines, l.LineItem)
	drafted := *l.LineItem
	drafted.Adjustments = l.adjustments()
	s.snapshot.Drafted.Lines[l.ID] = &drafted
	s.lines = append(s.lines, l)
}

// addMethod adds a shipping method to the order, for the next version.
func (s *story) addMethod(m *method) {
	m.CreatedAt, m.UpdatedAt = s.now, s.now
	s.book.methods = append(s.book.methods, m.ShippingMethod)
	s.snapshot.Drafted.Methods[m.ID] = m.ShippingMethod
	s.methods = append(s.methods, m)
}

// credit adds a credit line, which reduces what is owed for the order.
func (s *story) credit(amount money.Amount, reference, id string) {
	s.amend(&order.Change{ChangeType: new("credit_line")}, &order.ChangeAction{
		Action: order.CreditLineAdd, Reference: &reference, ReferenceID: &id, Amount: &amount,
	})
}

// transact adds a transaction: a payment or, if negative, a refund.
func (s *story) transact(t *order.Transaction) {
	t.Record, t.OrderID, t.Version, t.CurrencyCode = s.dated(order.Transactions, s.now), s.order.ID, s.order.Version, s.order.CurrencyCode
	s.book.transactions = append(s.book.transactions, t)
	s.snapshot.Payments = append(s.snapshot.Payments, t)
	s.summary.UpdatedAt = s.now
}

// action returns the action of a change on a quantity of a line.
func action(name order.ActionType, l *line, n int64, reference, id string) *order.ChangeAction {
	return &order.ChangeAction{
		Action: name, Reference: text(reference), ReferenceID: text(id), Details: model.ToJSON(order.Details{ReferenceID: l.ID, Quantity: new(money.Int(n))}),
	}
}

// onMethod returns the action of a change that adds a shipping method.
func onMethod(m *method) *order.ChangeAction {
	a := &order.ChangeAction{Action: order.ShippingAdd, Reference: new("order_shipping_method"), ReferenceID: &m.ID, Amount: &m.Amount}
	if m.returned != nil {
		a.ReturnID = &m.returned.ID
	}
	if m.claim != nil {
		a.ClaimID = &m.claim.ID
	}
	if m.exchange != nil {
		a.ExchangeID = &m.exchange.ID
	}
	return a
}
