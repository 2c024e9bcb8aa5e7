package e2e_test

import (
	"fmt"
	"strings"
	"testing"
)

// A tax region of a country has a default rate and provinces, which have rates with rules.
func TestAPITaxes(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/tax-regions",
			`{"country_code": "US", "metadata": {"a": 1}, "additional_data": {}, "default_tax_rate": {"rate": 4.5, "code": "us", "name": "US", "metadata": {"b": 2}}}`)["tax_region"]
		contains(t, "country", made, fmt.Sprintf(`{"country_code": "us", "province_code": null, "parent_id": null, "provider_id": "tp_system", "created_by": %q, "metadata": {"a": 1}, "children": [], "parent": null}`, s.userID))
		contains(t, "default", at(made, "tax_rates", 0), fmt.Sprintf(`{"rate": 4.5, "code": "us", "name": "US", "is_default": true, "is_combinable": false, "created_by": %q, "metadata": {"b": 2}, "rules": []}`, s.userID))
		us := at(made, "id").(string)
		state := s.want(t, 200, "admin", "POST /admin/tax-regions",
			fmt.Sprintf(`{"country_code": "us", "province_code": "US-CA", "parent_id": %q, "provider_id": null, "default_tax_rate": {"code": "ca", "name": "California", "is_combinable": true}}`, us))["tax_region"]
		contains(t, "province", state, fmt.Sprintf(`{"province_code": "us-ca", "parent_id": %q, "provider_id": null}`, us))
		contains(t, "parent", at(state, "parent"), fmt.Sprintf(`{"id": %q, "country_code": "us"}`, us))
		contains(t, "default", at(state, "tax_rates", 0), `{"rate": null, "is_combinable": true}`)
		ca := at(state, "id").(string)
		below := s.want(t, 200, "admin", "GET /admin/tax-regions/"+us, "")
		contains(t, "child", at(below, "tax_region", "children", 0, "tax_rates", 0), `{"code": "ca", "rules": []}`)
		for query, n := range map[string]float64{
			"country_code=us": 2, "country_code=de": 1, "province_code=us-ca": 1, "province_code=null": 2, "parent_id=" + us: 1, "parent_id=null": 2, "q=us-ca": 1, "id=" + us: 1,
			"id[]=" + us + "&id[]=" + ca: 2, "created_by=" + s.userID: 2, "tax_rates.code=ca": 1, "created_at[$gt]=2020-01-01": 3, "deleted_at[$ne]=null": 0,
		} {
			if got := s.want(t, 200, "admin", "GET /admin/tax-regions?"+query, "")["count"]; got != n {
				t.Errorf("%s finds %v tax regions, want %v", query, got, n)
			}
		}
		s.taxRates(t, us, ca)
		s.wrongTaxes(t, us, ca)

		contains(t, "deletion", s.want(t, 200, "admin", "DELETE /admin/tax-regions/"+us, ""), fmt.Sprintf(`{"id": %q, "object": "tax_region", "deleted": true}`, us))
		s.want(t, 404, "admin", "GET /admin/tax-regions/"+ca, "")
		for path, left := range map[string]float64{"tax-regions": 1, "tax-rates": 2} {
			if n := s.want(t, 200, "admin", "GET /admin/"+path, "")["count"]; n != left {
				t.Errorf("%v %s after the deletion of their country, want %v", n, path, left)
			}
		}
		s.want(t, 200, "admin", "POST /admin/tax-regions", `{"country_code": "us"}`)
		for query, n := range map[string]float64{"": 1, "id=tp_system": 1, "id=none": 0, "is_enabled=true": 1, "is_enabled=false": 0} {
			list := s.want(t, 200, "admin", "GET /admin/tax-providers?"+query, "")
			if list["count"] != n {
				t.Errorf("%s finds %v tax providers, want %v", query, list["count"], n)
			}
			if n == 1 {
				contains(t, "provider", at(list, "tax_providers", 0), `{"id": "tp_system", "is_enabled": true}`)
			}
		}
		for _, p := range s.want(t, 200, "admin", "POST /admin/query", `{"entity": "tax_provider", "fields": ["id", "regions.country_code"]}`)["data"].([]any) {
			contains(t, "region", at(p, "regions", 0), `{"country_code": "de"}`)
		}
	})
}

// taxRates writes rates of a country and of a province.
func (s *served) taxRates(t *testing.T, us, ca string) {
	t.Helper()
	made := s.want(t, 200, "admin", "POST /admin/tax-rates", fmt.Sprintf(`{"tax_region_id": %q, "rate": "9.975", "code": "food", "name": "Food", "is_combinable": true,
		"rules": [{"reference": "product_type", "reference_id": "type"}, {"reference": "product", "reference_id": "prod"}]}`, ca))["tax_rate"]
	contains(t, "rate", made, fmt.Sprintf(`{"rate": 9.975, "code": "food", "is_default": false, "is_combinable": true, "created_by": %q, "tax_region_id": %q}`, s.userID, ca))
	contains(t, "region", at(made, "tax_region"), `{"province_code": "us-ca"}`)
	if n := len(at(made, "rules").([]any)); n != 2 {
		t.Errorf("the rate has %d rules", n)
	}
	one := "/admin/tax-rates/" + at(made, "id").(string)
	changed := s.want(t, 200, "admin", "POST "+one, `{"rate": 0, "rules": [{"reference": "shipping_option", "reference_id": "so"}]}`)["tax_rate"]
	contains(t, "rate", changed, `{"rate": 0, "code": "food"}`)
	contains(t, "rule", at(changed, "rules", 0), fmt.Sprintf(`{"reference": "shipping_option", "reference_id": "so", "created_by": %q}`, s.userID))
	if n := len(at(s.want(t, 200, "admin", "POST "+one, `{"name": "Groceries"}`), "tax_rate", "rules").([]any)); n != 1 {
		t.Errorf("a new name leaves %d rules", n)
	}
	added := s.want(t, 200, "admin", "POST "+one+"/rules", `{"reference": "product", "reference_id": "prod"}`)["tax_rate"]
	if n := len(at(added, "rules").([]any)); n != 2 {
		t.Errorf("with another, the rate has %d rules", n)
	}
	rule := at(changed, "rules", 0, "id").(string)
	gone := s.want(t, 200, "admin", "DELETE "+one+"/rules/"+rule, "")
	contains(t, "deletion", gone, fmt.Sprintf(`{"id": %q, "object": "tax_rate_rule", "deleted": true}`, rule))
	contains(t, "the rule that is left", at(gone, "parent", "rules", 0), `{"reference_id": "prod"}`)
	s.want(t, 404, "admin", "DELETE "+one+"/rules/"+rule, "")
	for query, n := range map[string]float64{
		"tax_region_id=" + ca: 2, "is_default=true": 3, "is_default=false": 2, "q=groc": 1, "rules.reference_id=prod": 2, "tax_region.country_code=us": 3, "rate[$gte]=4.5": 3,
	} {
		if got := s.want(t, 200, "admin", "GET /admin/tax-rates?"+query, "")["count"]; got != n {
			t.Errorf("%s finds %v tax rates, want %v", query, got, n)
		}
	}
	contains(t, "a rate that becomes the default", s.want(t, 200, "admin", "POST /admin/tax-rates", fmt.Sprintf(`{"tax_region_id": %q, "code": "x", "name": "X"}`, us))["tax_rate"], `{"rate": null, "is_default": false}`)
}

// wrongTaxes sends what no tax can be: it is refused with the name of the record, and
// nothing of it is written.
func (s *served) wrongTaxes(t *testing.T, us, ca string) {
	t.Helper()
	counts := func() string {
		return fmt.Sprint(s.want(t, 200, "admin", "GET /admin/tax-regions?with_deleted=true", "")["count"], s.want(t, 200, "admin", "GET /admin/tax-rates?with_deleted=true", "")["count"])
	}
	before := counts()
	food := at(s.want(t, 200, "admin", "GET /admin/tax-rates?code=food", ""), "tax_rates", 0, "id").(string)
	standard := at(s.want(t, 200, "admin", "GET /admin/tax-rates?code=us", ""), "tax_rates", 0, "id").(string)
	for _, c := range []struct {
		line, body string
		status     int
		says       []string
	}{
		{"POST /admin/tax-regions", `{}`, 400, []string{"country_code"}},
		{"POST /admin/tax-regions", `{"country_code": "Germany"}`, 400, []string{"tax_region.country_code", "Germany"}},
		{"POST /admin/tax-regions", `{"country_code": "zz", "default_tax_rate": {"code": "zz", "name": "ZZ"}}`, 400, []string{"tax_region.country_code", `\"zz\"`}},
		{"POST /admin/tax-regions", `{"country_code": "us"}`, 400, []string{"tax_region", `\"us\"`}},
		{"POST /admin/tax-regions", `{"country_code": "us", "province_code": "us-ny"}`, 400, []string{"tax_region.parent_id", "us-ny"}},
		{"POST /admin/tax-regions", `{"country_code": "us", "parent_id": "` + us + `"}`, 400, []string{"tax_region.province_code"}},
		{"POST /admin/tax-regions", `{"country_code": "fr", "province_code": "fr-idf", "parent_id": "` + us + `"}`, 400, []string{us, "fr-idf"}},
		{"POST /admin/tax-regions", `{"country_code": "us", "province_code": "us-ny", "parent_id": "` + us + `", "provider_id": "tp_system"}`, 400, []string{"tax_region.provider_id"}},
		{"POST /admin/tax-regions", `{"country_code": "fr", "provider_id": "tp_none"}`, 404, []string{"provider_id", "tp_none"}},
		{"POST /admin/tax-regions", `{"country_code": "fr", "default_tax_rate": {"rate": 100.5, "code": "fr-std", "name": "FR"}}`, 400, []string{"tax_rate.rate", "fr-std", "100.5"}},
		{"POST /admin/tax-regions", `{"country_code": "fr", "default_tax_rate": {"rate": 5, "code": "fr-std"}}`, 400, []string{"name"}},
		{"POST /admin/tax-regions/" + ca, `{"provider_id": "tp_system"}`, 400, []string{"tax_region.provider_id", "us-ca"}},
		{"POST /admin/tax-regions/" + us, `{"provider_id": null}`, 400, []string{"provider_id"}},
		{"POST /admin/tax-regions/" + us, `{"country_code": "de"}`, 400, []string{"country_code"}},
		{"POST /admin/tax-rates", `{"tax_region_id": "` + us + `", "code": "two", "name": "Two", "is_default": true}`, 400, []string{us, `\"us\"`, "is_default"}},
		{"POST /admin/tax-rates", `{"tax_region_id": "txreg_none", "code": "a", "name": "A"}`, 404, []string{"tax_region_id", "txreg_none"}},
		{"POST /admin/tax-rates", `{"tax_region_id": "` + us + `", "rate": -1, "code": "minus", "name": "A"}`, 400, []string{"tax_rate.rate", "minus"}},
		{"POST /admin/tax-rates", `{"tax_region_id": "` + us + `", "rate": null, "code": "a", "name": "A"}`, 400, []string{"rate"}},
		{"POST /admin/tax-rates", `{"tax_region_id": "` + us + `", "code": "a", "name": "A", "rules": [{"reference": "customer", "reference_id": "cus"}]}`, 400, []string{"tax_rate_rule.reference", "customer"}},
		{"POST /admin/tax-rates/" + food, `{"rate": 101, "rules": []}`, 400, []string{"tax_rate.rate", "food"}},
		{"POST /admin/tax-rates/" + food, `{"is_default": true, "rules": []}`, 400, []string{ca, `\"ca\"`, "is_default"}},
		{"POST /admin/tax-rates/" + standard + "/rules", `{"reference": "product", "reference_id": "prod"}`, 400, []string{standard, "default"}},
		{"POST /admin/tax-rates/" + food + "/rules", `{"reference": "product", "reference_id": "prod"}`, 400, []string{"tax_rate_rule", "prod"}},
		{"POST /admin/tax-rates/txr_none/rules", `{"reference": "product", "reference_id": "prod"}`, 404, []string{"txr_none"}},
		{"POST /admin/tax-rates/txr_none", `{"rules": []}`, 404, []string{"txr_none"}},
		{"DELETE /admin/tax-rates/" + standard + "/rules/none", ``, 404, []string{standard, "none"}},
	} {
		got := s.call("admin", c.line, c.body)
		if got.status != c.status {
			t.Errorf("%s %s: %d %s, want %d", c.line, c.body, got.status, got.body, c.status)
		}
		for _, word := range c.says {
			if !strings.Contains(got.body, word) {
				t.Errorf("%s %s: %s does not say %s", c.line, c.body, got.body, word)
			}
		}
	}
	if after := counts(); after != before {
		t.Errorf("there are %s regions and rates after what was refused, %s before", after, before)
	}
	if rules := at(s.want(t, 200, "admin", "GET /admin/tax-rates/"+food, ""), "tax_rate", "rules").([]any); len(rules) != 1 {
		t.Errorf("a refused change left %d rules, want 1", len(rules))
	}
}
