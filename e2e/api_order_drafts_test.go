package e2e_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/order"
)

// An order gets another email and another address, which its history tells; its country
// stays, and nothing is set when something is wrong.
func TestAPIOrderUpdate(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepLife(t)
		const one = "POST /admin/orders/order_life?fields=%2Bemail"
		first := s.want(t, 200, "admin", one, `{"email": "bo@example.com", "metadata": {"gift": true}, "shipping_address": {"first_name": "Bo", "city": "Lyon", "country_code": "FR"}}`)["order"]
		has(t, "first", first, `{"version": 1, "email": "bo@example.com", "metadata": {"gift": true}, "total": 231, "shipping_address": {"first_name": "Bo", "city": "Lyon", "country_code": "fr"}, "billing_address": null}`)
		second := s.want(t, 200, "admin", one, `{"shipping_address": {"city": "Nantes"}, "billing_address": {"city": "Rome"}}`)["order"]
		has(t, "second", second, `{"version": 1, "shipping_address": {"first_name": "Bo", "city": "Nantes", "country_code": "fr"}, "billing_address": {"city": "Rome"}}`)
		if at(first, "shipping_address", "id") == at(second, "shipping_address", "id") {
			t.Error("the address before is overwritten")
		}
		for _, body := range []string{
			`{"email": "no address", "metadata": {"a": 1}}`, `{"email": null}`, `{"metadata": {"a": 1}, "shipping_address": {"country_code": "de"}}`, `{"status": "completed"}`, `{"shipping_address": "Lyon"}`,
			`{"metadata": {"b": 1e400}}`,
		} {
			contains(t, body, s.want(t, 400, "admin", one, body), `{"type": "invalid_data"}`)
		}
		contains(t, "country", s.want(t, 400, "admin", one, `{"shipping_address": {"country_code": "de"}}`), `{"type": "invalid_data"}`)
		has(t, "unchanged", s.want(t, 200, "admin", "GET /admin/orders/order_life", "")["order"], `{"metadata": {"gift": true}, "shipping_address": {"country_code": "fr"}}`)
		changes := s.want(t, 200, "admin", "GET /admin/orders/order_life/changes?change_type=update_order&order=id", "")["order_changes"].([]any)
		if len(changes) != 5 {
			t.Errorf("%d changes are told, want email, metadata, an address; two addresses", len(changes))
		}
		for _, c := range changes {
			has(t, "change", c, `{"status": "confirmed", "version": 1, "actions": [{"action": "UPDATE_ORDER_PROPERTIES"}]}`)
		}
		s.want(t, 404, "admin", "POST /admin/orders/order_none", `{"email": "bo@example.com"}`)
		s.want(t, 401, "", one, `{"email": "bo@example.com"}`)
		if err := s.app.Order.Cancel(t.Context(), "order_life", "", order.Credit{}); err != nil {
			t.Fatal(err)
		}
		contains(t, "canceled", s.want(t, 400, "admin", one, `{"email": "cy@example.com"}`), `{"type": "invalid_data"}`)
	})
}

// Returns, claims, exchanges and edits are begun and discarded; one at a time.
func TestAPIOrderDrafts(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepLife(t)
		const of = `"order_id": "order_life", "internal_note": "by phone"`
		contains(t, "unknown order", s.want(t, 404, "admin", "POST /admin/returns", `{"order_id": "order_none", "location_id": "sloc"}`), `{"type": "not_found"}`)
		contains(t, "unknown location", s.want(t, 404, "admin", "POST /admin/returns", `{`+of+`, "location_id": "sloc_none"}`), `{"type": "not_found"}`)
		has(t, "none begun", s.want(t, 200, "admin", "GET /admin/returns?order_id=order_life", ""), `{"returns": [], "count": 0}`)
		for _, d := range []struct{ begin, body, key, want, discard, object string }{
			{"/admin/returns", `{` + of + `, "location_id": "sloc"}`, "return", `{"status": "open", "location_id": "sloc", "order_version": 1}`, "/request", "return"},
			{"/admin/claims", `{` + of + `, "type": "replace"}`, "claim", `{"type": "replace", "order_version": 1}`, "/request", "claim"},
			{"/admin/exchanges", `{` + of + `}`, "exchange", `{"order_version": 1}`, "/request", "exchange"},
			{"/admin/order-edits", `{` + of + `}`, "order_change", `{"status": "pending", "change_type": "edit", "internal_note": "by phone", "actions": []}`, "", "order-edit"},
		} {
			made := s.want(t, 200, "admin", "POST "+d.begin, d.body)
			has(t, d.begin, made[d.key], d.want)
			if d.key != "order_change" {
				has(t, d.begin, made["order"], `{"id": "order_life", "version": 1, "total": 231, "order_change": {"status": "pending", "internal_note": "by phone"}}`)
			}
			contains(t, "a second change", s.want(t, 400, "admin", "POST /admin/order-edits", `{`+of+`}`), `{"type": "invalid_data"}`)
			id := at(made, d.key, "id").(string)
			if d.key == "order_change" {
				id = "order_life" // edits are named by their order
			}
			has(t, "discarded", s.want(t, 200, "admin", "DELETE "+d.begin+"/"+id+d.discard, ""), `{"id": "`+id+`", "object": "`+d.object+`", "deleted": true}`)
			if status := s.call("admin", "DELETE "+d.begin+"/"+id+d.discard, "").status; status != 400 && status != 404 {
				t.Errorf("%s is discarded twice: %d", d.begin, status)
			}
			has(t, "preview", s.want(t, 200, "admin", "GET /admin/orders/order_life/preview", "")["order"], `{"order_change": null}`)
			s.want(t, 404, "admin", "POST "+d.begin, strings.Replace(d.body, "order_life", "order_none", 1))
			s.want(t, 400, "admin", "POST "+d.begin, `{}`)
			s.want(t, 401, "", "POST "+d.begin, d.body)
		}
		contains(t, "type", s.want(t, 400, "admin", "POST /admin/claims", `{`+of+`, "type": "gift"}`), `{"type": "invalid_data"}`)
	})
}
