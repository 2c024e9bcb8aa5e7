package demo

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
)

func TestTwentyProductsOfOneToSixVariants(t *testing.T) {
	t.Parallel()
	codes, categories := map[string]string{}, map[string]bool{"Camping": true, "Hiking": true, "Kitchen": true, "Living": true}
	all := wares()
	if len(all) != 20 {
		t.Errorf("%d products, want 20", len(all))
	}
	for _, w := range all {
		variants := combinations(w.choices)
		if len(variants) < 1 || len(variants) > 6 {
			t.Errorf("%s has %d variants", w.title, len(variants))
		}
		for _, values := range variants {
			code := sku(w.sku, values)
			if codes[code] != "" || strings.Contains(code, " ") {
				t.Errorf("%s has the code %q, %q has it too", w.title, code, codes[code])
			}
			codes[code] = w.title
		}
		if !categories[w.category] {
			t.Errorf("%s is in the category %q, which is not made", w.title, w.category)
		}
		if w.about == "" || w.grams == 0 || len(w.origin) != 2 {
			t.Errorf("%s lacks something", w.title)
		}
	}
}

// Else a discount or tax would not be a whole number of cents.
func TestPricesAreInSteps(t *testing.T) {
	t.Parallel()
	for _, w := range wares() {
		for price, step := range map[string]int64{w.euros: 2, w.dollars: 1} {
			if strings.Contains(money.MustParse(price).Mul(money.Int(step)).String(), ".") {
				t.Errorf("%s costs %s, which is not in steps", w.title, price)
			}
		}
	}
}

func TestCombinations(t *testing.T) {
	t.Parallel()
	if all := combinations(nil); len(all) != 1 || all[0] != nil {
		t.Errorf("of no choices there are %v", all)
	}
	var got []string
	for _, way := range combinations([]choice{size("S", "M"), color("Red", "Blue")}) {
		got = append(got, strings.Join(way, " "))
	}
	if want := "S Red,S Blue,M Red,M Blue"; strings.Join(got, ",") != want {
		t.Errorf("the combinations are %q, want %q", got, want)
	}
}

func TestCodes(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"CRN-SM-SLATE":  sku("CRN", []string{"S/M", "Slate"}),
		"STV":           sku("STV", nil),
		"2000000000008": ean(0), // worked by hand: 2 makes 2, and 8 more are ten
		"2000000000015": ean(1),
		"2000000000190": ean(19),
	} {
		if got != want {
			t.Errorf("code %q, want %q", got, want)
		}
	}
}

func TestEmailsAreNobodys(t *testing.T) {
	t.Parallel()
	for n, want := range []string{"lea.schaefer1@example.com", "lea.schaefer2@example.net", "lea.schaefer3@example.org"} {
		if got := email("Léa", "Schäfer", n); got != want {
			t.Errorf("email %q, want %q", got, want)
		}
	}
	for _, l := range append(europe(), america()...) {
		for _, first := range l.first {
			for _, last := range l.last {
				for _, r := range email(first, last, 0) {
					if r > 'z' || r == ' ' {
						t.Errorf("the email of %s %s has a %q", first, last, r)
					}
				}
			}
		}
	}
}

func TestCustomersForOrders(t *testing.T) {
	t.Parallel()
	for orders, want := range map[int]int{1: 10, 60: 10, 2000: 200, 200_000: 20_000, 1_000_000: 20_000} {
		if got := customerCount(orders); got != want {
			t.Errorf("%d customers for %d orders, want %d", got, orders, want)
		}
	}
}

func TestTaxesOfAnArea(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]*area{
		"1.2": newArea("Europe", "eur", europe(), europeTaxes()),
		"1.1": newArea("North America", "usd", america(), americaTaxes()),
	} {
		if got := a.factor.String(); got != want {
			t.Errorf("an amount in %s is %s with taxes, want %s", a.Name, got, want)
		}
		for _, tax := range a.taxes {
			if money.MustParse(tax.rate.String()).Mul(money.Int(10)).Cmp(money.Int(int64(tax.percent*10))) != 0 {
				t.Errorf("%s is %s percent and %f", tax.code, tax.rate, tax.percent)
			}
		}
	}
}

// plan of a world without a database.
func planned(seed int64, orders int) []placed {
	w := &world{source: newSource(seed, noon), options: Options{Orders: orders}, start: noon, end: noon.Add(shopTime)}
	return w.plan()
}

func TestFatesHaveTheirShares(t *testing.T) {
	t.Parallel()
	counts := map[string]int{}
	all := planned(1, 2000)
	for i, p := range all {
		counts[p.name]++
		if p.at.Before(noon) || p.at.After(noon.Add(shopTime)) || i > 0 && p.at.Before(all[i-1].at) {
			t.Fatalf("order %d is placed at %s", i, p.at)
		}
	}
	for name, want := range map[string]int{"showcase": 1, "returned": 160, "exchanged": 40, "claimed, replaced": 30, "claimed, refunded": 30, "paid": 300, "draft": 20} {
		if counts[name] != want {
			t.Errorf("%d orders are %s, want %d", counts[name], name, want)
		}
	}
}

func TestFewOrdersHaveDifferentFates(t *testing.T) {
	t.Parallel()
	for _, orders := range []int{1, 5, len(fates()), 60} {
		names := map[string]bool{}
		all := planned(1, orders)
		for _, p := range all {
			names[p.name] = true
		}
		if len(all) != orders || len(names) != min(orders, len(fates())) || !names["showcase"] {
			t.Errorf("%d orders: %d placed, of the fates %v", orders, len(all), names)
		}
	}
}
