package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/query"
)

// withMetadata are the routes that change metadata, each with a record: its
// entity and the parameters of the path.
var withMetadata = map[string]struct {
	entity string
	ids    []string
}{
	"/admin/customers/{id}": {"customer", []string{"cus"}}, "/admin/customers/{id}/addresses/{address_id}": {"customer_address", []string{"cus", "addr_ada"}},
	"/admin/customer-groups/{id}": {"customer_group", []string{"group"}}, "/admin/products/{id}": {"product", []string{"prod"}},
	"/admin/products/{id}/variants/{variant_id}": {"variant", []string{"prod", "variant"}}, "/admin/product-options/{id}": {"product_option", []string{"opt"}},
	"/admin/product-options/{id}/values/{value_id}": {"product_option_value", []string{"opt", "optval"}},
	"/admin/product-categories/{id}":                {"product_category", []string{"cat"}}, "/admin/collections/{id}": {"product_collection", []string{"coll"}},
	"/admin/product-types/{id}": {"product_type", []string{"type"}}, "/admin/product-tags/{id}": {"product_tag", []string{"tag"}},
	"/admin/promotions/{id}": {"promotion", []string{"promo1"}}, "/admin/price-lists/{id}": {"price_list", []string{"plist_never"}}, "/admin/regions/{id}": {"region", []string{"reg"}}, "/admin/sales-channels/{id}": {"sales_channel", []string{"sc"}},
	"/admin/stock-locations/{id}": {"stock_location", []string{"sloc"}}, "/admin/shipping-profiles/{id}": {"shipping_profile", []string{"sp"}},
	"/admin/tax-regions/{id}": {"tax_region", []string{"txreg"}}, "/admin/tax-rates/{id}": {"tax_rate", []string{"txr"}},
	"/admin/inventory-items/{id}": {"inventory_item", []string{"iitem"}}, "/admin/reservations/{id}": {"reservation", []string{"resitem"}},
	"/admin/shipping-options/{id}": {"shipping_option", []string{"so"}}, "/admin/orders/{id}": {"order", []string{"order_life"}},
	"/admin/return-reasons/{id}": {"return_reason", []string{"rr"}},
	"/admin/stores/{id}":         {"store", []string{"store_default"}},
	"/admin/users/{id}":          {"user", []string{"boss"}}, "/store/customers/me": {"customer", []string{}},
	"/store/customers/me/addresses/{address_id}": {"customer_address", []string{"addr_ada"}},
}

// Metadata is merged by every route that changes it: keys that are not named
// stay, an empty text removes its key, null clears all, and of writes at the same
// time none is lost.
func TestAPIMetadataMerges(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepLife(t)
		keep(t, s.app, user.Users, &user.User{Base: withID("boss"), Email: "boss2@example.com"})
		s.want(t, 200, "admin", "POST /admin/return-reasons", `{"value": "broken", "label": "Broken"}`)
		tried := map[string]bool{}
		for _, r := range s.routes() {
			if r.Method != http.MethodPost || !strings.HasSuffix(r.Path, "}") && r.Path != "/store/customers/me" || !hasMetadata(r.Body) {
				continue
			}
			record, ok := withMetadata[r.Path]
			if !ok {
				t.Errorf("%s changes metadata: add a record of it", r.Path)
				continue
			}
			tried[r.Path] = true
			t.Run(strings.Trim(r.Path, "/"), func(t *testing.T) { s.metadataOf(t, r.Path, record.entity, record.ids) })
		}
		for path := range withMetadata {
			if !tried[path] {
				t.Errorf("%s does not change metadata, or is not served", path)
			}
		}
	})
}

func hasMetadata(o body.Object) bool {
	for _, m := range o {
		if m.Name == "metadata" {
			return true
		}
	}
	return false
}

// metadataOf changes the metadata of one record.
func (s *served) metadataOf(t *testing.T, path, entity string, ids []string) {
	who, id := "admin", "cus"
	if strings.HasPrefix(path, "/store") {
		who = "ada"
	}
	for _, id = range ids {
		path = strings.Replace(path, path[strings.Index(path, "{"):strings.Index(path, "}")+1], id, 1)
	}
	if entity == "return_reason" {
		list := s.want(t, 200, "admin", "GET "+strings.TrimSuffix(path, "/"+id)+"?order=-created_at", "")
		made := at(list, entity+"s", 0, "id").(string)
		path, id = strings.Replace(path, id, made, 1), made
	}
	stored := func() string {
		res, err := s.app.Query.Graph(t.Context(), query.Request{Entity: entity, Fields: []string{"metadata"}, Filters: query.Filters{"id": id}})
		if err != nil {
			t.Fatal(err)
		}
		var found []struct{ Metadata any }
		if err := json.Unmarshal(res.Data, &found); err != nil || len(found) != 1 {
			t.Fatalf("%s: %v", res.Data, err)
		}
		b, _ := json.Marshal(found[0].Metadata)
		return string(b)
	}
	for _, step := range []struct{ sent, want string }{
		{`null`, `null`},
		{`{"a": "1", "b": {"x": 1, "y": [2]}}`, `{"a":"1","b":{"x":1,"y":[2]}}`},
		{`{"c": 12345678901234567890}`, `{"a":"1","b":{"x":1,"y":[2]},"c":12345678901234567000}`},
		{`{"b": {"z": null}, "d": null, "e": false}`, `{"a":"1","b":{"z":null},"c":12345678901234567000,"d":null,"e":false}`},
		{`{"a": "", "c": "", "e": "", "nothing": ""}`, `{"b":{"z":null},"d":null}`},
		{`{}`, `{"b":{"z":null},"d":null}`},
		{`null`, `null`},
		{`{"a\"b.c'$": 1}`, `{"a\"b.c'$":1}`},
	} {
		s.want(t, 200, who, "POST "+path, `{"metadata": `+step.sent+`}`)
		if got := stored(); got != step.want {
			t.Errorf("%s after %s: %s, want %s", path, step.sent, got, step.want)
		}
	}
	s.want(t, 200, who, "POST "+path, `{"metadata": null}`)
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() { s.call(who, "POST "+path, fmt.Sprintf(`{"metadata": {"k%d": %d}}`, i, i)) })
	}
	all.Wait()
	if got := stored(); got != `{"k0":0,"k1":1,"k2":2,"k3":3,"k4":4,"k5":5}` {
		t.Errorf("%s: of six writes at once remains %s", path, got)
	}
}
