package totals

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/money"
)

// Rounding says to what amounts are rounded.
type Rounding struct {
	exact  bool
	digits int32
}

// Exact keeps all decimals.
var Exact = Rounding{exact: true}

// Currency rounds to the smallest unit of a currency with so many decimals.
func Currency(digits int) Rounding { return Rounding{digits: int32(digits)} }

// Digits returns the number of decimals of a currency, by its code in either case:
// 2 for one that it does not know. The lists are Medusa's.
func Digits(code string) int {
	code = strings.ToUpper(code)
	switch {
	case strings.Contains(noDecimals, " "+code+" "):
		return 0
	case strings.Contains(threeDecimals, " "+code+" "):
		return 3
	}
	return 2
}

const (
	noDecimals = " AFN ALL AMD BIF CLP COP CRC DJF GNF HUF IDR IQD IRR IRT ISK JPY KMF KRW LBP MGA MMK MNT MUR PKR PYG RSD RWF SOS SYP TZS UGX UZS VND " +
		"XAF XOF XPF YER ZMK ZWL "
	threeDecimals = " BHD JOD KWD LYD OMR TND "
)

// Unit returns the smallest unit of a currency: 0.01 for two decimals.
func Unit(code string) money.Amount { return one.Div(money.Int(pow10(Digits(code)))) }

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// Settled reports whether a difference of amounts is nothing in a currency: no more
// than its smallest unit.
func Settled(difference money.Amount, code string) bool {
	return difference.Abs().Cmp(Unit(code)) <= 0
}

func (r Rounding) round(a money.Amount) money.Amount { return a.Round(r.digits) }

// apply rounds lines in place: the price (with taxes if it includes them), what the
// discounts take of it, every tax, and what the discounts take of that. The rest follows.
func (r Rounding) apply(in Input, t *Totals) {
	lines := make([]*rounded, 0, len(t.Items)+len(t.Methods))
	for i := range t.Items {
		lines = append(lines, newRounded(&in.Items[i], &t.Items[i]))
	}
	for i := range t.Methods {
		lines = append(lines, newRounded(&in.Methods[i], &t.Methods[i]))
	}
	var gross, off []*share
	var taxes, cuts []*share
	for _, l := range lines {
		gross = append(gross, &l.gross)
	}
	r.spread(gross)
	for _, l := range lines {
		l.off.limit, l.off.limited = l.gross.amount, true
		off = append(off, &l.off)
	}
	r.spread(off)
	for _, l := range lines {
		for i := range l.taxes {
			taxes, cuts = append(taxes, &l.taxes[i].after), append(cuts, &l.taxes[i].cut)
		}
	}
	r.spread(taxes)
	r.spread(cuts)
	for _, l := range lines {
		l.settle()
		l.follow()
		r.others(l.totals)
	}
}

// rounded is a line while it is rounded.
type rounded struct {
	line       *Line
	totals     *LineTotals
	gross, off share // the price, and the discount of it; with taxes if the price includes them
	taxes      []tax
}

// tax is a tax of a line while it is rounded: after discounts, and what they cut off it.
type tax struct{ after, cut share }

func newRounded(l *Line, t *LineTotals) *rounded {
	out := &rounded{line: l, totals: t, gross: share{amount: t.Subtotal}, off: share{amount: t.DiscountSubtotal}}
	if l.TaxInclusive {
		out.gross.amount, out.off.amount = t.OriginalTotal, t.DiscountTotal
	}
	for _, p := range t.Taxes {
		out.taxes = append(out.taxes, tax{share{amount: p.Total}, share{amount: p.Subtotal.Sub(p.Total)}})
	}
	return out
}

// settle writes the rounded amounts to the line.
func (l *rounded) settle() {
	t := l.totals
	after, before := zero, zero
	for i, tax := range l.taxes {
		whole := tax.after.amount.Add(tax.cut.amount)
		t.Taxes[i] = Part{Total: tax.after.amount, Subtotal: whole}
		after, before = after.Add(tax.after.amount), before.Add(whole)
	}
	t.Subtotal, t.DiscountSubtotal = l.gross.amount, l.off.amount
	if l.line.TaxInclusive {
		t.Subtotal = l.gross.amount.Sub(before)
		t.DiscountSubtotal = l.off.amount.Sub(before.Sub(after))
	}
	t.settle(l.line.TaxInclusive, l.gross.amount)
}

// follow takes parts of what is charged from the total as it is rounded, so that all of a
// line comes to it. Once something came back, the other counts are of more than that: their
// parts stay those of the exact total.
func (l *rounded) follow() {
	t, of := l.totals, l.line
	charged := of.Quantity.Sub(of.Counts.returned())
	if charged.IsZero() {
		return
	}
	part := func(quantity money.Amount) money.Amount {
		if quantity.Equal(charged) {
			return t.Total
		}
		return divided(t.Total.Mul(quantity), charged)
	}
	c := of.Counts
	t.ReturnRequestedTotal = part(c.ReturnRequested)
	if charged.Equal(of.Quantity) {
		t.FulfilledTotal, t.ShippedTotal, t.WriteOffTotal = part(c.Fulfilled), part(c.Shipped), part(c.WrittenOff)
	}
	if t.RefundableTotal != nil {
		left := charged.Sub(c.ReturnRequested)
		total, each := part(left), zero
		if !left.IsZero() {
			each = total.Div(left)
		}
		t.Refundable = Refundable{&total, &each}
	}
}

// others rounds what nothing is added up from.
func (r Rounding) others(t *LineTotals) {
	for _, a := range t.Progress.amounts() {
		*a = r.round(*a)
	}
	for i, d := range t.Discounts {
		t.Discounts[i] = Part{r.round(d.Total), r.round(d.Subtotal)}
	}
	if t.RefundableTotal != nil {
		total, each := r.round(*t.RefundableTotal), r.round(*t.RefundableTotalPerUnit)
		t.Refundable = Refundable{&total, &each}
	}
}

// share is an amount that is rounded together with others.
type share struct {
	amount  money.Amount
	limit   money.Amount // what the amount cannot exceed, if limited
	limited bool
}

// spread rounds amounts. What their sum loses or gains by it goes to the largest one
// that can take it.
func (r Rounding) spread(all []*share) {
	before, after := zero, zero
	var largest *share
	exact := make([]money.Amount, len(all))
	for i, s := range all {
		exact[i] = s.amount
		before = before.Add(s.amount)
		s.amount = s.within(r.round(s.amount))
		after = after.Add(s.amount)
	}
	missing := r.round(before).Sub(after)
	if missing.IsZero() {
		return
	}
	var size money.Amount
	for i, s := range all {
		if takes := s.takes(missing); takes && (largest == nil || exact[i].Abs().Cmp(size) > 0) {
			largest, size = s, exact[i].Abs()
		}
	}
	if largest != nil {
		largest.amount = largest.amount.Add(missing)
	}
}

// takes reports whether the share can be changed by an amount: it stays within its
// limit and keeps its sign, and what is 0 stays 0.
func (s *share) takes(change money.Amount) bool {
	next := s.amount.Add(change)
	if s.amount.IsZero() || next.Sign()*s.amount.Sign() < 0 {
		return false
	}
	return s.within(next).Equal(next)
}

// within returns an amount, or the limit if the amount exceeds it. A negative discount of a
// price has none.
func (s *share) within(a money.Amount) money.Amount {
	negative := a.Sign() < 0 && s.limit.Sign() >= 0
	if s.limited && !negative && a.Abs().Cmp(s.limit.Abs()) > 0 {
		return s.limit
	}
	return a
}
