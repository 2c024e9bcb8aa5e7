package e2e_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/store"
	"github.com/gorgon-commerce/gorgon/modules/cart"
)

// storeLists are the lists of storefronts by the names that Medusa's sets of allowed
// fields have in testdata/store-fields.txt.
var storeLists = map[string]struct{ line, entity string }{
	"carts-complete":             {"/store/orders", "order"}, // what completing a cart answers is an order
	"orders":                     {"/store/orders", "order"},
	"payment-providers":          {"/store/payment-providers?region_id=reg", "payment_provider"},
	"return-reasons":             {"/store/return-reasons", "return_reason"},
	"shipping-options":           {"/store/shipping-options?cart_id=cart_fr", "shipping_option"},
	"currencies":                 {"/store/currencies", "currency"},
	"regions":                    {"/store/regions", "region"},
	"customers":                  {"/store/customers/me", "customer"},
	"customers-me-addresses":     {"/store/customers/me/addresses", "customer_address"},
	"product-variants":           {"/store/product-variants?region_id=reg", "variant"},
	"products":                   {"/store/products?region_id=reg", "product"},
	"collections":                {"/store/collections", "product_collection"},
	"product-categories":         {"/store/product-categories", "product_category"},
	"product-options":            {"/store/product-options", "product_option"},
	"product-tags":               {"/store/product-tags", "product_tag"},
	"shipping-options-calculate": {"/store/shipping-options?cart_id=cart_fr", "shipping_option"},
}

// columnsOf returns a path, and for a relation the paths of its columns; nil where
// the graph has no such path.
func (s *served) columnsOf(entity, path string) []string {
	path = strings.TrimSuffix(path, ".*")
	found, ok := s.app.Query.Lookup(entity, path)
	if !ok {
		return nil
	}
	out := []string{path}
	for _, column := range found.Columns() {
		out = append(out, path+"."+column)
	}
	return out
}

// ignoredOf returns those of the paths that a request for them passes over.
func (s *served) ignoredOf(t *testing.T, line string, paths []string) (out []string) {
	t.Helper()
	line += map[bool]string{true: "&", false: "?"}[strings.Contains(line, "?")] + "fields="
	for few := range slices.Chunk(paths, 30) {
		got := s.call("ada", "GET "+line+url.QueryEscape(strings.Join(few, ",")), "")
		if got.status != http.StatusOK {
			t.Errorf("%s%s: %d %.300s", line, strings.Join(few, ","), got.status, got.body)
			continue
		}
		if names := got.header.Get(api.IgnoredHeader); names != "" {
			out = append(out, strings.Split(names, "; ")...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// withheld are the ends of paths that Medusa's sets have and storefronts here do not
// get: docs/differences.md says why, under HTTP.
var withheld = []string{
	"payments.data", "payments.metadata", "payments.capture_claims", "payments.refund_claims", "payments.overdrawn",
	"payment_sessions.data", "payment_sessions.metadata", "payment_sessions.context",
	"fulfillments.data", "fulfillments.metadata", "fulfillments.created_by", "fulfillments.marked_shipped_by", "fulfillments.location_id",
	"fulfillments.delivery_address_id", "fulfillments.provider_call", "fulfillments.provider_key",
	"inventory_items.inventory.location_levels",
	"prices.price_list_id", "prices.price_set_id", "prices.rules_count", "prices.title",
	"products.variants.calculated_price", "products.variants.inventory_quantity",
}

// withholding returns the index of what withholds a path; -1 if nothing does.
func withholding(path string) int {
	return slices.IndexFunc(withheld, func(end string) bool {
		return strings.HasSuffix("."+path, "."+end) || strings.Contains("."+path, "."+end+".")
	})
}

// forStore serves a shop with a cart, for the routes of storefronts.
func forStore(t *testing.T) *served {
	t.Helper()
	s := serve(t, open(t, file(t)), filesIn(exportsFolder(t)))
	s.keepCart(t, "cart_fr", &cart.Address{CountryCode: ref("fr")})
	return s
}

// A storefront may ask for whatever Medusa's sets of allowed fields have, except what
// is withheld.
func TestStorefrontsMayAskForWhatMedusaAllows(t *testing.T) {
	t.Parallel()
	sets, err := os.ReadFile("testdata/store-fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := forStore(t)
	seen, needed := 0, map[int]bool{-1: true}
	for line := range strings.Lines(string(sets)) {
		name, fields, _ := strings.Cut(strings.TrimSpace(line), ": ")
		list, ok := storeLists[name]
		if !ok {
			t.Fatalf("no list has the fields of %q", name)
		}
		seen++
		var paths []string
		for _, path := range api.Fields(fields) {
			paths = append(paths, s.columnsOf(list.entity, path)...)
		}
		for _, path := range s.ignoredOf(t, list.line, paths) {
			i := withholding(path)
			if needed[i] = true; i < 0 {
				t.Errorf("%s: %s is ignored", list.line, path)
			}
		}
	}
	if seen != len(storeLists) {
		t.Errorf("testdata/store-fields.txt has %d of %d sets", seen, len(storeLists))
	}
	for i, end := range withheld {
		if !needed[i] {
			t.Errorf("%s is answered, though it is withheld", end)
		}
	}
}

// Whatever an answer has by default can be requested by name.
func TestStorefrontsMayAskForDefaultsByName(t *testing.T) {
	t.Parallel()
	s := forStore(t)
	address := at(s.want(t, 200, "ada", "GET /store/customers/me/addresses", ""), "addresses", 0, "id")
	ids := map[string]string{
		"products": "prod", "product-variants": "variant", "product-categories": "cat", "product-options": "opt", "product-tags": "tag", "product-types": "type",
		"collections": "coll", "regions": "reg", "currencies": "eur", "return-reasons": "reason", "orders": "o1", "addresses": fmt.Sprint(address),
	}
	for _, route := range store.Routes(s.app.Shop) {
		if route.Method != http.MethodGet || route.Answer.Entity == "" {
			continue
		}
		line := route.Path
		for _, list := range storeLists {
			if path, query, ok := strings.Cut(list.line, "?"); ok && path == line {
				line += "?" + query
			}
		}
		segments := strings.Split(route.Path, "/")
		if last := segments[len(segments)-1]; strings.HasPrefix(last, "{") {
			line = strings.Replace(line, last, ids[segments[len(segments)-2]], 1)
		}
		var paths []string
		for _, path := range route.Answer.Fields {
			paths = append(paths, s.columnsOf(route.Answer.Entity, path)...)
		}
		if len(paths) == 0 {
			t.Errorf("%s has no fields", route.Path)
		}
		if ignored := s.ignoredOf(t, line, paths); len(ignored) > 0 {
			t.Errorf("%s: %q are in the answer, and ignored by name", line, ignored)
		}
	}
}
