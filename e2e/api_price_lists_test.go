package e2e_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/verify"
)

// twoVariants creates a product with two variants, the first of which costs 20
// euros; the second has no price. It returns the ids.
func (s *served) twoVariants(t *testing.T) (product, first, second string) {
	t.Helper()
	made := s.want(t, 200, "admin", "POST /admin/products", `{"title": "Lamp", "status": "published", "sales_channels": [{"id": "sc"}], "variants": [
		{"title": "One", "prices": [{"currency_code": "eur", "amount": 20}]}, {"title": "Two", "prices": []}]}`)["product"]
	first, _ = at(made, "variants", 0, "id").(string)
	second, _ = at(made, "variants", 1, "id").(string)
	if at(made, "variants", 0, "title") == "Two" {
		first, second = second, first
	}
	return at(made, "id").(string), first, second
}

// pays returns what a variant costs a customer in a region, and whether tax is
// included.
func (s *served) pays(t *testing.T, who, product, variant string) string {
	t.Helper()
	found := s.want(t, 200, who, "GET /store/products/"+product+"?region_id=reg", "")
	variants, _ := at(found, "product", "variants").([]any)
	for _, v := range variants {
		if price := at(v, "calculated_price"); at(v, "id") == variant && price != nil {
			return fmt.Sprint(at(price, "calculated_amount"), " ", at(price, "original_amount"), " ", at(price, "is_calculated_price_tax_inclusive"))
		}
	}
	return "nothing"
}

// clean fails the test if verify finds something wrong with prices.
func (s *served) clean(t *testing.T) {
	t.Helper()
	report, err := verify.Run(t.Context(), s.app.Store, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		if strings.HasPrefix(p.Table, "price") {
			t.Errorf("verify: %s", p)
		}
	}
}

func TestAPIPriceLists(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		prod, one, two := s.twoVariants(t)
		made := s.want(t, 200, "admin", "POST /admin/price-lists", fmt.Sprintf(`{"title": "Sale", "description": "Winter", "status": "active", "starts_at": "2020-01-01T00:00:00Z",
			"prices": [{"variant_id": %q, "currency_code": "EUR", "amount": 15}, {"variant_id": %q, "currency_code": "eur", "amount": 9, "rules": {"region_id": "reg"}}]}`, one, two))["price_list"]
		contains(t, "list", made, `{"title": "Sale", "type": "sale", "status": "active", "ends_at": null, "rules": {}, "starts_at": "2020-01-01T00:00:00.000Z"}`)
		list, _ := at(made, "id").(string)
		for variant, want := range map[string]string{one: "15 20 false", two: "9 9 false"} {
			if got := s.pays(t, "store", prod, variant); got != want {
				t.Errorf("on sale: %s, want %s", got, want)
			}
		}
		prices := s.want(t, 200, "admin", "GET /admin/price-lists/"+list+"/prices?order=amount", "")
		if prices["count"] != 2.0 {
			t.Fatalf("prices: %v", prices)
		}
		contains(t, "price", at(prices, "prices", 0), fmt.Sprintf(`{"amount": 9, "currency_code": "eur", "min_quantity": null, "variant_id": %q, "rules": {"region_id": "reg"}}`, two))
		nested := s.want(t, 200, "admin", "GET /admin/price-lists/"+list+"?fields=id,prices.amount,prices.price_set.variant.id", "")["price_list"]
		if at(nested, "prices", 0, "variant_id") == nil || at(nested, "rules") != nil {
			t.Errorf("with its prices: %v", nested)
		}
		if found := s.want(t, 200, "admin", "GET /admin/products?fields=id&price_list_id[]="+list, ""); ids(found["products"]) != "["+prod+"]" {
			t.Errorf("products of the list: %v", found)
		}
		for query, count := range map[string]float64{"status[]=active": 1, "status=draft": 1, "q=winter": 1, "starts_at[$gt]=2021-01-01": 0, "rules_count[]=0": 2, "id=" + list: 1} {
			if got := s.want(t, 200, "admin", "GET /admin/price-lists?"+query, "")["count"]; got != count {
				t.Errorf("%s: %v lists, want %v", query, got, count)
			}
		}
		s.changesPrices(t, list, prod, one, two, prices)
	})
}

// changesPrices changes the prices of a list: 9 of the second variant, and 15 of the
// first.
func (s *served) changesPrices(t *testing.T, list, prod, one, two string, prices map[string]any) {
	t.Helper()
	nine, fifteen := at(prices, "prices", 0, "id").(string), at(prices, "prices", 1, "id").(string)
	batch := s.want(t, 200, "admin", "POST /admin/price-lists/"+list+"/prices/batch", fmt.Sprintf(`{
		"create": [{"variant_id": %q, "currency_code": "eur", "amount": 14, "max_quantity": 1}, {"variant_id": %[1]q, "currency_code": "eur", "amount": 12, "min_quantity": 2}],
		"update": [{"id": %q, "variant_id": %q, "amount": 8, "rules": {}}], "delete": [%q]}`, one, nine, two, fifteen))
	contains(t, "created", at(batch, "created", 0), fmt.Sprintf(`{"amount": 14, "variant_id": %q, "max_quantity": 1, "rules": {}}`, one))
	contains(t, "updated", at(batch, "updated", 0), fmt.Sprintf(`{"id": %q, "amount": 8, "rules": {}, "currency_code": "eur"}`, nine))
	contains(t, "deleted", batch["deleted"], fmt.Sprintf(`{"ids": [%q], "object": "price", "deleted": true}`, fifteen))
	if got := s.pays(t, "store", prod, one) + ", " + s.pays(t, "store", prod, two); got != "14 20 false, 8 8 false" {
		t.Errorf("changed: %s", got)
	}
	low, high := at(batch, "created", 0, "id"), at(batch, "created", 1, "id")
	s.want(t, 200, "admin", "POST /admin/price-lists/"+list+"/prices/batch", fmt.Sprintf(`{"update": [
		{"id": %q, "variant_id": %q, "min_quantity": 5, "max_quantity": null}, {"id": %q, "variant_id": %[2]q, "min_quantity": null, "max_quantity": 4}]}`, low, one, high))
	if got := s.pays(t, "store", prod, one); got != "12 20 false" {
		t.Errorf("tiers that traded places: %s", got)
	}
	s.refusesPrices(t, list, one, fmt.Sprint(low))
	const change = `{"type": "override", "rules": {"customer.groups.id": ["group"]}, "metadata": {"a": 1}}`
	contains(t, "changed", s.want(t, 200, "admin", "POST /admin/price-lists/"+list, change)["price_list"], `{"title": "Sale", "type": "override", "rules": {"customer.groups.id": ["group"]}}`)
	s.want(t, 200, "admin", "POST /admin/customer-groups/group/customers", `{"add": ["cus"]}`)
	if got := s.pays(t, "store", prod, one) + ", " + s.pays(t, "ada", prod, one); got != "20 20 false, 12 12 false" {
		t.Errorf("for a group: %s", got)
	}
	contains(t, "general again", s.want(t, 200, "admin", "POST /admin/price-lists/"+list, `{"rules": {}}`)["price_list"], `{"rules": {}, "price_list_rules": []}`)
	s.want(t, 200, "admin", "POST /admin/price-lists/"+list+"/products", fmt.Sprintf(`{"remove": [%q]}`, prod))
	if left := s.want(t, 200, "admin", "GET /admin/price-lists/"+list+"/prices", ""); left["count"] != 0.0 || s.pays(t, "store", prod, one) != "20 20 false" {
		t.Errorf("left in the list: %v", left)
	}
	contains(t, "deletion", s.want(t, 200, "admin", "DELETE /admin/price-lists/"+list, ""), fmt.Sprintf(`{"id": %q, "object": "price_list", "deleted": true}`, list))
	s.clean(t)
}

// refusesPrices tries what no price list takes; nothing of it stays.
func (s *served) refusesPrices(t *testing.T, list, variant, price string) {
	t.Helper()
	before := s.want(t, 200, "admin", "GET /admin/price-lists/"+list+"/prices?order=id", "")
	one := func(more string) string {
		return `{"variant_id": "` + variant + `", "currency_code": "eur", "amount": 3` + more + `}`
	}
	batch, lists := "POST /admin/price-lists/"+list+"/prices/batch", "POST /admin/price-lists"
	for _, c := range []struct {
		status     int
		line, body string
		says       []string
	}{
		{400, lists, `{"title": "X", "description": "d", "starts_at": "2026-01-02T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"}`, []string{"ends_at", "2026-01-01", "2026-01-02", "X"}},
		{400, lists + "/" + list, `{"ends_at": "2019-12-31T00:00:00Z"}`, []string{"ends_at", "Sale"}},
		{400, lists, `{"title": "X"}`, []string{"description"}},
		{400, lists, `{"title": "X", "description": "d", "rules": {"customer.groups.id": []}}`, []string{"customer.groups.id"}},
		{400, lists, `{"title": "X", "description": "d", "prices": [` + one("") + `, {"variant_id": "variant_no", "currency_code": "eur", "amount": 1}]}`, []string{"variant_id", "variant_no"}},
		{400, lists, `{"title": "X", "description": "d", "prices": [{"variant_id": "` + variant + `", "currency_code": "xxx", "amount": 1}]}`, []string{"currency_code", "xxx"}},
		{400, lists, `{"title": "X", "description": "d", "prices": [` + one(`, "max_quantity": 5`) + "," + one(`, "min_quantity": 5`) + `]}`, []string{"up to 5", "5 or more", "eur"}},
		{400, lists, `{"title": "X", "description": "d", "prices": [` + one(`, "min_quantity": 5, "max_quantity": 4`) + `]}`, []string{"min_quantity"}},
		{400, batch, `{"create": [` + one("") + "," + one(`, "min_quantity": 7, "max_quantity": 9`) + `]}`, []string{"7 to 9", "5 or more", price}},
		{400, batch, `{"update": [{"id": "` + price + `", "variant_id": "` + variant + `", "min_quantity": 4}]}`, []string{"4 or more", "up to 4"}},
		{404, batch, `{"create": [` + one("") + `], "update": [{"id": "price_no", "variant_id": "` + variant + `"}]}`, []string{"price_no", list}},
		{404, batch, `{"create": [` + one("") + `], "delete": ["price_no"]}`, []string{"price_no"}},
		{400, batch, `{"update": [{"id": "` + price + `", "variant_id": "` + variant + `"}], "delete": ["` + price + `"]}`, []string{price}},
		{400, batch, `{"update": [{"id": "` + price + `"}]}`, []string{"variant_id"}},
		{400, batch, `{"create": [{"variant_id": "` + variant + `", "currency_code": "eur", "amount": -1}]}`, []string{"amount", "-1"}},
		{404, "POST /admin/price-lists/plist_no/prices/batch", `{"create": [` + one("") + `]}`, []string{"plist_no"}},
		{404, "POST /admin/price-lists/plist_no/products", `{"remove": []}`, []string{"plist_no"}},
		{404, lists + "/" + list + "/products", `{"remove": ["prod_no"]}`, []string{"prod_no"}},
		{404, "GET /admin/price-lists/plist_no/prices", "", []string{"plist_no"}},
	} {
		got := s.want(t, c.status, "admin", c.line, c.body)
		for _, word := range c.says {
			if !strings.Contains(fmt.Sprint(got["message"]), word) {
				t.Errorf("%s %s: %v does not say %q", c.line, c.body, got, word)
			}
		}
	}
	after := s.want(t, 200, "admin", "GET /admin/price-lists/"+list+"/prices?order=id", "")
	if fmt.Sprint(before) != fmt.Sprint(after) || s.want(t, 200, "admin", "GET /admin/price-lists", "")["count"] != 2.0 {
		t.Errorf("refused, and half written: %v", after)
	}
}

// A variant's own tiers must not overlap either, and may trade places.
func TestAPITiersOfVariants(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		prod, one, _ := s.twoVariants(t)
		line := "POST /admin/products/" + prod + "/variants/" + one
		tiers := func(low, high string) string {
			return `{"prices": [{"currency_code": "eur", "amount": 20}, {` + low + `"currency_code": "eur", "amount": 18, "min_quantity": 2, "max_quantity": 9}, {` +
				high + `"currency_code": "eur", "amount": 16, "min_quantity": 10}, {"currency_code": "eur", "amount": 19, "min_quantity": 10, "rules": {"region_id": "reg"}}]}`
		}
		s.want(t, 200, "admin", line, tiers("", ""))
		found := s.want(t, 200, "admin", "GET /admin/products/"+prod+"/variants/"+one+"?fields=id,*prices", "")
		var low, high string
		for _, p := range at(found, "variant", "prices").([]any) {
			switch at(p, "amount") {
			case 18.0:
				low = at(p, "id").(string)
			case 16.0:
				high = at(p, "id").(string)
			}
		}
		s.want(t, 200, "admin", line, tiers(`"id": "`+high+`", `, `"id": "`+low+`", `))
		got := s.want(t, 400, "admin", line, strings.Replace(tiers("", ""), `"min_quantity": 2`, `"min_quantity": 1`, 1)[:len(tiers("", ""))-2]+`, {"currency_code": "eur", "amount": 1, "min_quantity": 9, "max_quantity": 9.5}]}`)
		if message := fmt.Sprint(got["message"]); !strings.Contains(message, "1 to 9") || !strings.Contains(message, "9 to 9.5") {
			t.Errorf("overlapping tiers: %v", got)
		}
		contains(t, "an unknown currency", s.want(t, 400, "admin", line, `{"prices": [{"currency_code": "xxx", "amount": 1}]}`), `{"type": "invalid_data", "message": "price.currency_code: there is no currency \"xxx\""}`)
		contains(t, "an unknown currency", s.want(t, 400, "admin", "POST /admin/products", `{"title": "L", "variants": [{"title": "One", "prices": [{"currency_code": "xxx", "amount": 1}]}]}`), `{"type": "invalid_data"}`)
		s.clean(t)
	})
}

// A thousand prices in one body are a statement a table.
func TestAPIAThousandListPrices(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		prod, one, two := s.twoVariants(t)
		type price struct {
			Variant  string `json:"variant_id"`
			Currency string `json:"currency_code"`
			Amount   int    `json:"amount"`
			Min      int    `json:"min_quantity"`
			Max      int    `json:"max_quantity"`
		}
		all := make([]price, 1000)
		for i := range all {
			all[i] = price{one, "eur", 2000 - i, i/2 + 1, i/2 + 1}
			if i%2 == 1 {
				all[i].Variant = two
			}
		}
		list := map[string]any{"title": "Many", "description": "d", "status": "active", "prices": all}
		body, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		id := at(s.want(t, 200, "admin", "POST /admin/price-lists", string(body)), "price_list", "id").(string)
		if got := s.want(t, 200, "admin", "GET /admin/price-lists/"+id+"/prices?limit=1", "")["count"]; got != 1000.0 {
			t.Errorf("%v prices", got)
		}
		s.want(t, 200, "admin", "POST /admin/price-lists/"+id+"/products", `{"remove": ["`+prod+`"]}`)
		if got := s.want(t, 200, "admin", "GET /admin/price-lists/"+id+"/prices?limit=1", "")["count"]; got != 0.0 {
			t.Errorf("%v prices are left", got)
		}
	})
}

// How a store rounds is a column of its own, which Medusa does not have.
func TestAPIRoundingOfAStore(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		const one = "/admin/stores/store_default"
		look := func(want any) {
			t.Helper()
			if got := at(s.want(t, 200, "admin", "GET "+one+"?fields=%2Brounding", ""), "store", "rounding"); got != want {
				t.Errorf("rounding is %v, want %v", got, want)
			}
		}
		look("exact")
		s.want(t, 200, "admin", "POST "+one, `{"rounding": "currency"}`)
		look("currency")
		for _, wrong := range []string{`"up"`, `null`, `1`, `""`} {
			s.want(t, 400, "admin", "POST "+one, `{"rounding": `+wrong+`}`)
		}
		look("currency")
		if _, there := at(s.want(t, 200, "admin", "GET "+one, ""), "store").(map[string]any)["rounding"]; there {
			t.Error("the column is among the default fields")
		}
	})
}

// Preferences say whether prices include tax, whoever writes them.
func TestAPIPricePreferences(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		prod, one, two := s.twoVariants(t)
		s.want(t, 200, "admin", "POST /admin/products/"+prod+"/variants/"+two, `{"prices": [{"currency_code": "eur", "amount": 7, "rules": {"region_id": "reg"}}]}`)
		look := func(want string) {
			t.Helper()
			if got := s.pays(t, "store", prod, one) + ", " + s.pays(t, "store", prod, two); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		look("20 20 false, 7 7 false")
		made := s.want(t, 200, "admin", "POST /admin/price-preferences", `{"attribute": "region_id", "value": "reg", "is_tax_inclusive": true}`)["price_preference"]
		contains(t, "preference", made, `{"attribute": "region_id", "value": "reg", "is_tax_inclusive": true}`)
		look("20 20 false, 7 7 true")
		s.want(t, 200, "admin", "POST /admin/stores/store_default", `{"supported_currencies": [{"currency_code": "eur", "is_default": true, "is_tax_inclusive": true}]}`)
		look("20 20 true, 7 7 true")
		s.want(t, 200, "admin", "POST /admin/regions/reg", `{"is_tax_inclusive": false}`)
		look("20 20 true, 7 7 false")
		id := at(s.want(t, 200, "admin", "GET /admin/price-preferences?attribute=currency_code&value=eur", ""), "price_preferences", 0, "id").(string)
		s.want(t, 200, "admin", "POST /admin/price-preferences/"+id, `{"is_tax_inclusive": false}`)
		look("20 20 false, 7 7 false")
		for body, words := range map[string]string{
			`{"attribute": "region_id", "value": "reg"}`:                    "reg",
			`{"attribute": "currency_code", "value": "EUR"}`:                "eur",
			`{"attribute": "currency_code", "value": "xxx"}`:                "xxx",
			`{"attribute": "region_id", "value": "reg_no"}`:                 "reg_no",
			`{"attribute": "country", "value": "at"}`:                       "country",
			`{"attribute": "region_id"}`:                                    "value",
			`{"attribute": "region_id", "value": ""}`:                       "value",
			`{"attribute": "currency_code", "value": "usd", "is_gross": 1}`: "is_gross",
		} {
			got := s.want(t, 400, "admin", "POST /admin/price-preferences", body)
			if !strings.Contains(fmt.Sprint(got["message"]), words) {
				t.Errorf("%s: %v", body, got)
			}
		}
		s.want(t, 400, "admin", "POST /admin/price-preferences/"+id, `{"value": "xxx"}`)
		s.want(t, 400, "admin", "POST /admin/price-preferences/"+id, `{"attribute": "region_id", "value": "reg"}`)
		s.want(t, 404, "admin", "POST /admin/price-preferences/prpref_no", `{"is_tax_inclusive": false}`)
	})
}
