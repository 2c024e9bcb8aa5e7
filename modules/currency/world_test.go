package currency_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gorgon-commerce/gorgon/modules/currency"
)

// rightToLeft keeps the periods of an Arabic symbol in their places.
const rightToLeft = '\u200f'

func TestWorld(t *testing.T) {
	t.Parallel()
	code, names := regexp.MustCompile(`^[a-z]{3}$`), map[string]bool{}
	for _, c := range currency.World {
		if !code.MatchString(c.Code) || c.Symbol == "" || c.SymbolNative == "" || c.DecimalDigits < 0 || c.DecimalDigits > 3 || c.Rounding.Sign() < 0 {
			t.Errorf("%s is %+v", c.Code, c)
		}
		if names[c.Name] || c.Name == "" {
			t.Errorf("%s has the name %q, which another has, too", c.Code, c.Name)
		}
		names[c.Name] = true
		for _, text := range []string{c.Symbol, c.SymbolNative, c.Name} {
			if strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) && r != rightToLeft }) {
				t.Errorf("%s has the text %+q", c.Code, text)
			}
		}
	}
	byCode := func(a, b currency.Currency) int { return strings.Compare(a.Code, b.Code) }
	if !slices.IsSortedFunc(currency.World, byCode) || len(slices.CompactFunc(slices.Clone(currency.World), func(a, b currency.Currency) bool { return a.Code == b.Code })) != len(currency.World) {
		t.Error("the codes are not sorted, or one is duplicated")
	}
}
