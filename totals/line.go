package totals

import "github.com/gorgon-commerce/gorgon/money"

// A Line is what is charged at one price: a line of goods or, with a quantity of
// 1, a shipping method.
type Line struct {
	UnitPrice    money.Amount
	Quantity     money.Amount
	TaxInclusive bool           // the price includes the taxes
	Rates        []money.Amount // of each tax, in percent of the discounted amount
	Discounts    []Discount
	Counts       Counts
}

// A Discount reduces the price of the whole quantity of a line.
type Discount struct {
	Amount       money.Amount
	TaxInclusive bool // Amount includes the line's taxes
}

// Counts say what became of a line's quantity. They are zero in carts and for
// shipping methods.
type Counts struct {
	Fulfilled, Shipped, Delivered, ReturnRequested, ReturnReceived, ReturnDismissed, WrittenOff money.Amount
}

// returned is the quantity that came back and is not charged any more.
func (c Counts) returned() money.Amount { return c.ReturnReceived.Add(c.ReturnDismissed) }

// A Charge is what a line comes to, or all lines together. Names and formulas are
// those of Medusa's API.
type Charge struct {
	Subtotal         money.Amount `json:"subtotal" model:"default=0,follows"` // without taxes, before discounts
	Total            money.Amount `json:"total" model:"default=0,follows"`    // what is to be paid
	TaxTotal         money.Amount `json:"tax_total" model:"default=0,follows"`
	DiscountTotal    money.Amount `json:"discount_total" model:"default=0,follows"`     // with taxes
	DiscountSubtotal money.Amount `json:"discount_subtotal" model:"default=0,follows"`  // without taxes
	DiscountTaxTotal money.Amount `json:"discount_tax_total" model:"default=0,follows"` // the taxes that are saved
	OriginalTotal    money.Amount `json:"original_total" model:"default=0,follows"`     // before discounts
	OriginalSubtotal money.Amount `json:"original_subtotal" model:"default=0,follows"`
	OriginalTaxTotal money.Amount `json:"original_tax_total" model:"default=0,follows"`
}

// Progress is the part of a line's total that corresponds to each of its counts.
type Progress struct {
	FulfilledTotal       money.Amount `json:"fulfilled_total" model:"default=0,follows"`
	ShippedTotal         money.Amount `json:"shipped_total" model:"default=0,follows"`
	ReturnRequestedTotal money.Amount `json:"return_requested_total" model:"default=0,follows"`
	ReturnReceivedTotal  money.Amount `json:"return_received_total" model:"default=0,follows"`
	ReturnDismissedTotal money.Amount `json:"return_dismissed_total" model:"default=0,follows"`
	WriteOffTotal        money.Amount `json:"write_off_total" model:"default=0,follows"`
}

// Refundable is what can be refunded for a line if everything comes back that was
// not returned, or requested to be. Both are null for a quantity of 0.
type Refundable struct {
	RefundableTotal        *money.Amount `json:"refundable_total" model:"follows"`
	RefundableTotalPerUnit *money.Amount `json:"refundable_total_per_unit" model:"follows"`
}

// Part is what a tax or a discount of a line comes to. For a tax, Subtotal is the tax
// before discounts; for a discount, it is without taxes.
type Part struct {
	Total    money.Amount `json:"total" model:"default=0,follows"`
	Subtotal money.Amount `json:"subtotal" model:"default=0,follows"`
}

// Equal reports whether two parts are the same amounts.
func (p Part) Equal(o Part) bool { return p.Total.Equal(o.Total) && p.Subtotal.Equal(o.Subtotal) }

// LineTotals is what a line comes to, with its taxes and discounts in their order.
type LineTotals struct {
	Charge
	Progress
	Refundable
	Taxes     []Part
	Discounts []Part
}

var (
	zero    = money.Zero
	one     = money.Int(1)
	percent = money.MustParse("0.01")
)

// factor returns 1 + the sum of all rates.
func (l *Line) factor() money.Amount {
	sum := zero
	for _, r := range l.Rates {
		sum = sum.Add(r)
	}
	return one.Add(sum.Mul(percent))
}

// divided returns a/b, or a if b is 0: taxes of −100 % have no price without them.
func divided(a, b money.Amount) money.Amount {
	if b.IsZero() || b.Equal(one) {
		return a
	}
	return a.Div(b)
}

// net returns what a quantity costs without taxes.
func (l *Line) net(quantity, factor money.Amount) money.Amount {
	price := l.UnitPrice.Mul(quantity)
	if !l.TaxInclusive {
		return price
	}
	return divided(price, factor)
}

// discount returns the discounts of the whole quantity, without taxes.
func (l *Line) discount(factor money.Amount) (sum money.Amount, parts []Part) {
	sum, parts = zero, make([]Part, len(l.Discounts))
	for i, d := range l.Discounts {
		p := Part{Subtotal: d.Amount}
		if d.TaxInclusive {
			p.Subtotal = divided(d.Amount, factor)
		}
		p.Total = p.Subtotal.Mul(factor)
		parts[i], sum = p, sum.Add(p.Subtotal)
	}
	return sum, parts
}

// share returns the part of an amount for the whole quantity that a smaller quantity has.
func (l *Line) share(amount, quantity money.Amount) money.Amount {
	switch {
	case quantity.IsZero():
		return zero
	case quantity.Equal(l.Quantity):
		return amount
	}
	return divided(amount.Mul(quantity), l.Quantity)
}

// computed computes a line without rounding. If limited, its discounts take no more than
// its price.
func (l *Line) computed(limited bool) LineTotals {
	var t LineTotals
	factor := l.factor()
	charged := l.Quantity.Sub(l.Counts.returned())
	sum, parts := l.discount(factor)
	t.Discounts = parts
	if whole := l.net(l.Quantity, factor); limited && whole.Sign() >= 0 && sum.Cmp(whole) > 0 {
		sum = whole
	}
	t.Subtotal = l.net(charged, factor)
	t.DiscountSubtotal = l.share(sum, charged)
	reduced := t.Subtotal.Sub(t.DiscountSubtotal)
	t.Taxes = make([]Part, len(l.Rates))
	for i, r := range l.Rates {
		rate := r.Mul(percent)
		t.Taxes[i] = Part{Total: reduced.Mul(rate), Subtotal: t.Subtotal.Mul(rate)}
	}
	t.settle(l.TaxInclusive, l.UnitPrice.Mul(charged))
	t.Progress = l.progress(sum, factor)
	t.Refundable = l.refundable(sum, factor)
	return t
}

// settle computes what follows from subtotal, discount and taxes. gross is the price
// with taxes, if it includes them.
func (t *LineTotals) settle(inclusive bool, gross money.Amount) {
	t.TaxTotal, t.OriginalTaxTotal = zero, zero
	for _, tax := range t.Taxes {
		t.TaxTotal, t.OriginalTaxTotal = t.TaxTotal.Add(tax.Total), t.OriginalTaxTotal.Add(tax.Subtotal)
	}
	t.Total = t.Subtotal.Sub(t.DiscountSubtotal).Add(t.TaxTotal)
	t.OriginalTotal = t.Subtotal.Add(t.OriginalTaxTotal)
	if inclusive {
		t.OriginalTotal = gross
	}
	t.OriginalSubtotal = t.OriginalTotal.Sub(t.OriginalTaxTotal)
	t.DiscountTaxTotal = t.OriginalTaxTotal.Sub(t.TaxTotal)
	t.DiscountTotal = t.DiscountSubtotal.Add(t.DiscountTaxTotal)
}

// progress returns the line's total for each of its counts.
func (l *Line) progress(discount, factor money.Amount) Progress {
	whole := l.net(l.Quantity, factor).Sub(discount).Mul(factor)
	of := func(count money.Amount) money.Amount {
		if l.Quantity.IsZero() {
			return zero
		}
		return l.share(whole, count)
	}
	c := l.Counts
	return Progress{of(c.Fulfilled), of(c.Shipped), of(c.ReturnRequested), of(c.ReturnReceived), of(c.ReturnDismissed), of(c.WrittenOff)}
}

func (l *Line) refundable(discount, factor money.Amount) Refundable {
	if l.Quantity.IsZero() {
		return Refundable{}
	}
	left := l.Quantity.Sub(l.Counts.returned()).Sub(l.Counts.ReturnRequested)
	total := l.share(l.net(l.Quantity, factor).Sub(discount).Mul(factor), left)
	each := zero
	if !left.IsZero() {
		each = total.Div(left)
	}
	total, each = Stored(total), Stored(each)
	return Refundable{&total, &each}
}
