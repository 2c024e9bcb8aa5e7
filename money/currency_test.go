package money_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"eur": "eur", "EUR": "eur", "uSd": "usd", "": "", "eu": "", "euro": "", "e1r": "", "€": "", "é1": ""} {
		code, ok := money.Code(text)
		if code != want || ok != (want != "") {
			t.Errorf("Code(%q) is %q, %t", text, code, ok)
		}
	}
}

func TestDiv(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ a, b, want string }{
		{"2", "3", "0.66666666666666666667"},
		{"50", "1.19", "42.01680672268907563025"},
		{"-1", "8", "-0.125"},
		{"0", "7", "0"},
		{"1e-20", "2", "0.00000000000000000001"},
	} {
		if got := money.MustParse(test.a).Div(money.MustParse(test.b)).String(); got != test.want {
			t.Errorf("%s / %s is %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

func TestPrecise(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"49.9999999999999999999975": "50", "0.66666666666666666666666": "0.66666666666666666667",
		"12345678901234567890123": "12345678901234567890000", "-1.5": "-1.5", "0": "0", "19.99": "19.99",
	} {
		if got := money.MustParse(text).Precise().String(); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
