package cli_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
)

func TestCompletion(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: "sqlite:/nowhere/at/all.db"})
	for _, test := range []struct {
		words       []string // the last one is being typed
		want, never []string
	}{
		{[]string{"query", ""}, []string{"order", "orders", "order_cart", "payment_collection"}, []string{"link_deletion"}},
		{[]string{"query", "order", ""}, nil, []string{"order"}},
		{[]string{"query", "order", "--fields", ""}, []string{"id", "customer", "items", "currency_code"}, nil},
		{[]string{"query", "order", "--fields", "id,items.var"}, []string{"id,items.variant", "id,items.variant_id"}, []string{"id,items.title"}},
		{[]string{"query", "order", "--fields", "items.variant.sk"}, []string{"items.variant.sku"}, nil},
		{[]string{"query", "order", "--order=-customer.em"}, []string{"-customer.email"}, nil},
		{[]string{"query", "order", "--fields", "nope."}, nil, []string{"nope.id"}},
		{[]string{"query", "nope", "--fields", ""}, nil, []string{"id"}},
		{[]string{"link", "create", ""}, []string{"order=", "cart=", "order_claim="}, []string{"order_line_item="}},
		{[]string{"link", "create", "carts=cart_1", ""}, []string{"order=", "payment_collection=", "promotion="}, []string{"cart=", "fulfillment="}},
		{[]string{"link", "create", "order=1", "cart=2", ""}, nil, []string{"order="}},
		{[]string{"completion", "z"}, []string{"zsh"}, []string{"bash"}},
		{[]string{"mi"}, []string{"migrate"}, nil},
	} {
		got := run(t, app, append([]string{"__completeNoDesc"}, test.words...)...)
		lines := strings.Split(got.stdout, "\n")
		for _, w := range test.want {
			if !slices.Contains(lines, w) {
				t.Errorf("%q does not offer %s: %q", test.words, w, lines)
			}
		}
		for _, w := range test.never {
			if slices.Contains(lines, w) {
				t.Errorf("%q offers %s", test.words, w)
			}
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if got := ok(t, app, "completion", shell); !strings.Contains(got, "gorgon") {
			t.Errorf("%s: %.100s", shell, got)
		}
	}
}
