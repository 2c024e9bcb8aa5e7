package currency_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gorgon-commerce/gorgon/modules/currency"
)

func TestWorld(t *testing.T) {
	t.Parallel()
	if n := len(currency.World); n < 150 {
		t.Errorf("there are only %d currencies", n)
	}
	code, names := regexp.MustCompile(`^[a-z]{3}$`), map[string]bool{}
	for _, c := range currency.World {
		if !code.MatchString(c.Code) || c.Symbol == "" || c.SymbolNative == "" || c.DecimalDigits < 0 || c.DecimalDigits > 3 || !c.Rounding.IsZero() {
			t.Errorf("%s is %+v", c.Code, c)
		}
		if names[c.Name] || c.Name == "" {
			t.Errorf("%s has the name %q, which another has, too", c.Code, c.Name)
		}
		names[c.Name] = true
		for _, text := range []string{c.Symbol, c.SymbolNative, c.Name} {
			if strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }) {
				t.Errorf("%s has the text %+q", c.Code, text)
			}
		}
	}
	byCode := func(a, b currency.Currency) int { return strings.Compare(a.Code, b.Code) }
	if !slices.IsSortedFunc(currency.World, byCode) || len(slices.CompactFunc(slices.Clone(currency.World), func(a, b currency.Currency) bool { return a.Code == b.Code })) != len(currency.World) {
		t.Error("the codes are not sorted, or one is duplicated")
	}
}

// The currencies of ISO 4217 that do not have two decimals.
func TestMinorUnits(t *testing.T) {
	t.Parallel()
	got := map[int64][]string{}
	for _, c := range currency.World {
		got[c.DecimalDigits] = append(got[c.DecimalDigits], c.Code)
	}
	for digits, want := range map[int64]string{
		0: "bif clp djf gnf isk jpy kmf krw pyg rwf ugx vnd vuv xaf xof xpf",
		3: "bhd iqd jod kwd lyd omr tnd",
	} {
		if codes := strings.Join(got[digits], " "); codes != want {
			t.Errorf("with %d digits: %s, want %s", digits, codes, want)
		}
	}
}
