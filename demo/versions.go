package demo

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// amend creates the next version of the order: it adds the change, and the rows of the
// version. The lines must have been changed before.
func (s *story) amend(c *order.Change, actions ...*order.ChangeAction) {
	s.order.Version++
	c.Base, c.OrderID, c.Version = base(s.dated(order.Changes, s.now)), s.order.ID, s.order.Version
	c.Status, c.ConfirmedAt = order.ChangeConfirmed, s.instant()
	for _, a := range actions {
		a.Record, a.OrderID, a.Version, a.Applied = s.nested(order.ChangeActions, s.now), &s.order.ID, &c.Version, true
		a.ReturnID, a.ClaimID, a.ExchangeID = c.ReturnID, c.ClaimID, c.ExchangeID
	}
	c.Actions = actions
	s.book.changes = append(s.book.changes, c)
	s.writeVersion()
}

// writeVersion adds the rows of the order's version.
func (s *story) writeVersion() {
	v, b := s.order.Version, s.book
	for _, l := range s.lines {
		i := l.item(v)
		i.Record, i.OrderID, i.ItemID, i.UnitPrice = s.dated(order.Items, s.now), s.order.ID, l.ID, &l.UnitPrice
		b.items = append(b.items, i)
		for _, a := range s.adjustments(l, v, s.dated) {
			a.ItemID = l.ID
			b.adjustments = append(b.adjustments, a)
		}
	}
	for _, m := range s.methods {
		p := m.placed(v)
		p.Record, p.OrderID, p.ShippingMethodID = s.dated(order.Shippings, s.now), s.order.ID, m.ID
		b.shippings = append(b.shippings, p)
		for _, a := range s.methodAdjustments(m, v, s.dated) {
			a.ShippingMethodID = m.ID
			b.methodAdjustments = append(b.methodAdjustments, a)
		}
	}
	credited := money.Zero
	for _, c := range s.credits {
		copied := *c
		copied.Base, copied.Version = base(s.dated(order.CreditLines, s.now)), v
		b.credits = append(b.credits, &copied)
		if c.Version == v {
			credited = credited.Add(c.Amount)
		}
	}
	s.closeSummary()
	before := s.totals.CurrentOrderTotal
	s.openSummary(credited)
	s.totals.OriginalOrderTotal = before
	s.summary.Record, s.summary.OrderID = s.dated(order.Summaries, s.now), s.order.ID
	b.summaries = append(b.summaries, s.summary)
}

// openSummary begins the summary of the version in force. credited is the credit that was
// added with it.
func (s *story) openSummary(credited money.Amount) {
	s.summary = &order.Summary{Version: s.order.Version}
	s.totals.CurrentOrderTotal = s.due()
	s.totals.AccountingTotal, s.totals.CreditLineTotal = s.totals.CurrentOrderTotal, credited
}

// closeSummary sets the totals of the summary, when they no longer change.
func (s *story) closeSummary() {
	s.totals.PendingDifference = s.totals.CurrentOrderTotal.Sub(s.totals.TransactionTotal)
	s.summary.Totals = model.ToJSON(s.totals)
}

// item returns the Item of the line in a version.
func (l *line) item(version int64) *order.Item {
	return &order.Item{
		Version: version, Quantity: money.Int(l.quantity), FulfilledQuantity: money.Int(l.fulfilled), ShippedQuantity: money.Int(l.shipped),
		DeliveredQuantity: money.Int(l.delivered), ReturnRequestedQuantity: money.Int(l.requested), ReturnReceivedQuantity: money.Int(l.received),
		WrittenOffQuantity: money.Int(l.writtenOff),
	}
}

// discount returns the discount on the whole line.
func (l *line) discount() money.Amount { return l.off.Mul(money.Int(l.quantity)) }

// placed returns the Shipping of the method in a version.
func (m *method) placed(version int64) *order.Shipping {
	p := &order.Shipping{Version: version}
	if m.returned != nil {
		p.ReturnID = &m.returned.ID
	}
	if m.claim != nil {
		p.ClaimID = &m.claim.ID
	}
	if m.exchange != nil {
		p.ExchangeID = &m.exchange.ID
	}
	return p
}

// begin is source.nested or source.dated.
type begin func(*model.Model, time.Time) model.Record

func (s *story) adjustments(l *line, version int64, with begin) []*order.LineItemAdjustment {
	if l.offer == nil {
		return nil
	}
	return []*order.LineItemAdjustment{{
		Record: with(order.LineItemAdjustments, s.now), Version: version, Code: &l.offer.Code, PromotionID: &l.offer.ID, Amount: l.discount(),
	}}
}

func (s *story) methodAdjustments(m *method, version int64, with begin) []*order.ShippingMethodAdjustment {
	if m.offer == nil {
		return nil
	}
	return []*order.ShippingMethodAdjustment{{
		Record: with(order.ShippingMethodAdjustments, s.now), Version: version, Code: &m.offer.Code, PromotionID: &m.offer.ID, Amount: m.off,
	}}
}

// addLine adds a line to the order, for the next version.
func (s *story) addLine(l *line) {
	l.CreatedAt, l.UpdatedAt = s.now, s.now // it is not nested in the order
	s.book.lines = append(s.book.lines, l.LineItem)
	s.lines = append(s.lines, l)
}

// addMethod adds a shipping method to the order, for the next version.
func (s *story) addMethod(m *method) {
	m.CreatedAt, m.UpdatedAt = s.now, s.now
	s.book.methods = append(s.book.methods, m.ShippingMethod)
	s.methods = append(s.methods, m)
}

// credit adds a credit line, which reduces what is owed for the order.
func (s *story) credit(amount money.Amount, reference, id string) {
	s.credits = append(s.credits, &order.CreditLine{
		Version: s.order.Version + 1, OrderID: s.order.ID, Amount: amount, Reference: &reference, ReferenceID: &id,
	})
	s.amend(&order.Change{ChangeType: new("credit_line")}, &order.ChangeAction{
		Action: "CREDIT_LINE_ADD", Reference: &reference, ReferenceID: &id, Amount: &amount,
	})
}

// transact adds a transaction: a payment or, if negative, a refund.
func (s *story) transact(t *order.Transaction) {
	t.Record, t.OrderID, t.Version, t.CurrencyCode = s.dated(order.Transactions, s.now), s.order.ID, s.order.Version, s.order.CurrencyCode
	s.book.transactions = append(s.book.transactions, t)
	if t.Amount.Sign() > 0 {
		s.totals.PaidTotal = s.totals.PaidTotal.Add(t.Amount)
	} else {
		s.totals.RefundedTotal = s.totals.RefundedTotal.Sub(t.Amount)
	}
	s.totals.TransactionTotal = s.totals.TransactionTotal.Add(t.Amount)
	s.summary.UpdatedAt = s.now
}

// details are the parameters of an action on a line.
type details struct {
	ReferenceID string        `json:"reference_id"`
	Quantity    int64         `json:"quantity"`
	UnitPrice   *money.Amount `json:"unit_price,omitempty"`
}

// action returns the action of a change on a quantity of a line.
func action(name order.ActionType, l *line, n int64, reference, id string) *order.ChangeAction {
	return &order.ChangeAction{
		Action: name, Reference: text(reference), ReferenceID: text(id), Details: model.ToJSON(details{ReferenceID: l.ID, Quantity: n}),
	}
}

// onMethod returns the action of a change that adds a shipping method.
func onMethod(m *method) *order.ChangeAction {
	return &order.ChangeAction{Action: "SHIPPING_ADD", Reference: new("order_shipping_method"), ReferenceID: &m.ID, Amount: &m.Amount}
}
