package e2e_test

import (
	"slices"
	"testing"
)

// What clients rely on of the rules of promotions.
func TestAPIPromotionRules(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/promotions", `{"code": "TEN", "type": "standard", "application_method": {"type": "percentage", "value": "10", "target_type": "order"}}`)
		path := "/admin/promotions/" + at(made, "promotion", "id").(string)
		const rule = `{"create": [{"attribute": "currency_code", "operator": "eq", "values": ["eur"]}]}`
		contains(t, "buy rules of a standard promotion", s.want(t, 400, "admin", "POST "+path+"/buy-rules/batch", rule), `{"type": "invalid_data"}`)
		contains(t, "an unknown rule", s.want(t, 400, "admin", "POST "+path+"/rules/batch", `{"update": [{"id": "prorul_none", "values": ["x"]}]}`), `{"type": "invalid_data"}`)
		created := s.want(t, 200, "admin", "POST "+path+"/rules/batch", rule)
		gone := s.want(t, 200, "admin", "POST "+path+"/rules/batch", `{"delete": ["`+at(created, "created", 0, "id").(string)+`"]}`)
		contains(t, "deleted", gone["deleted"], `{"object": "promotion-rule", "deleted": true}`)
		for _, id := range []string{"promo_none", "TEN"} { // a code is no id
			contains(t, id, s.want(t, 404, "admin", "POST /admin/promotions/"+id+"/rules/batch", rule), `{"type": "not_found"}`)
			contains(t, id, s.want(t, 404, "admin", "POST /admin/promotions/"+id, `{"status": "active"}`), `{"type": "not_found"}`)
		}
		s.want(t, 200, "admin", "GET /admin/promotions/TEN", "")
		contains(t, "without buy rules", s.want(t, 400, "admin", "POST /admin/promotions", `{"code": "BG", "type": "buyget", "application_method": {"type": "percentage", "value": "100",
			"target_type": "items", "allocation": "each", "max_quantity": 1, "apply_to_quantity": 1, "buy_rules_min_quantity": 1,
			"target_rules": [{"attribute": "sku", "operator": "eq", "values": ["x"]}]}}`), `{"type": "invalid_data"}`)
	})
}

// A promotion's own columns are shown as rules that it must have, also before it is
// created.
func TestAPIPromotionDisguisedRules(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for line, want := range map[string]string{
			"null/rules?promotion_type=standard&application_method_type=fixed":      `{"rules": [{"id": "currency_code", "attribute": "currency_code", "operator": "eq", "required": true, "disguised": true, "values": []}]}`,
			"null/rules?promotion_type=standard&application_method_type=percentage": `{"rules": []}`,
			"null/buy-rules?promotion_type=buyget":                                  `{"rules": [{"id": "buy_rules_min_quantity", "field_type": "number"}]}`,
			"null/target-rules?promotion_type=buyget":                               `{"rules": [{"id": "apply_to_quantity", "field_type": "number"}]}`,
		} {
			got := s.want(t, 200, "admin", "GET /admin/promotions/"+line, "")
			has(t, line, got, want)
		}
		made := s.want(t, 200, "admin", "POST /admin/promotions", `{"code": "FIVE", "type": "standard", "application_method": {"type": "fixed", "value": 5, "currency_code": "eur", "target_type": "order"},
			"rules": [{"attribute": "region.id", "operator": "in", "values": ["reg"]}]}`)
		rules := s.want(t, 200, "admin", "GET /admin/promotions/"+at(made, "promotion", "id").(string)+"/rules", "")
		has(t, "rules", rules, `{"rules": [{"attribute": "region.id", "disguised": false}, {"attribute": "currency_code", "disguised": true, "values": [{"value": "eur"}]}]}`)
	})
}

// What rules can be made of, as the form of a promotion asks for it.
func TestAPIPromotionRuleOptions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		ids := func(line string) (out []any) {
			t.Helper()
			for _, a := range s.want(t, 200, "admin", "GET /admin/promotions/rule-attribute-options/"+line, "")["attributes"].([]any) {
				out = append(out, at(a, "id"))
				if at(a, "value") == "" || at(a, "label") == "" || at(a, "operators", 0, "value") == nil {
					t.Errorf("%s: %v", line, a)
				}
			}
			return out
		}
		cart, items := []any{"customer_group", "region", "country", "sales_channel", "currency_code"}, []any{"product", "product_category", "product_collection", "product_type", "product_tag"}
		for line, want := range map[string][]any{
			"rules": cart, "target-rules": items, "buy-rules": items, "rules?promotion_type=buyget": cart,
			"buy-rules?promotion_type=buyget":                                                      append(slices.Clone(items), "buy_rules_min_quantity"),
			"target-rules?promotion_type=buyget":                                                   append(slices.Clone(items), "apply_to_quantity"),
			"target-rules?promotion_type=standard&application_method_target_type=shipping_methods": {"shipping_option_type"},
		} {
			if got := ids(line); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", line, got, want)
			}
		}
		fixed := s.want(t, 200, "admin", "GET /admin/promotions/rule-attribute-options/rules?application_method_type=fixed", "")
		contains(t, "the currency of a fixed amount", at(fixed, "attributes", 4), `{"value": "currency_code", "required": true}`)

		for line, want := range map[string]string{
			"rules/region": `{"value": "reg"}`, "rules/country?value=at": `{"value": "at", "label": "Austria"}`, "rules/currency_code?q=euro": `{"value": "eur", "label": "Euro"}`,
			"rules/customer_group?value[]=group": `{"value": "group"}`, "target-rules/product?value=prod": `{"value": "prod"}`,
			"buy-rules/product_tag?value=tag&order=-label": `{"value": "tag"}`,
		} {
			got := s.want(t, 200, "admin", "GET /admin/promotions/rule-value-options/"+line, "")
			contains(t, line, at(got, "values", 0), want)
			if got["count"].(float64) < 1 || got["limit"] != 100.0 || got["offset"] != 0.0 {
				t.Errorf("%s: %v", line, got)
			}
		}
		none := s.want(t, 200, "admin", "GET /admin/promotions/rule-value-options/rules/region?value=nowhere&limit=5&offset=1", "")
		contains(t, "no such region", none, `{"values": [], "count": 0, "limit": 5, "offset": 1}`)
		for _, line := range []string{
			"rule-attribute-options/rule", "rule-value-options/rule/region", "rule-value-options/rules/product", "rule-value-options/rules/regions",
			"rule-value-options/buy-rules/buy_rules_min_quantity", "rule-value-options/rules/region?limit=x", "rule-value-options/rules/region?order=nothing",
		} {
			contains(t, line, s.want(t, 400, "admin", "GET /admin/promotions/"+line, ""), `{"type": "invalid_data"}`)
		}
	})
}

// The rules of a promotion come with the labels of what they compare.
func TestAPIPromotionRulesHaveLabels(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/promotions", `{"code": "TEN", "type": "standard", "application_method": {"type": "percentage", "value": "10", "target_type": "order"},
			"rules": [{"attribute": "shipping_address.country_code", "operator": "in", "values": ["at", "xx"]}, {"attribute": "weather", "operator": "gte", "values": ["3"]}]}`)
		rules := s.want(t, 200, "admin", "GET /admin/promotions/"+at(made, "promotion", "id").(string)+"/rules", "")["rules"].([]any)
		if len(rules) != 2 {
			t.Fatal(rules)
		}
		if at(rules, 0, "attribute") == "weather" {
			slices.Reverse(rules)
		}
		contains(t, "a known attribute", rules[0], `{"attribute_label": "Country", "operator": "in", "operator_label": "In", "field_type": "multiselect", "required": false}`)
		labels := map[any]any{}
		for _, v := range at(rules, 0, "values").([]any) {
			labels[at(v, "value")] = at(v, "label")
		}
		if labels["at"] != "Austria" || labels["xx"] != "xx" {
			t.Errorf("labels: %v", labels)
		}
		contains(t, "another attribute", rules[1], `{"attribute": "weather", "attribute_label": "weather", "operator_label": "gte"}`)
		contains(t, "its value", at(rules, 1, "values", 0), `{"value": "3", "label": "3"}`)
	})
}
