package e2e_test

import "testing"

// Storefronts see the reasons for returns, with those below them, and no metadata.
func TestAPIStoreReturnReasons(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.want(t, 200, "admin", "POST /admin/return-reasons/reason", `{"metadata": {"cost": 3}}`)
		list := s.want(t, 200, "store", "GET /store/return-reasons?order=created_at&fields=%2Bmetadata", "")
		contains(t, "list", list, `{"count": 2, "limit": 20, "offset": 0}`)
		one, _ := s.want(t, 200, "store", "GET /store/return-reasons/reason", "")["return_reason"].(map[string]any)
		contains(t, "one", one, `{"value": "fit", "label": "Does not fit", "description": null, "parent_return_reason": null}`)
		contains(t, "below", at(one, "return_reason_children", 0), `{"value": "small", "label": "Too small", "parent_return_reason_id": "reason"}`)
		for what, v := range map[string]any{"list": at(list, "return_reasons", 0), "one": one} {
			if _, shown := v.(map[string]any)["metadata"]; shown {
				t.Errorf("%s shows metadata: %v", what, v)
			}
		}
		s.want(t, 200, "admin", "DELETE /admin/return-reasons/reason_small", "")
		s.want(t, 404, "store", "GET /store/return-reasons/reason_small", "")
		s.want(t, 400, "nobody", "GET /store/return-reasons", "")
	})
}
