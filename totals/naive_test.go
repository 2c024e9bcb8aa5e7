package totals_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// named returns the amounts of a value by their names in JSON.
func named(v any) map[string]money.Amount {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		panic(err)
	}
	all := map[string]money.Amount{}
	for name, value := range fields {
		if a, err := money.Parse(string(value)); err == nil { // taxes and discounts are lists
			all[name] = a
		}
	}
	return all
}

// order returns a check of an order's totals, written as "total 1, tax_total 2".
func order(want string) func(*testing.T, totals.Totals) {
	return func(t *testing.T, got totals.Totals) {
		t.Helper()
		all := named(got.Order)
		for part := range strings.SplitSeq(want, ", ") {
			name, value, _ := strings.Cut(part, " ")
			if _, ok := all[name]; !ok {
				t.Fatalf("there is no total %s", name)
			}
			is(t, name, all[name], value)
		}
	}
}

// generated returns lines with prices, taxes and discounts as shops have them, and
// some that they do not: fractions, quantities of 0, discounts of more than the line.
func generated(t *rapid.T) totals.Input {
	part := rapid.SampledFrom([]string{"0", "0.01", "0.333333", "1", "9.99", "10", "19.95", "33.33", "100", "999", "123456.789", "0.000123"})
	rate := rapid.SampledFrom([]string{"0", "5", "7", "8.875", "9.975", "10", "19", "20", "25", "100"})
	lines := func(name string, goods bool) (out []totals.Line) {
		for i := range rapid.IntRange(0, 5).Draw(t, name) {
			draw := func(what string, from *rapid.Generator[string]) money.Amount {
				return amount(from.Draw(t, fmt.Sprint(name, i, " ", what)))
			}
			l := totals.Line{UnitPrice: draw("price", part), Quantity: money.Int(1), TaxInclusive: rapid.Bool().Draw(t, "inclusive")}
			if goods {
				l.Quantity = draw("quantity", rapid.SampledFrom([]string{"0", "0.5", "1", "2", "2.25", "3", "7"}))
				l.Counts = counts(t, l.Quantity)
			}
			for range rapid.IntRange(0, 3).Draw(t, "taxes") {
				l.Rates = append(l.Rates, draw("rate", rate))
			}
			if percent := rapid.SampledFrom([]string{"0", "0", "0.1", "0.333333", "0.5", "1", "1.5"}).Draw(t, "discount"); percent != "0" {
				l.Discounts = []totals.Discount{{Amount: l.UnitPrice.Mul(l.Quantity).Mul(amount(percent)), TaxInclusive: true}}
				if !l.TaxInclusive {
					l.Discounts[0].TaxInclusive = false
				}
			}
			out = append(out, l)
		}
		return out
	}
	return totals.Input{Items: lines("items", true), Methods: lines("methods", false), Credits: amounts(rapid.SampledFrom([]string{"0", "5", "-3.01"}).Draw(t, "credit"))}
}

// counts returns what became of a quantity: each count is at most the one that it is part of.
func counts(t *rapid.T, quantity money.Amount) (c totals.Counts) {
	part := func(of money.Amount, what string) money.Amount {
		return of.Mul(amount(rapid.SampledFrom([]string{"0", "0", "0.25", "0.5", "1"}).Draw(t, what)))
	}
	c.Fulfilled, c.WrittenOff = part(quantity, "fulfilled"), part(quantity, "written off")
	c.Shipped, c.Delivered = part(c.Fulfilled, "shipped"), part(c.Fulfilled, "delivered")
	c.ReturnRequested = part(c.Fulfilled, "requested")
	left := c.Fulfilled.Sub(c.ReturnRequested)
	c.ReturnReceived = part(left, "received")
	c.ReturnDismissed = part(left.Sub(c.ReturnReceived), "dismissed")
	return c
}

func ratio(a money.Amount) *big.Rat {
	r, _ := new(big.Rat).SetString(a.String())
	return r
}

func plus(a, b *big.Rat) *big.Rat  { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func over(a, b *big.Rat) *big.Rat  { return new(big.Rat).Quo(a, b) }

// naive computes a line in rational numbers, word by word from the formulas.
func naive(l totals.Line) map[string]*big.Rat {
	hundred, rates := big.NewRat(100, 1), new(big.Rat)
	for _, r := range l.Rates {
		rates = plus(rates, over(ratio(r), hundred))
	}
	factor := plus(big.NewRat(1, 1), rates)
	quantity := ratio(l.Quantity)
	charged := minus(minus(quantity, ratio(l.Counts.ReturnReceived)), ratio(l.Counts.ReturnDismissed))
	net := func(n *big.Rat) *big.Rat {
		price := times(ratio(l.UnitPrice), n)
		if l.TaxInclusive {
			return over(price, factor)
		}
		return price
	}
	discounts := new(big.Rat)
	for _, d := range l.Discounts {
		a := ratio(d.Amount)
		if d.TaxInclusive {
			a = over(a, factor)
		}
		discounts = plus(discounts, a)
	}
	out := map[string]*big.Rat{}
	out["subtotal"] = net(charged)
	some := quantity.Sign() > 0
	out["discount_subtotal"] = new(big.Rat)
	if some {
		out["discount_subtotal"] = over(times(discounts, charged), quantity)
	}
	out["tax_total"] = times(minus(out["subtotal"], out["discount_subtotal"]), rates)
	out["original_tax_total"] = times(out["subtotal"], rates)
	out["total"] = plus(minus(out["subtotal"], out["discount_subtotal"]), out["tax_total"])
	out["original_total"] = plus(out["subtotal"], out["original_tax_total"])
	out["original_subtotal"] = minus(out["original_total"], out["original_tax_total"])
	out["discount_tax_total"] = minus(out["original_tax_total"], out["tax_total"])
	out["discount_total"] = plus(out["discount_subtotal"], out["discount_tax_total"])
	each := new(big.Rat)
	if some {
		each = over(times(minus(net(quantity), discounts), factor), quantity)
		out["refundable_total"] = times(each, minus(charged, ratio(l.Counts.ReturnRequested)))
	}
	c := l.Counts
	for name, count := range map[string]money.Amount{
		"fulfilled_total": c.Fulfilled, "shipped_total": c.Shipped, "return_requested_total": c.ReturnRequested,
		"return_received_total": c.ReturnReceived, "return_dismissed_total": c.ReturnDismissed, "write_off_total": c.WrittenOff,
	} {
		out[name] = times(each, ratio(count))
	}
	return out
}

// near fails the test unless an amount is a rational number, within 17 digits and
// what counts as nothing.
func near(t *rapid.T, what string, got money.Amount, want *big.Rat) {
	off := minus(ratio(got), want)
	limit := plus(times(new(big.Rat).Abs(want), big.NewRat(1, 1e17)), big.NewRat(1, 1e17))
	if got.IsZero() {
		limit = big.NewRat(1001, 1e7)
	}
	if off.Abs(off).Cmp(limit) > 0 {
		t.Fatalf("%s is %s, want %s", what, got, want.FloatString(25))
	}
}

func TestTotalsAreThoseOfRationalNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := generated(t)
		got := totals.Of(in, totals.Exact)
		sums := map[string]*big.Rat{}
		compare := func(lines []totals.Line, of []totals.LineTotals, goods string) {
			for i, l := range lines {
				all := named(of[i])
				for name, want := range naive(l) {
					near(t, fmt.Sprint(goods, i, ".", name), all[name], want)
					for _, key := range []string{name, goods + name} {
						if sums[key] == nil {
							sums[key] = new(big.Rat)
						}
						sums[key] = plus(sums[key], want)
					}
				}
			}
		}
		compare(in.Items, got.Items, "item_")
		compare(in.Methods, got.Methods, "shipping_")
		credit := ratio(in.Credits[0])
		if sums["total"] == nil {
			sums["total"] = new(big.Rat)
		}
		sums["total"] = minus(sums["total"], credit)
		sums["credit_line_total"] = credit
		for name, have := range named(got.Order) {
			if want := sums[name]; want != nil {
				near(t, name, have, want)
			}
		}
	})
}

// Rounded to a currency, every amount is a multiple of the unit, lines add up to the
// totals, no discount exceeds its line or is of a line that has none, and no total is off by more than a unit of
// the exact one for prices, discounts and taxes each. A line of which nothing is left
// cannot make up for what others lose.
func TestRoundedTotalsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := generated(t)
		code := rapid.SampledFrom([]string{"eur", "jpy", "kwd"}).Draw(t, "currency")
		unit := totals.Unit(code)
		got, exact := totals.Of(in, totals.Currency(totals.Digits(code))), totals.Of(in, totals.Exact)
		sum, lines := map[string]money.Amount{}, 0
		for k, all := range [][]totals.LineTotals{got.Items, got.Methods} {
			exactly := [][]totals.LineTotals{exact.Items, exact.Methods}[k]
			for n, l := range all {
				lines++
				for name, a := range named(l.Charge) {
					sum[name] = sum[name].Add(a)
					if !a.Div(unit).Floor().Mul(unit).Equal(a) {
						t.Fatalf("%s is %s, no multiple of %s", name, a, unit)
					}
				}
				if l.DiscountTotal.Cmp(l.OriginalTotal) > 0 || l.Total.Sign() < 0 || l.TaxTotal.Sign() < 0 {
					t.Fatalf("a discount of %s exceeds its line of %s: %s with taxes of %s", l.DiscountTotal, l.OriginalTotal, l.Total, l.TaxTotal)
				}
				if l.DiscountTaxTotal.Sign()*l.DiscountSubtotal.Sign() < 0 || exactly[n].DiscountTotal.IsZero() && !l.DiscountTotal.IsZero() {
					t.Fatalf("a discount of %s takes %s, and %s of the taxes; exactly it is %s", l.DiscountTotal, l.DiscountSubtotal, l.DiscountTaxTotal, exactly[n].DiscountTotal)
				}
				if !l.Subtotal.Sub(l.DiscountSubtotal).Add(l.TaxTotal).Equal(l.Total) || !l.OriginalSubtotal.Add(l.OriginalTaxTotal).Equal(l.OriginalTotal) {
					t.Fatalf("a line does not add up: %+v", l)
				}
			}
		}
		for name, a := range named(got.Order.Charge) {
			want := sum[name]
			if name == "total" {
				want = want.Sub(in.Credits[0])
			}
			if !a.Equal(want) {
				t.Fatalf("%s is %s, and lines come to %s", name, a, want)
			}
		}
		limit := money.Int(3)
		for _, l := range slices.Concat(exact.Items, exact.Methods) {
			if l.Total.IsZero() {
				limit = limit.Add(amount("0.5"))
			}
		}
		excess := slices.ContainsFunc(slices.Concat(exact.Items, exact.Methods), func(l totals.LineTotals) bool { return l.Total.Sign() < 0 })
		if off := got.Order.Total.Sub(exact.Order.Total).Abs(); !excess && off.Cmp(unit.Mul(limit)) > 0 {
			t.Fatalf("the total is %s, exactly %s", got.Order.Total, exact.Order.Total)
		}
	})
}

// The same thing costs the same, whether its price includes the taxes or not.
func TestInclusiveAndExclusivePricesAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		price := money.Int(rapid.Int64Range(0, 1e6).Draw(t, "cents")).Mul(amount("0.01"))
		rate := money.Int(rapid.Int64Range(0, 100).Draw(t, "rate"))
		quantity := money.Int(rapid.Int64Range(1, 9).Draw(t, "quantity"))
		discount := price.Mul(quantity).Mul(amount("0.25"))
		with := price.Mul(money.Int(1).Add(rate.Mul(amount("0.01"))))
		one := totals.Line{UnitPrice: price, Quantity: quantity, Rates: []money.Amount{rate}, Discounts: []totals.Discount{{Amount: discount}}}
		other := one
		other.UnitPrice, other.TaxInclusive = with, true
		a := named(totals.Of(totals.Input{Items: []totals.Line{one}}, totals.Exact).Order)
		b := named(totals.Of(totals.Input{Items: []totals.Line{other}}, totals.Exact).Order)
		for name := range a {
			near(t, name, b[name], ratio(a[name]))
		}
	})
}

// Three lines of a third each are one unit together; the largest line has it.
func TestRoundingGoesToTheLargestLine(t *testing.T) {
	t.Parallel()
	got := totals.Of(totals.Input{Items: []totals.Line{line("0.333", "1"), line("0.334", "1"), line("0.333", "1")}}, totals.Currency(2))
	for i, want := range []string{"0.33", "0.34", "0.33"} {
		is(t, fmt.Sprint("line ", i), got.Items[i].Total, want)
	}
	order("total 1, subtotal 1")(t, got)
	yen := totals.Of(totals.Input{Items: []totals.Line{line("999", "1", "8"), inclusive("500", "1", "10")}}, totals.Currency(0))
	order("total 1579, tax_total 125, subtotal 1454")(t, yen)
	dinar := totals.Of(totals.Input{Items: []totals.Line{line("1.0005", "1", "5")}}, totals.Currency(3))
	order("total 1.051, tax_total 0.05, subtotal 1.001")(t, dinar)
}

func FuzzTotals(f *testing.F) {
	f.Add("100", "3", "10", "30", true)
	f.Add("123456.1234657890123456789", "0", "-100", "1e5", false)
	f.Fuzz(func(t *testing.T, price, quantity, rate, discount string, inclusive bool) {
		var l totals.Line
		var d totals.Discount
		var err error
		for text, to := range map[string]*money.Amount{price: &l.UnitPrice, quantity: &l.Quantity, discount: &d.Amount} {
			if *to, err = money.Parse(text); err != nil {
				return
			}
		}
		r, err := money.Parse(rate)
		if err != nil {
			return
		}
		l.Rates, l.Discounts, l.TaxInclusive = []money.Amount{r}, []totals.Discount{d}, inclusive
		for _, rounding := range []totals.Rounding{totals.Exact, totals.Currency(2)} {
			got := totals.Of(totals.Input{Items: []totals.Line{l}}, rounding)
			if c := got.Order; !c.Total.Equal(got.Items[0].Total) || !c.ItemTotal.Equal(c.Total) {
				t.Errorf("one line of %s, and %s in all", got.Items[0].Total, c.Total)
			}
		}
	})
}

// All of a line comes to what is charged for it, also when both are rounded.
func TestRoundedPartsAreOfTheTotal(t *testing.T) {
	t.Parallel()
	l := line("8.5", "6", "19")
	l.Discounts = []totals.Discount{{Amount: amount("3.145")}}
	l.Counts.Fulfilled = money.Int(6)
	got := totals.Of(totals.Input{Items: []totals.Line{l}}, totals.Currency(2)).Items[0]
	is(t, "total", got.Total, "56.94")
	is(t, "fulfilled", got.FulfilledTotal, "56.94")
	is(t, "refundable", *got.RefundableTotal, "56.94")
	l.Counts.ReturnRequested = money.Int(3)
	got = totals.Of(totals.Input{Items: []totals.Line{l}}, totals.Currency(2)).Items[0]
	is(t, "requested", got.ReturnRequestedTotal, "28.47")
	is(t, "refundable", *got.RefundableTotal, "28.47")
	is(t, "of one", *got.RefundableTotalPerUnit, "9.49")
	third := line("0.33333", "100")
	third.Counts = totals.Counts{Fulfilled: money.Int(100), ReturnReceived: money.Int(99)}
	got = totals.Of(totals.Input{Items: []totals.Line{third}}, totals.Currency(2)).Items[0]
	is(t, "one that is left", got.Total, "0.33")
	is(t, "all that was fulfilled", got.FulfilledTotal, "33.33")
	is(t, "what came back", got.ReturnReceivedTotal, "33")
	is(t, "what can be refunded", *got.RefundableTotal, "0.33")
}

// A negative discount raises the price, without a limit, whether it is rounded or not.
func TestNegativeDiscountsKeepTheirSign(t *testing.T) {
	t.Parallel()
	l := line("100", "1", "10")
	l.Discounts = []totals.Discount{{Amount: amount("-200")}}
	for _, r := range []totals.Rounding{totals.Exact, totals.Currency(2)} {
		got := totals.Of(totals.Input{Items: []totals.Line{l}}, r)
		is(t, "total", got.Order.Total, "330")
		is(t, "discount", got.Order.DiscountTotal, "-220")
	}
}
