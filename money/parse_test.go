package money_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	t.Parallel()
	sixty := strings.Repeat("9", 60)
	for text, want := range map[string]string{
		"10.5": "10.5", "-3": "-3", "1e3": "1000", "1E+3": "1000", "5e-3": "0.005", "+7": "7", ".5": "0.5", "5.": "5", "-.5": "-0.5",
		"1.50": "1.5", "007": "7", "0": "0", "-0": "0", "-0.00": "0", "0e5": "0", "100": "100", "1.0": "1",
		"0.1": "0.1", "9223372036854775807": "9223372036854775807", "-9223372036854775808": "-9223372036854775808", "9223372036854775808": "9223372036854775808",
		"999999999999999999": "999999999999999999", "1234567890123456789.123456789": "1234567890123456789.123456789",
		sixty: sixty, "-" + sixty: "-" + sixty, "0." + sixty: "0." + sixty, "1e59": "1" + strings.Repeat("0", 59), "1e-60": "0." + strings.Repeat("0", 59) + "1",
		"1." + strings.Repeat("0", 100): "1", strings.Repeat("0", 100) + "1": "1", "0e999999999": "0", "100000e-5": "1",
	} {
		a, err := money.Parse(text)
		if err != nil || a.String() != want {
			t.Errorf("Parse(%q) is %s, %v; want %s", text, a, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "not a decimal number", " ": "not a decimal number", "1 ": "not a decimal number", " 1": "not a decimal number", "abc": "not a decimal number",
		"NaN": "not a decimal number", "nan": "not a decimal number", "Inf": "not a decimal number", "-Infinity": "not a decimal number", "+inf": "not a decimal number",
		"1_000": "not a decimal number", "1,5": "not a decimal number", "1.2.3": "not a decimal number", "0x10": "not a decimal number", "--1": "not a decimal number", "+-1": "not a decimal number",
		".": "not a decimal number", "-": "not a decimal number", "e5": "not a decimal number", "1e": "not a decimal number", "1e+": "not a decimal number", "1e1.5": "not a decimal number",
		".-5": "not a decimal number", "1e5e5": "not a decimal number", "٣": "not a decimal number", "−5": "not a decimal number", "1\x00": "not a decimal number", "\xff": "not a decimal number",
		"1e60": "more than 60 digits", "1e999999999": "more than 60 digits", "-1e-999999999": "more than 60 digits", "1e-61": "more than 60 digits", "1.5e-60": "more than 60 digits",
		strings.Repeat("9", 61): "more than 60 digits", "12345678901234567890123456789012345.12345678901234567890123456789": "more than 60 digits",
		"1e99999999999999999999": "not a decimal number", strings.Repeat("7", 10_000_000): "more than 60 digits",
	} {
		a, err := money.Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) || !a.IsZero() {
			t.Errorf("Parse(%.50q) is %.50s, %v; want an error that says %s", text, a, err, want)
		} else if len(err.Error()) > 120 {
			t.Errorf("the error message has %d bytes", len(err.Error()))
		}
	}
}

func TestMustParsePanics(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("MustParse accepted text that is not a number")
		}
	}()
	money.MustParse("twelve")
}

func TestInt(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{0: "0", 7: "7", -100: "-100", math.MaxInt64: "9223372036854775807", math.MinInt64: "-9223372036854775808"} {
		if got := money.Int(n).String(); got != want {
			t.Errorf("Int(%d) is %s", n, got)
		}
	}
	if got := money.Int(math.MaxInt64).Add(money.Int(1)).String(); got != "9223372036854775808" {
		t.Errorf("the largest int64 + 1 is %s", got)
	}
	if got := money.Int(math.MinInt64).Neg().Mul(money.Int(math.MaxInt64)).String(); got != "85070591730234615856620279821087277056" {
		t.Errorf("a product beyond int64 is %s", got)
	}
}

// amounts draws numbers of all sizes. Short ones are frequent, so that equal
// amounts in different forms occur.
func amounts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`-?[0-9]{1,2}(\.[0-9]{1,2})?`),
		rapid.StringMatching(`[-+]?[0-9]{1,8}(\.[0-9]{1,6})?(e[-+]?[0-9])?`),
		rapid.StringMatching(`-?[0-9]{1,30}\.[0-9]{1,30}`),
	)
}

func TestEqualAmountsHaveEqualStrings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, y := amounts().Draw(t, "x"), amounts().Draw(t, "y")
		a, b := money.MustParse(x), money.MustParse(y)
		if (a.String() == b.String()) != a.Equal(b) {
			t.Fatalf("%q is %s and %q is %s, but Equal is %t", x, a, y, b, a.Equal(b))
		}
		if want := numeric(x, y); a.Cmp(b) != want || money.Compare(a.String(), b.String()) != want {
			t.Fatalf("%q and %q: Cmp %d, Compare of the strings %d, want %d", x, y, a.Cmp(b), money.Compare(a.String(), b.String()), want)
		}
		if again := money.MustParse(a.String()); again.String() != a.String() || !again.Equal(a) {
			t.Fatalf("%q is %s, which parses as %s", x, a, again)
		}
	})
}

func TestArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := money.MustParse(amounts().Draw(t, "a")), money.MustParse(amounts().Draw(t, "b"))
		if !a.Add(b).Sub(b).Equal(a) || !a.Sub(b).Equal(b.Sub(a).Neg()) || !a.Mul(b).Equal(b.Mul(a)) {
			t.Fatalf("%s and %s do not add or multiply exactly", a, b)
		}
		if a.Sign() != a.Cmp(money.Zero) || a.IsZero() != (a.Sign() == 0) {
			t.Fatalf("the sign of %s is %d", a, a.Sign())
		}
	})
	if got := money.MustParse("0.1").Add(money.MustParse("0.2")).String(); got != "0.3" {
		t.Errorf("0.1 + 0.2 is %s", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-0", "10.5", "1e3", "1E-20", ".5", "5.", "1e999999999", "-1e-999999999", "NaN", "Inf", "0x1", "1_0", "00012.3400", "9223372036854775808", "\"1\"", "{\"value\":\"1\"}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := money.Parse(s)
		if err != nil {
			return
		}
		text := a.String()
		if len(text) > money.MaxDigits+3 { // a sign, a zero and the point
			t.Fatalf("%q is %s, which is too long", s, text)
		}
		again, err := money.Parse(text)
		if err != nil || again.String() != text || !again.Equal(a) {
			t.Fatalf("%q is %s, which parses as %s, %v", s, text, again, err)
		}
		if money.Compare(s, text) != 0 {
			t.Fatalf("%q and its canonical form %s are not equal", s, text)
		}
	})
}
