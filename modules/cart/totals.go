package cart

import (
	"slices"
	"strconv"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// compute sets the totals of a cart and of everything nested in it.
func (c *Cart) compute() {
	rounding := totals.Exact
	if c.Rounding == RoundingCurrency {
		rounding = totals.Currency(totals.Digits(c.CurrencyCode))
	}
	items, methods := slices.Collect(module.Present(c.Items)), slices.Collect(module.Present(c.ShippingMethods))
	in := totals.Input{}
	for _, l := range items {
		in.Items = append(in.Items, l.line())
	}
	for _, m := range methods {
		in.Methods = append(in.Methods, m.line())
	}
	for credit := range module.Present(c.CreditLines) {
		in.Credits = append(in.Credits, credit.Amount)
	}
	t := totals.Of(in, rounding)
	c.Cart = t.Order.Cart
	for i, l := range items {
		l.set(t.Items[i])
	}
	for i, m := range methods {
		m.set(t.Methods[i])
	}
}

// line returns what is charged for a line.
func (l *LineItem) line() totals.Line {
	out := totals.Line{UnitPrice: l.UnitPrice, Quantity: money.Int(l.Quantity), TaxInclusive: l.IsTaxInclusive}
	for t := range module.Present(l.TaxLines) {
		out.Rates = append(out.Rates, percent(t.Rate))
	}
	for a := range module.Present(l.Adjustments) {
		out.Discounts = append(out.Discounts, totals.Discount{Amount: a.Amount, TaxInclusive: a.IsTaxInclusive})
	}
	return out
}

// set sets the totals of a line, in the order in which line returned its parts.
func (l *LineItem) set(t totals.LineTotals) {
	l.Charge = t.Charge
	for i, tax := range slices.Collect(module.Present(l.TaxLines)) {
		tax.Part = t.Taxes[i]
	}
	for i, a := range slices.Collect(module.Present(l.Adjustments)) {
		a.Part = t.Discounts[i]
	}
}

// line returns what is charged for a shipping method.
func (m *ShippingMethod) line() totals.Line {
	out := totals.Line{UnitPrice: m.Amount, Quantity: money.Int(1), TaxInclusive: m.IsTaxInclusive}
	for t := range module.Present(m.TaxLines) {
		out.Rates = append(out.Rates, percent(t.Rate))
	}
	for a := range module.Present(m.Adjustments) {
		out.Discounts = append(out.Discounts, totals.Discount{Amount: a.Amount})
	}
	return out
}

// set sets the totals of a shipping method, in the order in which line returned its
// parts.
func (m *ShippingMethod) set(t totals.LineTotals) {
	m.Charge = t.Charge
	for i, tax := range slices.Collect(module.Present(m.TaxLines)) {
		tax.Part = t.Taxes[i]
	}
	for i, a := range slices.Collect(module.Present(m.Adjustments)) {
		a.Part = t.Discounts[i]
	}
}

// percent returns a rate as the decimal that it is written as: 9.975 is exactly that.
// Rules refuse a rate that is no number.
func percent(rate float64) money.Amount {
	a, err := money.Parse(strconv.FormatFloat(rate, 'f', -1, 64))
	if err != nil {
		return money.Zero
	}
	return a
}

// mark marks the rows of a new cart, whose totals need not be computed again.
func (c *Cart) mark() {
	for l := range module.Present(c.Items) {
		l.totaled = true
		for t := range module.Present(l.TaxLines) {
			t.totaled = true
		}
		for a := range module.Present(l.Adjustments) {
			a.totaled = true
		}
	}
	for m := range module.Present(c.ShippingMethods) {
		m.totaled = true
		for t := range module.Present(m.TaxLines) {
			t.totaled = true
		}
		for a := range module.Present(m.Adjustments) {
			a.totaled = true
		}
	}
	for credit := range module.Present(c.CreditLines) {
		credit.totaled = true
	}
}
