package e2e_test

import "testing"

// A location has an address, sales channels, fulfillment providers and sets, each
// of which is read and filtered by from both sides.
func TestAPIStockLocations(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.want(t, 200, "admin", "POST /admin/query", `{"entity": "fulfillment_provider", "fields": ["id"], "filters": {"id": "manual_manual"}, "require_keys": true}`)
		const one = "/admin/stock-locations/sloc"
		linked := one + "?fields=id,sales_channels.id,fulfillment_providers.id,fulfillment_sets.name,fulfillment_sets.type"
		s.want(t, 200, "admin", "POST "+one+"/sales-channels", `{"add": ["sc", "sc_other"]}`)
		s.want(t, 200, "admin", "POST "+one+"/fulfillment-providers", `{"add": ["manual_manual"]}`)
		s.want(t, 200, "admin", "POST "+one+"/sales-channels", `{"remove": ["sc_other"]}`)
		added := s.want(t, 200, "admin", "POST "+one+"/fulfillment-sets", `{"name": "From Lyon", "type": "shipping"}`)
		contains(t, "answer", added["stock_location"], `{"id": "sloc", "name": "Lyon", "address": null}`)
		contains(t, "links", s.want(t, 200, "admin", "GET "+linked, "")["stock_location"],
			`{"sales_channels": [{"id": "sc"}], "fulfillment_providers": [{"id": "manual_manual"}], "fulfillment_sets": [{"name": "From Lyon", "type": "shipping"}]}`)
		for _, path := range []string{
			"/admin/stock-locations?sales_channel_id=sc", "/admin/stock-locations?fulfillment_sets.type=shipping", "/admin/sales-channels?location_id=sloc",
			"/admin/fulfillment-providers?stock_location_id=sloc",
		} {
			if n := s.want(t, 200, "admin", "GET "+path, "")["count"]; n != 1.0 {
				t.Errorf("%s: %v records", path, n)
			}
		}
		changed := s.want(t, 200, "admin", "POST "+one, `{"address": {"address_1": "4 quai des Entrepôts", "country_code": "FR"}}`)
		contains(t, "address", at(changed, "stock_location", "address"), `{"address_1": "4 quai des Entrepôts", "country_code": "fr", "city": null}`)
		moved := s.want(t, 200, "admin", "POST "+one, `{"address": {"city": "Lyon"}}`)
		contains(t, "address", at(moved, "stock_location", "address"), `{"address_1": "4 quai des Entrepôts", "city": "Lyon"}`)

		for line, body := range map[string]string{
			"POST /admin/stock-locations":       `{"name": ""}`,
			"POST /admin/stock-locations/sloc":  `{"address": {"country_code": "France"}}`,
			"POST " + one + "/fulfillment-sets": `{"name": "From Lyon", "type": "shipping"}`,
		} {
			contains(t, line, s.want(t, 400, "admin", line, body), `{"type": "invalid_data"}`)
		}
		s.want(t, 404, "admin", "POST /admin/stock-locations/nowhere", `{"name": "x"}`)
		s.want(t, 404, "admin", "POST /admin/stock-locations/nowhere/fulfillment-sets", `{"name": "x", "type": "pickup"}`)

		contains(t, "reserved", s.want(t, 400, "admin", "DELETE "+one, ""), `{"type": "not_allowed"}`)
		s.want(t, 200, "admin", "DELETE /admin/reservations/resitem", "")
		contains(t, "deletion", s.want(t, 200, "admin", "DELETE "+one, ""), `{"id": "sloc", "object": "stock_location", "deleted": true}`)
		sets := s.want(t, 200, "admin", "POST /admin/query", `{"entity": "fulfillment_set", "fields": ["id"], "filters": {"name": "From Lyon"}}`)
		if n := len(sets["data"].([]any)); n != 0 {
			t.Errorf("%d fulfillment sets outlive their location", n)
		}
		if n := s.want(t, 200, "admin", "GET /admin/sales-channels?location_id=sloc", "")["count"]; n != 0.0 {
			t.Errorf("%v channels have a deleted location", n)
		}
	})
}
