package fault_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"order", "orders", "order_line_item", "customer", "customers", "cart", "carts", "card", "id", "sku", "line_item", "Region"}
	for _, test := range []struct {
		name string
		want []string
	}{
		{"ordr", []string{"order", "orders"}},                 // one and two edits
		{"orer", []string{"order", "orders"}},                 // a letter is missing
		{"oredr", []string{"order", "orders"}},                // two letters are swapped
		{"cusomter", []string{"customer"}},                    //
		{"custmoers", []string{"customers", "customer"}},      //
		{"ergion", []string{"Region"}},                        // a letter is missing, where two seem swapped
		{"ksu", []string{"sku"}},                              //
		{"crat", []string{"cart", "card", "carts"}},           //
		{"nail", []string{}},                                  // half of the letters of cart differ
		{"ORDER", []string{"order", "orders"}},                // case is ignored
		{"region", []string{"Region"}},                        // in either of them
		{"item", []string{"line_item", "order_line_item"}},    // the end of a name
		{"custom", []string{"customer", "customers"}},         // the start of a name
		{"customer_id", []string{"customer"}},                 // begins with one
		{"carrt", []string{"cart", "card", "carts"}},          // equally near: in alphabetical order
		{"cart", []string{"cart", "card", "carts"}},           // itself first
		{"orders_of_a_customer", []string{"orders", "order"}}, // the longer match is nearer
		{"xy", []string{}},                                    // two edits would replace the whole word
		{"i", []string{}},                                     // a single letter is similar to nothing
		{"payment", []string{}},                               // nothing near
		{"", []string{}},                                      //
		{strings.Repeat("order", 100_000), []string{"order"}}, // begins with it; must not compare all of it
		{strings.Repeat("x", 1_000_000), []string{}},          //
		{"order\xff", []string{"order"}},                      // not UTF-8
	} {
		got := fault.Nearest(test.name, names)
		if !slices.Equal(got, test.want) {
			t.Errorf("Nearest(%.30q) is %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNearestReturnsThreeDifferentNames(t *testing.T) {
	t.Parallel()
	got := fault.Nearest("aaaa", []string{"aaab", "aaaa", "aaab", "aaac", "aaad", "aaaa"})
	if want := []string{"aaaa", "aaab", "aaac"}; !slices.Equal(got, want) {
		t.Errorf("Nearest is %q, want %q", got, want)
	}
	if got := fault.Nearest("a", nil); len(got) != 0 {
		t.Errorf("Nearest among no names is %q", got)
	}
}

func TestDidYouMean(t *testing.T) {
	t.Parallel()
	names := []string{"customer", "cart", "carts"}
	for name, want := range map[string]string{
		"custmer": "; did you mean customer?",
		"crt":     "; did you mean cart, carts?",
		"zzz":     "",
	} {
		if got := fault.DidYouMean(name, names); got != want {
			t.Errorf("DidYouMean(%q) is %q, want %q", name, got, want)
		}
	}
}
