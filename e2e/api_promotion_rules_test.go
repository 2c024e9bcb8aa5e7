package e2e_test

import "testing"

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
