package money_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// numeric is a slow, obviously correct Compare: it compares as decimals, with
// text that is not a number before every number.
func numeric(x, y string) int {
	a, errA := decimal.NewFromString(x)
	b, errB := decimal.NewFromString(y)
	switch {
	case errA == nil && errB == nil:
		return a.Cmp(b)
	case errA != nil && errB != nil:
		return strings.Compare(x, y)
	case errA != nil:
		return -1
	}
	return 1
}

func TestCompare(t *testing.T) {
	t.Parallel()
	// Every string is less than those in later rows and equal to those in its own.
	ascending := [][]string{
		{""}, {" 1"}, {"-"}, {"."}, {"1 "}, {"1.2.3"}, {"1_0"}, {"1e"}, {"1e+"}, {"1e1.5"}, {"Inf"}, {"NaN"}, {"abc"}, {"e5"},
		{"-1e9999"}, {"-12345678901234567890123456789012345678901234567890123456789012345678901234567890"},
		{"-100", "-1e2", "-100.000"}, {"-99.9"}, {"-10", "-10."}, {"-9.5", "-95e-1"}, {"-9"}, {"-1.05"}, {"-1"}, {"-0.5", "-.5"}, {"-1e-9999"},
		{"0", "-0", "+0", "0.00", "000", "0e9999", ".0", "0."},
		{"1e-9999"}, {"0.05", ".05", "5e-2"}, {"0.5"}, {"0.55"}, {"1", "1.0", "01", "+1", "1e0", "10E-1"}, {"1.05"}, {"1.5"}, {"2"}, {"9"}, {"10", "1E+1"}, {"10.01"}, {"99.99"},
		{"100", "1e2", "1e+02"}, {"100.5", "1.005e2"}, {"120"}, {"9007199254740992"}, {"9007199254740993"},
		{"12345678901234567890123456789012345678901234567890123456789012345678901234567890"}, {"1e9999"},
	}
	for i, row := range ascending {
		for j, other := range ascending {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			for _, x := range row {
				for _, y := range other {
					if got := money.Compare(x, y); got != want {
						t.Errorf("Compare(%q, %q) is %d, want %d", x, y, got, want)
					}
				}
			}
		}
	}
}

// Written out, these numbers would take gigabytes.
func TestCompareHugeExponents(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		x, y string
		want int
	}{
		{"1e999999999", "1", 1},
		{"1e999999999", "9e999999998", 1},
		{"-1e999999999", "1e-999999999", -1},
		{"1e-999999999", "0", 1},
		{"1e999999999", "10e999999998", 0},
		{"0e999999999", "0", 0},
		{"1e99999999999999999999", "0", -1}, // not a number: the exponent is too long
		{"1e99999999999999999999", "1e-99999999999999999999", 1},
	} {
		if got := money.Compare(test.x, test.y); got != test.want {
			t.Errorf("Compare(%q, %q) is %d, want %d", test.x, test.y, got, test.want)
		}
		if got := money.Compare(test.y, test.x); got != -test.want {
			t.Errorf("Compare(%q, %q) is %d, want %d", test.y, test.x, got, -test.want)
		}
	}
}

// texts draws numbers in canonical and in other forms, and text that is not a
// number. They are short, so that equal values in different forms occur.
func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,3})(\.[0-9]{0,2}[1-9])?`),
		rapid.StringMatching(`[-+]?[0-9]{0,3}\.?[0-9]{0,3}([eE][-+]?[0-3])?`),
		rapid.StringMatching(`-?[1-9][0-9]{15,45}(\.[0-9]{0,20}[1-9])?`),
		rapid.StringMatching(`[-+.0-9eE x]{0,5}`),
	)
}

func TestCompareIsNumericOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, y := texts().Draw(t, "x"), texts().Draw(t, "y")
		if got, want := money.Compare(x, y), numeric(x, y); got != want {
			t.Fatalf("Compare(%q, %q) is %d, want %d", x, y, got, want)
		}
	})
}

func TestCompareIsATotalOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(texts(), 2, 12).Draw(t, "list")
		slices.SortFunc(list, money.Compare)
		for i := range list {
			for j := range list {
				got, back := money.Compare(list[i], list[j]), money.Compare(list[j], list[i])
				if got != -back {
					t.Fatalf("Compare(%q, %q) is %d, and reversed %d", list[i], list[j], got, back)
				}
				if i < j && got > 0 {
					t.Fatalf("after sorting, %q is before %q", list[i], list[j])
				}
			}
		}
	})
}

func TestCompareAllocatesNothing(t *testing.T) {
	for _, pair := range [][2]string{{"19.99", "20"}, {"-1.5", "-1.50"}, {"1e3", "999"}, {"12345678901234567890.5", "12345678901234567890.25"}} {
		if n := testing.AllocsPerRun(100, func() { money.Compare(pair[0], pair[1]) }); n != 0 {
			t.Errorf("Compare(%q, %q) allocates %v times", pair[0], pair[1], n)
		}
	}
}

// The collation runs for every comparison of a sort and of an index lookup.
func BenchmarkCompare(b *testing.B) {
	for name, pair := range map[string][2]string{
		"prices": {"19.99", "24.5"}, "near": {"1049.95", "1049.9"}, "whole": {"100", "250"}, "long": {"42.01680672268907563025", "42.01680672268907563026"}, "unusual": {"1.50", "1e3"},
	} {
		b.Run(name+"/ours", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				money.Compare(pair[0], pair[1])
			}
		})
		b.Run(name+"/decimals", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				numeric(pair[0], pair[1])
			}
		})
	}
}
