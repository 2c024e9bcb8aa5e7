package e2e_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/module"
)

// starterRequests are what Medusa's Next.js starter and its SDK ask of routes of
// storefronts that are served, and names that the answer must have, none of them
// null. Spaces after commas, a star on a column and the comma at the end are as they are sent.
var starterRequests = []struct{ path, fields, names string }{
	{"/store/products?region_id=reg&limit=12", "*variants.calculated_price,+variants.inventory_quantity,*variants.images,+metadata,+tags,",
		"products.0.{id title handle variants.0.{id title calculated_price.{calculated_amount currency_code} options images} options.0.{id title values.0.value} tags.0 images metadata?}"},
	{"/store/products?region_id=reg&handle=mug", "*variants.calculated_price,+variants.inventory_quantity,*variants.images,+metadata,+tags,", "products.0.variants.0.calculated_price"},
	{"/store/products?region_id=reg", "id,variants.calculated_price.calculated_amount", "products.0.{id variants.0.calculated_price.calculated_amount}"},
	{"/store/products?region_id=reg&collection_id[]=coll&tag_id[]=tag&is_giftcard=false", "", "products.0.{id title thumbnail? collection.title variants.0.options}"},
	{"/store/products/prod", "", "product.{id title variants.0.{id sku? options} options.0.values.0.value tags.0.value images created_at}"},
	{"/store/product-variants/variant", "*images", "variant.{id images}"},
	{"/store/product-categories?limit=100", "*category_children, *products, *parent_category, *parent_category.parent_category",
		"product_categories.0.{id name handle category_children products.0.{id title} parent_category?}"},
	{"/store/product-categories?handle=cups", "*category_children, *products", "product_categories.0.products.0.handle"},
	{"/store/collections?limit=100&offset=0", "id, handle, title", "collections.0.{id handle title}"},
	{"/store/collections?handle=autumn", "*products", "collections.0.products.0.{id title}"},
	{"/store/collections/coll", "", "collection.{id title handle}"},
	{"/store/regions", "", "regions.0.{id name currency_code countries.0.{iso_2 display_name}}"},
	{"/store/regions/reg", "", "region.{id name currency_code countries.0.iso_2}"},
	{"/store/customers/me", "*orders", "customer.{id email orders.0.{id display_id status created_at} addresses.0.city}"},
	{"/store/orders?limit=10&offset=0&order=-created_at", "*items,+items.metadata,*items.variant,*items.product",
		"orders.0.{id display_id created_at currency_code items.0.{id title quantity unit_price metadata? variant.{id sku?} product.{id handle}}}"},
	{"/store/orders/o1", "*payment_collections.payments,*items,*items.metadata,*items.variant,*items.product",
		"order.{id email? status display_id payment_collections.0.{id payments.0.{id provider_id amount}} items.0.{id title variant.id product.title} shipping_address? shipping_methods}"},
}

// expand writes a{b c.{d e}} as a.b, a.c.d and a.c.e.
func expand(names string) []string {
	var out []string
	depth, start := 0, 0
	for i, c := range names + " " {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		case ' ':
			if depth > 0 {
				continue
			}
			name := names[start:i]
			if before, inside, ok := strings.Cut(name, "{"); ok {
				for _, each := range expand(strings.TrimSuffix(inside, "}")) {
					out = append(out, before+each)
				}
			} else if name != "" {
				out = append(out, name)
			}
			start = i + 1
		}
	}
	return out
}

// Every field that the starter and the SDK ask for is answered.
func TestAPIStarterFields(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		hide(t, s.app) // has prices
		if _, err := s.app.Product.Products.Update(t.Context(), []string{"prod"}, module.Patch{"collection_id": "coll"}); err != nil {
			t.Fatal(err)
		}
		s.want(t, 200, "admin", "POST /admin/regions/reg", `{"countries": ["de"]}`)
		for _, ask := range starterRequests {
			line := "GET " + ask.path
			if ask.fields != "" {
				line += map[bool]string{true: "&", false: "?"}[strings.Contains(ask.path, "?")] + "fields=" + url.QueryEscape(ask.fields)
			}
			got := s.call("ada", line, "")
			body := s.want(t, 200, "ada", line, "")
			ignored := strings.Split(got.header.Get(api.IgnoredHeader), "; ")
			if ignored = slices.DeleteFunc(ignored, func(name string) bool { return name == "" || name == "variants.inventory_quantity" }); len(ignored) > 0 {
				t.Errorf("%s: the fields %q are ignored", line, ignored)
			}
			for _, name := range expand(ask.names) {
				name, null := strings.CutSuffix(name, "?")
				if err := present(body, name, null); err != "" {
					t.Errorf("%s: %s: %s in %.1500s", line, name, err, got.body)
				}
			}
		}
	})
}

// present says what is wrong with a path in JSON: it must be there and, unless
// it may be null, have a value.
func present(v any, path string, null bool) string {
	for _, name := range strings.Split(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			next, ok := at[name]
			if !ok {
				return "there is no " + name
			}
			v = next
		case []any:
			if len(at) == 0 {
				return "an empty list before " + name
			}
			v = at[0]
		default:
			return fmt.Sprintf("%v has no %s", v, name)
		}
	}
	if v == nil && !null {
		return "it is null"
	}
	return ""
}
