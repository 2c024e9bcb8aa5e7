package order

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// The columns that totals of shipping methods and of items are stored in.
var (
	chargeTotals = model.Names[totals.Charge]()
	itemTotals   = model.Names[itemStored]()
	partTotals   = model.Names[totals.Part]()
)

// A sheet is an order with the rows that its totals follow from, in all versions.
type sheet struct {
	order    *Order
	versions []*edition // by version
	paid     []*Transaction
}

// An edition is the rows of one version. Its items and shippings have their line
// item or shipping method, with tax lines and the adjustments of all versions.
type edition struct {
	version   int64
	items     []*Item
	shippings []*Shipping
	credits   []*CreditLine
	summary   *Summary
}

// at returns the edition of a version, which it adds if it is new. Rows without a
// version are about to be written with the first.
func (s *sheet) at(version int64) *edition {
	version = max(version, 1)
	i, found := slices.BinarySearchFunc(s.versions, version, func(e *edition, v int64) int { return cmp.Compare(e.version, v) })
	if !found {
		s.versions = slices.Insert(s.versions, i, &edition{version: version})
	}
	return s.versions[i]
}

// nestedIn returns the sheet of a new order.
func nestedIn(o *Order) *sheet {
	s := &sheet{order: o, paid: slices.Collect(present(o.Transactions))}
	for i := range present(o.Items) {
		if i.Item != nil {
			s.at(i.Version).items = append(s.at(i.Version).items, i)
		}
	}
	for m := range present(o.ShippingMethods) {
		if m.ShippingMethod != nil {
			s.at(m.Version).shippings = append(s.at(m.Version).shippings, m)
		}
	}
	for c := range present(o.CreditLines) {
		s.at(c.Version).credits = append(s.at(c.Version).credits, c)
	}
	for r := range present(o.Summary) {
		s.at(r.Version).summary = r
	}
	return s
}

// compute sets all totals.
func (s *sheet) compute() {
	rounding := s.order.rounding()
	current := s.at(s.order.Version)
	var before *totals.Order // of the version before, if its rows are here
	last := int64(0)
	for _, e := range s.versions {
		if e.version != last+1 {
			before = nil
		}
		of := e.compute(rounding, e == current)
		if e == current {
			s.order.Order = of
		}
		if e.summary != nil {
			e.summary.Figures = of
			e.summarize(s, of, before)
		}
		before, last = &of, e.version
	}
}

// compute sets the totals of an edition's rows and returns those of the order. Tax
// lines, which have no version, have the totals of the version in force.
func (e *edition) compute(rounding totals.Rounding, inForce bool) totals.Order {
	in := totals.Input{}
	for _, i := range e.items {
		in.Items = append(in.Items, i.line())
	}
	for _, s := range e.shippings {
		in.Methods = append(in.Methods, s.line())
	}
	for _, c := range e.credits {
		in.Credits = append(in.Credits, c.Amount)
		c.Part = totals.Part{Total: c.Amount, Subtotal: c.Amount}
	}
	t := totals.Of(in, rounding)
	for n, i := range e.items {
		i.Charge, i.Progress, i.Refundable = t.Items[n].Charge, t.Items[n].Progress, t.Items[n].Refundable
		for k, a := range i.discounts() {
			a.Part = t.Items[n].Discounts[k]
		}
		for k, tax := range slices.Collect(present(i.Item.TaxLines)) {
			if inForce {
				tax.Part = t.Items[n].Taxes[k]
			}
		}
	}
	for n, s := range e.shippings {
		s.Charge = t.Methods[n].Charge
		for k, a := range s.discounts() {
			a.Part = t.Methods[n].Discounts[k]
		}
		for k, tax := range slices.Collect(present(s.ShippingMethod.TaxLines)) {
			if inForce {
				tax.Part = t.Methods[n].Taxes[k]
			}
		}
	}
	return t.Order
}

// line returns what is charged for an item.
func (i *Item) line() totals.Line {
	l := totals.Line{UnitPrice: i.price(), Quantity: i.Quantity, TaxInclusive: i.Item.IsTaxInclusive, Counts: totals.Counts{
		Fulfilled: i.FulfilledQuantity, Shipped: i.ShippedQuantity, Delivered: i.DeliveredQuantity, ReturnRequested: i.ReturnRequestedQuantity,
		ReturnReceived: i.ReturnReceivedQuantity, ReturnDismissed: i.ReturnDismissedQuantity, WrittenOff: i.WrittenOffQuantity,
	}}
	for t := range present(i.Item.TaxLines) {
		l.Rates = append(l.Rates, t.Rate)
	}
	for _, a := range i.discounts() {
		l.Discounts = append(l.Discounts, totals.Discount{Amount: a.Amount, TaxInclusive: a.IsTaxInclusive})
	}
	return l
}

// discounts returns the adjustments of an item in its version.
func (i *Item) discounts() (out []*LineItemAdjustment) {
	for a := range present(i.Item.Adjustments) {
		if max(a.Version, 1) == max(i.Version, 1) {
			out = append(out, a)
		}
	}
	return out
}

// line returns what is charged for a shipping method.
func (s *Shipping) line() totals.Line {
	m := s.ShippingMethod
	l := totals.Line{UnitPrice: m.Amount, Quantity: money.Int(1), TaxInclusive: m.IsTaxInclusive}
	if s.Amount != nil {
		l.UnitPrice = *s.Amount
	}
	for t := range present(m.TaxLines) {
		l.Rates = append(l.Rates, t.Rate)
	}
	for _, a := range s.discounts() {
		l.Discounts = append(l.Discounts, totals.Discount{Amount: a.Amount})
	}
	return l
}

// discounts returns the adjustments of a shipping method in its version.
func (s *Shipping) discounts() (out []*ShippingMethodAdjustment) {
	for a := range present(s.ShippingMethod.Adjustments) {
		if max(a.Version, 1) == max(s.Version, 1) {
			out = append(out, a)
		}
	}
	return out
}

// summarize sets the summary of an edition. Transactions count from the version on in
// which they were made. What an imported summary says of the change that made the version
// stays: the total before and the credit that was added. So does that of a version whose
// one before is not here.
func (e *edition) summarize(s *sheet, of totals.Order, before *totals.Order) {
	var paid totals.Payments
	for _, t := range s.paid {
		if max(t.Version, 1) <= e.version || e.version >= s.order.Version {
			paid = append(paid, t.Amount)
		}
	}
	original, credit := of.Total, of.CreditLineTotal
	if before != nil {
		original, credit = before.Total, of.CreditLineTotal.Sub(before.CreditLineTotal)
	}
	if before == nil || imported(e.summary.Totals) {
		given := summaryOf(e.summary)
		original, credit = *cmp.Or(given.OriginalOrderTotal, &original), *cmp.Or(given.CreditLineTotal, &credit)
	}
	now := totals.Summarize(of, original, credit, paid, s.order.CurrencyCode)
	e.summary.Totals = merged(e.summary.Totals, now)
}

// history is what a stored summary says of the change that made its version.
type history struct {
	OriginalOrderTotal *money.Amount `json:"original_order_total"`
	CreditLineTotal    *money.Amount `json:"credit_line_total"`
}

func summaryOf(s *Summary) (h history) {
	if len(s.Totals) > 0 && json.Unmarshal(s.Totals, &h) != nil {
		return history{} // an imported summary without readable amounts says nothing of the change
	}
	return h
}

// merged returns a stored summary with new totals. Imported summaries have more: each
// amount again, as raw_….
func merged(stored model.RawJSON, now totals.Summary) model.RawJSON {
	var all map[string]json.RawMessage
	if len(stored) == 0 || json.Unmarshal(stored, &all) != nil || all == nil {
		return model.ToJSON(now)
	}
	changed := false
	for name, a := range now.Amounts() {
		_, raw := all["raw_"+name]
		if old, ok := all[name]; ok && same(old, a, raw) {
			continue
		}
		changed = true
		all[name] = json.RawMessage(a.String())
		if raw {
			all["raw_"+name] = json.RawMessage(`{"value":"` + a.String() + `","precision":20}`)
		}
	}
	if !changed {
		return stored
	}
	return model.ToJSON(all)
}

// imported reports whether a summary has its amounts also as raw_….
func imported(summary model.RawJSON) bool { return bytes.Contains(summary, []byte(`"raw_`)) }

// same reports whether a stored amount is what it should be. An imported one went through
// floating point.
func same(stored json.RawMessage, a money.Amount, imported bool) bool {
	var have money.Amount
	return json.Unmarshal(stored, &have) == nil && (have.Equal(a) || imported && near(have, a))
}

// tolerance is how far an amount that went through floating point can be off.
var tolerance = money.MustParse("0.000000001")

// near reports whether two amounts are the same but for floating point.
func near(a, b money.Amount) bool {
	return a.Sub(b).Abs().Cmp(tolerance.Mul(a.Abs().Add(money.Int(1)))) <= 0
}

// mark marks the rows of a new order, whose totals need not be computed again.
func (s *sheet) mark() {
	for _, t := range s.paid {
		t.totaled = true
	}
	for _, e := range s.versions {
		for _, c := range e.credits {
			c.totaled = true
		}
		for _, i := range e.items {
			i.totaled, i.Item.totaled = true, true
			for t := range present(i.Item.TaxLines) {
				t.totaled = true
			}
			for a := range present(i.Item.Adjustments) {
				a.totaled = true
			}
		}
		for _, m := range e.shippings {
			m.totaled, m.ShippingMethod.totaled = true, true
			for t := range present(m.ShippingMethod.TaxLines) {
				t.totaled = true
			}
			for a := range present(m.ShippingMethod.Adjustments) {
				a.totaled = true
			}
		}
	}
}
