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
		{"oredr", []string{"order"}},                          // two letters are swapped
		{"ORDER", []string{"order", "orders"}},                // case does not count
		{"region", []string{"Region"}},                        // neither way
		{"item", []string{"line_item", "order_line_item"}},    // the end of a name
		{"custom", []string{"customer", "customers"}},         // the beginning of one
		{"customer_id", []string{"customer"}},                 // begins with one
		{"carrt", []string{"cart", "card", "carts"}},          // equally near: by the alphabet
		{"cart", []string{"cart", "card", "carts"}},           // itself first
		{"orders_of_a_customer", []string{"orders", "order"}}, // the longer beginning is nearer
		{"xy", []string{}},                                    // two edits of a word of two are all of it
		{"i", []string{}},                                     // nor is a single letter like anything
		{"payment", []string{}},                               // nothing near
		{"", []string{}},                                      //
		{strings.Repeat("order", 100_000), []string{"order"}}, // begins with it; compares no millions of letters
		{strings.Repeat("x", 1_000_000), []string{}},          //
		{"order\xff", []string{"order"}},                      // bytes that are no text
	} {
		got := fault.Nearest(test.name, names)
		if !slices.Equal(got, test.want) {
			t.Errorf("Nearest(%.30q) is %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNearestGivesThreeDifferentNames(t *testing.T) {
	t.Parallel()
	got := fault.Nearest("aaaa", []string{"aaab", "aaaa", "aaab", "aaac", "aaad", "aaaa"})
	if want := []string{"aaaa", "aaab", "aaac"}; !slices.Equal(got, want) {
		t.Errorf("Nearest is %q, want %q", got, want)
	}
	if got := fault.Nearest("a", nil); len(got) != 0 {
		t.Errorf("of no names, %q are near", got)
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
