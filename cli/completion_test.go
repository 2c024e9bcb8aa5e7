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
		{[]string{"query", "order", "--filter", "stat"}, []string{"status"}, []string{"id"}},
		{[]string{"query", "order", "--filter", "status"}, []string{"status=", "status[$in]=", "status[$ilike]="}, []string{"status[$contains]="}},
		{[]string{"query", "order", "--filter", "customer.em"}, []string{"customer.email"}, nil},
		{[]string{"query", "order", "--filter", "display_id[$g"}, []string{"display_id[$gt]=", "display_id[$gte]="}, []string{"display_id[$lt]=", "display_id[$like]="}},
		{[]string{"query", "order", "--filter", "items"}, []string{"items", "items[$none][", "items.$count="}, []string{"items="}},
		{[]string{"query", "order", "--filter", "cart"}, []string{"cart.", "cart=null"}, nil},
		{[]string{"query", "order", "--filter", "status="}, []string{"status=pending", "status=completed"}, nil},
		{[]string{"query", "order", "--filter", "status[$ne]=c"}, []string{"status[$ne]=completed"}, []string{"status[$ne]=pending"}},
		{[]string{"query", "order", "--filter", "is_draft_order="}, []string{"is_draft_order=true"}, nil},
		{[]string{"query", "order", "--filter", "email="}, nil, []string{"email=null"}},
		{[]string{"query", "order", "--filter", "nope["}, nil, []string{"nope[$eq]="}},
		{[]string{"export", "order", "--filter", "customer.has_account[$e"}, []string{"customer.has_account[$eq]=", "customer.has_account[$exists]="}, nil},
		{[]string{"export", "order", "--format", ""}, []string{"ndjson", "csv"}, nil},
		{[]string{"links", "--format", ""}, []string{"table", "mermaid", "dot", "svg"}, nil},
		{[]string{"links", "--around", ""}, []string{"order", "cart", "sales_channel"}, []string{"link", "order_cart"}},
		{[]string{"models", "ord"}, []string{"order", "order_cart"}, nil},
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

// Every operator that completion offers is one that a query takes for the column.
func TestCompletedOperatorsWork(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for column, value := range map[string]string{
		"order.status": "pending", "order.display_id": "1", "order.is_draft_order": "true", "order.created_at": "2026-01-01T00:00:00Z", "order_line_item.unit_price": "1.5", "order.metadata": "x",
	} {
		entity, name, _ := strings.Cut(column, ".")
		lines := strings.Split(run(t, app, "__completeNoDesc", "query", entity, "--filter", name+"[").stdout, "\n")
		offered := 0
		for _, line := range lines {
			if !strings.HasSuffix(line, "=") {
				continue
			}
			offered++
			given := value
			if strings.Contains(line, "$exists") {
				given = "true"
			}
			ok(t, app, "query", entity, "--fields", "id", "--filter", line+given)
		}
		if offered < 5 {
			t.Errorf("%s: only %q", column, lines)
		}
	}
}
