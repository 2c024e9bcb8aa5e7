package e2e_test

import (
	"fmt"
	"strings"
	"testing"
)

// Prices of variants have the form that clients know, wherever administrators
// read them.
func TestAPIShapeOfPrices(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/products", `{"title": "Lamp", "variants": [{"title": "One", "prices": [
			{"currency_code": "eur", "amount": 5, "min_quantity": 2, "rules": {"region_id": "reg"}}, {"currency_code": "usd", "amount": 6}]}]}`)
		id, variant := at(made, "product", "id").(string), at(made, "product", "variants", 0, "id").(string)
		for line, path := range map[string][]any{
			"GET /admin/products/" + id: {"product", "variants", 0},
			"GET /admin/products?id=" + id + "&fields=id,variants.id,*variants.prices,variants.prices.price_rules.*": {"products", 0, "variants", 0},
			"GET /admin/products/" + id + "/variants/" + variant:                                                     {"variant"},
			"GET /admin/product-variants?id=" + variant:                                                              {"variants", 0},
		} {
			prices, _ := at(s.want(t, 200, "admin", line, ""), append(path, "prices")...).([]any)
			shown := map[string]string{}
			for _, p := range prices {
				shown[fmt.Sprint(at(p, "currency_code"))] = fmt.Sprint(at(p, "amount"), at(p, "min_quantity"), at(p, "variant_id") == variant, at(p, "rules"))
			}
			if shown["eur"] != "5 2 true map[region_id:reg]" || shown["usd"] != "6 <nil> true map[]" {
				t.Errorf("%s: %v", line, shown)
			}
		}
		batch := s.want(t, 200, "admin", "POST /admin/products/"+id+"/variants/batch", `{"update": [{"id": "`+variant+`", "title": "Only"}]}`)
		products := s.want(t, 200, "admin", "POST /admin/products/batch", `{"update": [{"id": "`+id+`", "title": "Lamps"}]}`)
		for what, price := range map[string]any{"variants": at(batch, "updated", 0, "prices", 0), "products": at(products, "updated", 0, "variants", 0, "prices", 0)} {
			if p, ok := price.(map[string]any); !ok || p["variant_id"] != variant || p["rules"] == nil {
				t.Errorf("a batch of %s: %v", what, price)
			}
		}
		s.want(t, 200, "admin", "GET /admin/products?fields=id,variants.id", "")
		bare := s.want(t, 200, "admin", "GET /admin/products?id="+id+"&fields=id,variants.prices.amount", "")
		if price, _ := at(bare, "products", 0, "variants", 0, "prices", 0).(map[string]any); price["amount"] == nil || price["rules"] != nil {
			t.Errorf("rules that were not read are said to be none: %v", price)
		}
		card := s.want(t, 200, "admin", "POST /admin/products", `{"title": "Card", "is_giftcard": true, "discountable": true}`)
		if at(card, "product", "discountable") != false {
			t.Errorf("a gift card is discountable: %v", card)
		}
	})
}

// A storefront that says where its customer buys sees what variants cost there
// without asking for it.
func TestAPIPricesUnasked(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		hide(t, s.app)
		for query, want := range map[string]any{"region_id=reg": 20.0, "cart_id=c1": 20.0, "": nil, "region_id=reg&fields=id,variants.id": nil} {
			list := s.want(t, 200, "store", "GET /store/products?"+query, "")
			if got := at(list, "products", 0, "variants", 0, "calculated_price", "calculated_amount"); got != want {
				t.Errorf("%q: %v, want %v", query, got, want)
			}
		}
		one := s.want(t, 200, "store", "GET /store/products/prod?region_id=reg", "")
		if got := at(one, "product", "variants", 0, "calculated_price", "calculated_amount"); got != 20.0 {
			t.Errorf("one product: %v", one)
		}
	})
}

// A query computes prices where its context says.
func TestAPICalculatedPricesOfQueries(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		hide(t, s.app)
		s.want(t, 200, "admin", "POST /admin/products", `{"title": "Free", "variants": [{"title": "One", "prices": []}]}`)
		const product = `{"entity": "product", "fields": ["title", "variants.id", "variants.calculated_price.*"], "filters": {"id": "prod"}, "context": %s}`
		amount := func(body string, path ...any) any {
			t.Helper()
			return at(s.want(t, 200, "admin", "POST /admin/query", body)["data"], append([]any{0}, path...)...)
		}
		for context, want := range map[string]any{
			`{"variants": {"calculated_price": {"region_id": "reg"}}}`:                                                                               20.0,
			`{"variants": {"calculated_price": {"context": {"currency_code": "EUR"}}}}`:                                                              20.0,
			`{"variants": {"calculated_price": {"__type": "QueryContext", "currency_code": "eur", "quantity": 3}}}`:                                  20.0,
			`{"variants": {"calculated_price": {"currency_code": "eur", "customer": {"groups": [{"id": "group"}, {"id": "Hidden"}]}}}}`:              2.0,
			`{"variants": {"calculated_price": {"currency_code": "eur", "customer_group_id": ["Hidden"], "customer": {"id": "cus", "groups": []}}}}`: 2.0,
			`{"variants": {"calculated_price": {"currency_code": "usd"}}}`:                                                                           nil,
		} {
			if got := amount(fmt.Sprintf(product, context), "variants", 0, "calculated_price", "calculated_amount"); got != want {
				t.Errorf("%s: %v, want %v", context, got, want)
			}
		}
		const variant = `{"entity": %q, "fields": ["id", "calculated_price"], "filters": {"id": %q}, "context": {"calculated_price": {"region_id": "reg"}}}`
		for entity, id := range map[string]string{"variant": "variant", "price_set": "pset"} {
			if got := amount(fmt.Sprintf(variant, entity, id), "calculated_price", "calculated_amount"); got != 20.0 {
				t.Errorf("%s: %v", entity, got)
			}
		}
		free := amount(`{"entity": "product", "fields": ["variants.calculated_price"], "filters": {"title": "Free"}, "context": {"variants": {"calculated_price": {"region_id": "reg"}}}}`, "variants", 0)
		if price, ok := free.(map[string]any)["calculated_price"]; price != nil || !ok {
			t.Errorf("a variant without a price: %v", free)
		}
		for _, context := range []string{
			`{}`, `null`, `{"variants": {}}`, `{"variants": {"calculated_price": {}}}`, `{"variants": {"calculated_price": {"region_id": "reg_nowhere"}}}`,
			`{"variants": {"calculated_price": {"region_id": "reg", "quantity": "many"}}}`, `{"variants": {"calculated_price": {"currency_code": "euros"}}}`,
			`{"variants": {"price": {"region_id": "reg"}}}`, `{"variant": {"calculated_price": {"region_id": "reg"}}}`, `{"variants": {"calculated_price": "reg"}}`, `[]`,
		} {
			contains(t, context, s.want(t, 400, "admin", "POST /admin/query", fmt.Sprintf(product, context)), `{"type": "invalid_data"}`)
		}
		passed := s.call("admin", "GET /admin/products?fields=id,variants.id,variants.calculated_price.*", "")
		if passed.status != 200 || !strings.Contains(passed.header.Get("X-Gorgon-Ignored-Fields"), "variants.calculated_price") {
			t.Errorf("a URL has no context: %d %v", passed.status, passed.header)
		}
		for _, part := range []string{`"filters": {"calculated_price": {"calculated_amount": 20}}`, `"order": "calculated_price.calculated_amount"`, `"lists": {"calculated_price": {"limit": 1}}`} {
			contains(t, part, s.want(t, 400, "admin", "POST /admin/query", `{"entity": "variant", "fields": ["id"], `+part+`}`), `{"type": "invalid_data"}`)
		}
	})
}
