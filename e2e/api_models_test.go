package e2e_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/server"
)

// The models of the shop are described as queries see them.
func TestAPIModels(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		all := s.want(t, 200, "admin", "GET /admin/models", "")
		models := map[any]any{}
		for _, m := range all["models"].([]any) {
			models[at(m, "entity")] = m
		}
		if n := int(all["count"].(float64)); n != len(models) || n < 100 {
			t.Errorf("%d models, the count is %d", len(models), n)
		}
		order := models["order"]
		contains(t, "order", order, `{"module": "order", "table": "order", "key": ["id"], "soft_deletes": true}`)
		contains(t, "display_id", entryOf(order, "fields", "display_id"), `{"kind": "integer", "null": false}`)
		contains(t, "customer", entryOf(order, "links", "customer"), `{"to": "customer", "many": false, "kind": "read-only", "held_by": "column customer_id"}`)
		contains(t, "cart", entryOf(order, "links", "cart"), `{"to": "cart", "many": false, "kind": "stored", "held_by": "table order_cart"}`)
		contains(t, "rows", entryOf(order, "links", "cart_link"), `{"to": "order_cart", "kind": "rows"}`)
		contains(t, "items", entryOf(order, "relations", "items"), `{"to": "order_line_item", "many": true, "kind": "relation"}`)
		if adds := at(entryOf(order, "relations", "items"), "adds"); !strings.Contains(fmt.Sprint(adds), "quantity") {
			t.Errorf("items add %v", adds)
		}
		if f := entryOf(models["provider_identity"], "fields", "provider_metadata"); f != nil {
			t.Errorf("a secret column is described: %v", f)
		}
	})
}

// entryOf returns the element of a list with the name.
func entryOf(v any, list, name string) any {
	for _, e := range at(v, list).([]any) {
		if at(e, "name") == name {
			return e
		}
	}
	return nil
}

func TestAPIModelCounts(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		const ask = "GET /admin/models/counts?entity=customer&entity=order_cart"
		before := s.want(t, 200, "admin", ask, "")
		contains(t, "counts", at(before, "models", 0), `{"entity": "customer", "count_is_estimate": false}`)
		contains(t, "counts", at(before, "models", 1), `{"entity": "order_cart", "count_is_estimate": false}`)
		s.want(t, 200, "admin", "POST /admin/customers", `{"email": "counted@shop.example"}`)
		after := s.want(t, 200, "admin", ask, "")
		if a, b := at(before, "models", 0, "count").(float64), at(after, "models", 0, "count").(float64); b != a+1 {
			t.Errorf("%v customers, then %v", a, b)
		}
		contains(t, "unknown", s.want(t, 400, "admin", "GET /admin/models/counts?entity=custmer", ""), `{"type": "invalid_data"}`)
		if n := s.want(t, 200, "admin", "GET /admin/models/counts", "")["count"].(float64); n < 100 {
			t.Errorf("%v models are counted without names", n)
		}
		if n := s.want(t, 200, "admin", "GET /admin/models/counts?"+strings.Repeat("entity=order&", 50), "")["count"].(float64); n != 1 {
			t.Errorf("a model that is named 50 times is counted %v times", n)
		}
	})
}

func TestAPIModelDiagram(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		drawn := s.want(t, 200, "admin", "GET /admin/models/diagram?around=order", "")
		modules := map[any]bool{}
		for _, a := range drawn["areas"].([]any) {
			modules[at(a, "module")] = true
		}
		for _, m := range []string{"order", "customer", "cart", "fulfillment", "payment", "product", "promotion", "region", "sales_channel"} {
			if !modules[m] {
				t.Errorf("%s is not drawn", m)
			}
		}
		whole := s.want(t, 200, "admin", "GET /admin/models/diagram", "")
		if n := len(whole["boxes"].([]any)); n < 90 {
			t.Errorf("%d boxes", n)
		}
		contains(t, "unknown", s.want(t, 400, "admin", "GET /admin/models/diagram?around=ordr", ""), `{"type": "invalid_data"}`)
	})
}

// Every file that the explorer loads is served, by name, with a policy that keeps
// it to its own server.
func TestAPIExplorer(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), server.Config{})
	page := s.call("nobody", "GET /explore", "")
	if page.status != http.StatusOK || page.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("%d %v", page.status, page.header)
	}
	for _, name := range []string{"app.js", "map.js", "ask.js", "record.js", "style.css"} {
		file := s.call("nobody", "GET /explore/"+name, "")
		policy := file.header.Get("Content-Security-Policy")
		if file.status != http.StatusOK || !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || file.header.Get("ETag") == "" {
			t.Errorf("%s: %d %v", name, file.status, file.header)
		}
	}
	for _, name := range []string{"nothing.js", "..%2fweb.go", "index.html%00"} {
		if got := s.call("nobody", "GET /explore/"+name, ""); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
}
