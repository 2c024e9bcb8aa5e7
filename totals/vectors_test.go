package totals_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

func amount(s string) money.Amount { return money.MustParse(s) }

func amounts(texts ...string) (out []money.Amount) {
	for _, s := range texts {
		out = append(out, amount(s))
	}
	return out
}

// line returns a line with taxes of some percent.
func line(price, quantity string, rates ...string) totals.Line {
	return totals.Line{UnitPrice: amount(price), Quantity: amount(quantity), Rates: amounts(rates...)}
}

// inclusive returns a line whose price includes the taxes.
func inclusive(price, quantity string, rates ...string) totals.Line {
	l := line(price, quantity, rates...)
	l.TaxInclusive = true
	return l
}

// less returns the line with discounts without taxes.
func less(l totals.Line, discounts ...string) totals.Line {
	for _, d := range amounts(discounts...) {
		l.Discounts = append(l.Discounts, totals.Discount{Amount: d})
	}
	return l
}

// lessTaxed returns the line with a discount that includes taxes.
func lessTaxed(l totals.Line, discount string) totals.Line {
	l.Discounts = append(l.Discounts, totals.Discount{Amount: amount(discount), TaxInclusive: true})
	return l
}

func counted(l totals.Line, c totals.Counts) totals.Line {
	l.Counts = c
	return l
}

// is fails the test unless an amount is what it should be, within what 20 digits and
// the decimals of the expectation leave open.
func is(t *testing.T, what string, got money.Amount, want string) {
	t.Helper()
	tolerance := amount("0.000000000001").Mul(got.Abs().Add(money.Int(1)))
	if got.Sub(amount(want)).Abs().Cmp(tolerance) > 0 {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// The vectors J1 to J9, J11 to J13 of the worked scenarios, and those of I that are
// about totals alone.
func TestVectors(t *testing.T) {
	t.Parallel()
	type lines = []totals.Line
	ten, five := money.Int(10), money.Int(5)
	one, two := money.Int(1), money.Int(2)
	tests := []struct {
		name           string
		items, methods lines
		credits        []money.Amount
		want           func(t *testing.T, got totals.Totals)
	}{
		{"J1", lines{line("30", "2", "10"), line("5", "1", "50")}, nil, nil, order("subtotal 65, tax_total 8.5, total 73.5")},
		{"J2", lines{less(line("50", "2", "10"), "10")}, nil, nil, order("total 99, tax_total 9, discount_total 11, discount_subtotal 10, discount_tax_total 1, original_total 110")},
		{"J3", lines{less(inclusive("99", "1", "10"), "9"), less(line("9", "1", "10"), "3")}, lines{less(inclusive("99", "1", "10"), "9"), less(line("9", "1", "10"), "3")}, nil,
			order("total 191.4, subtotal 198, tax_total 17.4, discount_total 26.4, discount_subtotal 24, discount_tax_total 2.4, original_total 217.8")},
		{"J4", lines{lessTaxed(inclusive("99", "1", "10"), "9")}, lines{lessTaxed(inclusive("99", "1", "10"), "9")}, nil,
			order("total 180, tax_total 16.363636363636363636, discount_total 18, discount_subtotal 16.363636363636363636")},
		{"J5", lines{inclusive("50", "2", "10"), line("50", "2", "10")}, nil, nil, order("total 210, subtotal 190.90909090909090909, tax_total 19.090909090909090909")},
		{"J6", lines{less(line("100", "1", "5", "9.975"), "10", "5")}, nil, nil, func(t *testing.T, got totals.Totals) {
			order("subtotal 100, tax_total 12.72875, total 97.72875, discount_total 17.24625")(t, got)
			is(t, "the first tax", got.Items[0].Taxes[0].Total, "4.25")
			is(t, "the second tax", got.Items[0].Taxes[1].Total, "8.47875")
			is(t, "the second tax before discounts", got.Items[0].Taxes[1].Subtotal, "9.975")
			is(t, "the first discount with taxes", got.Items[0].Discounts[0].Total, "11.4975")
		}},
		{"J7", lines{line("50", "2", "10")}, lines{line("10", "1", "10")}, []money.Amount{money.Int(40), money.Int(-5)},
			order("credit_line_total 35, credit_line_subtotal 35, total 86, original_total 121, item_total 110, shipping_total 11")},
		{"J8", lines{counted(less(line("100", "3", "10"), "30"), totals.Counts{ReturnRequested: one, ReturnReceived: one, Fulfilled: two})}, nil, nil, func(t *testing.T, got totals.Totals) {
			order("item_total 198, discount_total 22, return_requested_total 99, return_received_total 99, fulfilled_total 198")(t, got)
			is(t, "refundable", *got.Items[0].RefundableTotal, "99")
			is(t, "pending", totals.Summarize(got.Order, got.Order.Total, money.Zero, totals.Payments{money.Int(297)}, "usd").PendingDifference, "-198")
		}},
		{"J9", lines{counted(less(inclusive("120", "2", "20"), "20"), totals.Counts{ReturnRequested: one})}, nil, nil, func(t *testing.T, got totals.Totals) {
			order("total 216, return_requested_total 108")(t, got)
			is(t, "refundable", *got.Items[0].RefundableTotal, "108")
			is(t, "refundable per unit", *got.Items[0].RefundableTotalPerUnit, "108")
			is(t, "pending", totals.Summarize(got.Order, got.Order.Total, money.Zero, totals.Payments{money.Int(216)}, "usd").PendingDifference, "-108")
		}},
		{"J11", lines{line("123456.1234657890123456789", "2", "10")}, nil, nil, order("subtotal 246912.24693157803, total 271603.4716247358")},
		{"J12", lines{less(line("10", "0", "10"), "1")}, nil, nil, func(t *testing.T, got totals.Totals) {
			if got.Items[0].RefundableTotal != nil || got.Items[0].RefundableTotalPerUnit != nil || !got.Order.ItemSubtotal.IsZero() || !got.Order.Total.IsZero() {
				t.Errorf("a quantity of 0: %+v", got.Items[0])
			}
		}},
		{"J13", lines{counted(less(line("10", "2", "10"), "2"), totals.Counts{ReturnReceived: one, ReturnDismissed: one})}, nil, nil, func(t *testing.T, got totals.Totals) {
			order("total 0, return_received_total 9.9, return_dismissed_total 9.9")(t, got)
			is(t, "refundable", *got.Items[0].RefundableTotal, "0")
		}},
		{"I2", lines{less(inclusive("120", "2", "20"), "20")}, lines{inclusive("12", "1", "20")}, nil, order("total 228, item_total 216, tax_total 38, item_tax_total 36, discount_total 24")},
		{"I3", lines{lessTaxed(inclusive("120", "2", "20"), "24")}, lines{inclusive("12", "1", "20")}, nil, order("total 228, item_total 216, discount_total 24")},
		{"I4", lines{inclusive("50", "1", "19"), inclusive("10", "1", "7")}, lines{inclusive("0", "1", "19")}, nil,
			order("total 60, subtotal 51.36260111521246, tax_total 8.63739888478754, original_total 60")},
		{"I5", lines{line("33.33", "3", "10"), line("0.10", "3", "10")}, lines{line("4.99", "1", "10")}, nil, order("subtotal 105.28, tax_total 10.528, total 115.808")},
		{"I6", lines{line("999", "1", "8")}, nil, nil, order("total 1078.92")},
		{"I7", lines{less(line("100", "1", "10"), "12.5"), less(line("12", "5", "10"), "7.5")}, lines{line("10", "1", "10")}, nil, order("discount_total 22, tax_total 15, total 165")},
		{"I9", lines{line("100", "1", "10")}, lines{less(line("10", "1", "10"), "5")}, nil, order("shipping_total 5.5, discount_total 5.5, shipping_discount_total 5.5, total 115.5")},
		{"written off", lines{counted(line("10", "5"), totals.Counts{WrittenOff: two, Shipped: five, Fulfilled: five, Delivered: five})}, nil, nil, order("write_off_total 20, shipped_total 50, total 50")},
		{"taxes that take all", lines{inclusive("10", "1", "-100")}, nil, nil, order("total 0, subtotal 10, tax_total -10")},
		{"nothing", nil, nil, []money.Amount{ten}, order("total -10, subtotal 0, credit_line_total 10")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.want(t, totals.Of(totals.Input{Items: test.items, Methods: test.methods, Credits: test.credits}, totals.Exact))
		})
	}
}

// J10: a difference of no more than the smallest unit is settled.
func TestPendingDifference(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ code, total, paid, want string }{
		{"usd", "100", "100.009", "0"}, {"usd", "100", "100.011", "-0.011"}, {"usd", "100", "100.01", "0"}, {"USD", "100", "99.9", "0.1"},
		{"jpy", "100", "101", "0"}, {"jpy", "100", "102", "-2"}, {"kwd", "100", "100.005", "-0.005"}, {"kwd", "100", "100.001", "0"}, {"xyz", "1", "1.01", "0"},
	} {
		got := totals.Pending(amount(test.total), amount(test.paid), test.code)
		if !got.Equal(amount(test.want)) {
			t.Errorf("%s of %s %s: pending is %s, want %s", test.paid, test.total, test.code, got, test.want)
		}
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	o := totals.Of(totals.Input{Items: []totals.Line{line("100", "1", "10")}, Credits: amounts("21")}, totals.Exact).Order
	s := totals.Summarize(o, amount("110"), amount("21"), amounts("110", "-30", "5"), "usd")
	want := map[string]string{
		"current_order_total": "89", "original_order_total": "110", "accounting_total": "89", "paid_total": "115", "refunded_total": "30",
		"transaction_total": "85", "pending_difference": "4", "credit_line_total": "21",
	}
	for _, got := range []map[string]money.Amount{s.Amounts(), named(s)} {
		if len(got) != len(want) {
			t.Errorf("amounts: %v", got)
		}
		for name, amount := range want {
			if got[name].String() != amount {
				t.Errorf("%s is %s, want %s", name, got[name], amount)
			}
		}
	}
}

// J14: what is at most 0.0001 is nothing. J15: division.
func TestStored(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"0.00005": "0", "0.0001": "0", "-0.0001": "0", "0.00011": "0.00011", "-0.00011": "-0.00011"} {
		if got := totals.Stored(amount(in)).String(); got != want {
			t.Errorf("%s is stored as %s, want %s", in, got, want)
		}
	}
	if got := amount("2").Div(amount("3")).String(); got != "0.66666666666666666667" {
		t.Errorf("2/3 is %s", got)
	}
	if got := totals.Stored(amount("50").Div(amount("1.19"))).String(); got != "42.016806722689075630" && got != "42.01680672268907563" {
		t.Errorf("50/1.19 is %s", got)
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{"usd": 2, "JPY": 0, "kwd": 3, "Bhd": 3, "": 2, "xyz": 2, "afn": 0, "zwl": 0, "tnd": 3, "D J": 2} {
		if got := totals.Digits(code); got != want {
			t.Errorf("%q has %d decimals, want %d", code, got, want)
		}
	}
}
