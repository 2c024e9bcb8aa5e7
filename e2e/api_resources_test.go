package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/server"
)

// resources are those that are written through the API, with the life of one
// record: what creates it, what changes it, and what is then answered.
var resources = []struct {
	path, one, many string
	create          string // body
	shows           string // a part of the answer, as JSON
	update          string
	then            string
	object          string // of the deletion; "" is one
}{
	{"/admin/customers", "customer", "customers", `{"email": "new@example.com", "first_name": "New"}`, `{"email": "new@example.com", "first_name": "New", "has_account": false}`,
		`{"first_name": "Newer", "phone": null}`, `{"first_name": "Newer", "email": "new@example.com", "phone": null}`, ""},
	{"/admin/customers/cus/addresses", "customer", "addresses", `{"city": "Graz"}`, `{"id": "cus"}`, "", "", "customer_address"},
	{"/admin/customer-groups", "customer_group", "customer_groups", `{"name": "VIP", "metadata": {"a": [1, null]}}`, `{"name": "VIP", "metadata": {"a": [1, null]}}`,
		`{"name": "VVIP"}`, `{"name": "VVIP"}`, ""},
	{"/admin/products", "product", "products", `{"title": "Tent", "options": [{"title": "Size", "values": ["S", "L"]}]}`, `{"title": "Tent", "handle": "tent", "status": "draft", "tags": []}`,
		`{"status": "published", "tags": [{"id": "tag"}]}`, `{"status": "published", "title": "Tent"}`, ""},
	{"/admin/products/prod/variants", "product", "variants", `{"title": "Green", "options": {"Color": "Blue"}, "prices": [{"currency_code": "eur", "amount": 5}]}`, `{"id": "prod"}`, "", "", "variant"},
	{"/admin/product-options", "product_option", "product_options", `{"title": "Size", "values": ["S", "L"]}`, `{"title": "Size"}`,
		`{"values": ["M"]}`, `{"title": "Size"}`, ""},
	{"/admin/product-categories", "product_category", "product_categories", `{"name": "Big Plates"}`, `{"name": "Big Plates", "handle": "big-plates", "is_active": false}`,
		`{"is_active": "true"}`, `{"is_active": true}`, ""},
	{"/admin/collections", "collection", "collections", `{"title": "Summer"}`, `{"title": "Summer", "handle": "summer"}`, `{"title": "Sommer"}`, `{"title": "Sommer"}`, ""},
	{"/admin/product-types", "product_type", "product_types", `{"value": "Bowl"}`, `{"value": "Bowl"}`, `{"value": "Dish"}`, `{"value": "Dish"}`, ""},
	{"/admin/product-tags", "product_tag", "product_tags", `{"value": "old"}`, `{"value": "old"}`, `{"value": "older"}`, `{"value": "older"}`, ""},
	{"/admin/promotions", "promotion", "promotions",
		`{"code": "TEN", "type": "standard", "application_method": {"type": "percentage", "value": "10", "target_type": "order"}}`, `{"code": "TEN", "status": "draft"}`,
		`{"status": "active"}`, `{"status": "active", "code": "TEN"}`, ""},
	{"/admin/campaigns", "campaign", "campaigns", `{"name": "Sale", "campaign_identifier": "s1"}`, `{"name": "Sale"}`, `{"name": "Sales"}`, `{"name": "Sales"}`, ""},
	{"/admin/price-lists", "price_list", "price_lists", `{"title": "Sale", "description": "Winter", "rules": {"customer.groups.id": ["group"]}}`,
		`{"title": "Sale", "status": "draft", "rules": {"customer.groups.id": ["group"]}}`, `{"title": "Sales", "rules": {}}`, `{"title": "Sales", "rules": {}, "type": "sale"}`, ""},
	{"/admin/price-preferences", "price_preference", "price_preferences", `{"attribute": "currency_code", "value": "CHF"}`, `{"value": "chf", "is_tax_inclusive": false}`,
		`{"is_tax_inclusive": true}`, `{"value": "chf", "is_tax_inclusive": true}`, ""},
	{"/admin/regions", "region", "regions", `{"name": "Alps", "currency_code": "eur", "countries": ["at"]}`, `{"name": "Alps", "currency_code": "eur"}`,
		`{"name": "The Alps"}`, `{"name": "The Alps"}`, ""},
	{"/admin/sales-channels", "sales_channel", "sales_channels", `{"name": "Phone"}`, `{"name": "Phone", "is_disabled": false}`, `{"is_disabled": true}`, `{"is_disabled": true}`, "sales-channel"},
	{"/admin/stock-locations", "stock_location", "stock_locations", `{"name": "Graz", "address": {"address_1": "Hauptplatz 1", "country_code": "AT"}}`,
		`{"name": "Graz"}`, `{"name": "Graz Süd", "address": {"city": "Graz"}}`, `{"name": "Graz Süd"}`, ""},
	{"/admin/shipping-profiles", "shipping_profile", "shipping_profiles", `{"name": "Fragile", "type": "fragile"}`, `{"name": "Fragile", "type": "fragile"}`, `{"name": "Glass"}`, `{"name": "Glass"}`, ""},
	{"/admin/shipping-option-types", "shipping_option_type", "shipping_option_types", `{"label": "Bike", "code": "bike"}`, `{"label": "Bike", "code": "bike"}`, `{"description": "By bike"}`, `{"description": "By bike", "code": "bike"}`, ""},
	{"/admin/inventory-items", "inventory_item", "inventory_items", `{"sku": "CUP"}`, `{"sku": "CUP", "stocked_quantity": 0, "requires_shipping": true}`, `{"title": "Cup"}`, `{"sku": "CUP", "title": "Cup"}`, ""},
	{"/admin/reservations", "reservation", "reservations", `{"inventory_item_id": "iitem", "location_id": "sloc", "quantity": 1}`, `{"quantity": 1, "line_item_id": null}`,
		`{"quantity": 2}`, `{"quantity": 2, "location_id": "sloc"}`, ""},
	{"/admin/tax-regions", "tax_region", "tax_regions", `{"country_code": "AT", "default_tax_rate": {"rate": 20, "code": "at", "name": "VAT"}}`,
		`{"country_code": "at", "provider_id": "tp_system"}`, `{"metadata": {"a": 1}}`, `{"country_code": "at", "metadata": {"a": 1}}`, ""},
	{"/admin/tax-rates", "tax_rate", "tax_rates", `{"tax_region_id": "txreg", "code": "food", "name": "Food", "rate": 5.5}`, `{"code": "food", "rate": 5.5, "is_default": false}`,
		`{"rate": 6}`, `{"code": "food", "rate": 6}`, ""},
	{"/admin/return-reasons", "return_reason", "return_reasons", `{"value": "broken", "label": "Broken"}`, `{"label": "Broken"}`, `{"label": "In pieces"}`, `{"label": "In pieces"}`, ""},
	{"/admin/refund-reasons", "refund_reason", "refund_reasons", `{"label": "Kind", "code": "kind"}`, `{"label": "Kind"}`, `{"label": "Kinder"}`, `{"label": "Kinder"}`, ""},
}

func TestAPIResources(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, r := range resources {
			nested := r.update == ""
			before := s.want(t, 200, "admin", "GET "+r.path, "")
			created := s.want(t, 200, "admin", "POST "+r.path, r.create)
			contains(t, "POST "+r.path, created[r.one], r.shows)
			after := s.want(t, 200, "admin", "GET "+r.path+"?order=-created_at", "")
			if after["count"] != before["count"].(float64)+1 || len(after[r.many].([]any)) != len(before[r.many].([]any))+1 {
				t.Errorf("%s: %v records after %v", r.path, after["count"], before["count"])
			}
			id, _ := at(after, r.many, 0, "id").(string)
			if !nested && id != at(created, r.one, "id") {
				id, _ = at(created, r.one, "id").(string)
			}
			one := r.path + "/" + id
			if !nested {
				contains(t, "GET "+one, s.want(t, 200, "admin", "GET "+one, "")[r.one], r.shows)
				contains(t, "POST "+one, s.want(t, 200, "admin", "POST "+one, r.update)[r.one], r.then)
				contains(t, "POST "+one, s.want(t, 200, "admin", "POST "+one, `{}`)[r.one], r.then)
			}
			object := r.object
			if object == "" {
				object = r.one
			}
			gone := s.want(t, 200, "admin", "DELETE "+one, "")
			contains(t, "DELETE "+one, gone, fmt.Sprintf(`{"id": %q, "object": %q, "deleted": true}`, id, object))
			if nested && at(gone, "parent", "id") == nil {
				t.Errorf("DELETE %s: no parent: %v", one, gone)
			}
			contains(t, "GET "+one, s.want(t, 404, "admin", "GET "+one, ""), `{"type": "not_found"}`)
			if !nested {
				contains(t, "POST "+one, s.want(t, 404, "admin", "POST "+one, r.update), `{"type": "not_found"}`)
			}
			s.want(t, 200, "admin", "GET "+r.path+"?with_deleted=true&limit=1", "")
		}
	})
}

// contains fails the test unless v has all that part says.
func contains(t testing.TB, what string, v any, part string) {
	t.Helper()
	var want any
	if err := json.Unmarshal([]byte(part), &want); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
	m, _ := v.(map[string]any)
	for name, value := range want.(map[string]any) {
		if got, ok := m[name]; !ok || fmt.Sprint(got) != fmt.Sprint(value) {
			t.Errorf("%s: %s is %v, want %v", what, name, got, value)
		}
	}
}

// has is like contains at every depth: records have at least the members of part, and
// lists have its elements.
func has(t testing.TB, what string, v any, part string) {
	t.Helper()
	var want any
	if err := json.Unmarshal([]byte(part), &want); err != nil {
		t.Fatalf("%s: %v", part, err)
	}
	if where := lacks(v, want); where != "" {
		t.Errorf("%s: %s", what, where)
	}
}

// lacks returns where and how a value differs from the part of it that is wanted.
func lacks(v, want any) string {
	switch want := want.(type) {
	case map[string]any:
		m, _ := v.(map[string]any)
		for name, value := range want {
			if got, ok := m[name]; !ok {
				return name + " is missing"
			} else if where := lacks(got, value); where != "" {
				return name + ": " + where
			}
		}
		return ""
	case []any:
		list, _ := v.([]any)
		if len(list) != len(want) {
			return fmt.Sprintf("%d elements, want %d: %v", len(list), len(want), v)
		}
		for i := range want {
			if where := lacks(list[i], want[i]); where != "" {
				return fmt.Sprintf("[%d] %s", i, where)
			}
		}
		return ""
	}
	if fmt.Sprint(v) != fmt.Sprint(want) {
		return fmt.Sprintf("%v, want %v", v, want)
	}
	return ""
}

// readOnly are the lists of what an order's life drives, with a record of each.
var readOnly = map[string]struct{ one, many, id string }{
	"/admin/orders": {"order", "orders", "o1"}, "/admin/returns": {"return", "returns", "r1"}, "/admin/claims": {"claim", "claims", "claim1"},
	"/admin/exchanges": {"exchange", "exchanges", "ex1"}, "/admin/carts": {"cart", "carts", "c1"},
	"/admin/payment-collections": {"payment_collection", "payment_collections", "p1"}, "/admin/currencies": {"currency", "currencies", "eur"},
	"/admin/locales":  {"locale", "locales", "de-AT"},
	"/admin/payments": {"payment", "payments", "pay1"}, "/admin/payments/payment-providers": {"payment_provider", "payment_providers", "pp"},
	"/admin/product-variants": {"variant", "variants", "variant"},
}

func TestAPIReadOnlyResources(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for path, r := range readOnly {
			list := s.want(t, 200, "admin", "GET "+path+"?limit=1&offset=1", "")
			if list["limit"] != 1.0 || list["offset"] != 1.0 || list["count"].(float64) < 1 || len(list) != 4 {
				t.Errorf("%s: %v", path, list)
			}
			one := s.want(t, 200, "admin", "GET "+path+"/"+r.id, "")
			if len(one) != 1 || at(one, r.one, "id") != r.id && at(one, r.one, "code") != r.id {
				t.Errorf("%s/%s: %v", path, r.id, one)
			}
			contains(t, path, s.want(t, 404, "admin", "GET "+path+"/nothing", ""), `{"type": "not_found"}`)
			for _, line := range []string{"PUT " + path, "PATCH " + path + "/" + r.id, "DELETE " + path} {
				contains(t, line, s.want(t, 404, "admin", line, ""), fmt.Sprintf(`{"type": "not_found", "message": "there is no %s; GET /docs lists every route"}`, line))
			}
		}
		contains(t, "order", s.want(t, 404, "admin", "GET /admin/orders/nothing", ""), `{"type": "not_found", "message": "Order id not found: nothing"}`)
		contains(t, "claim", s.want(t, 404, "admin", "GET /admin/claims/o1", ""), `{"type": "not_found", "message": "Claim with id: o1 was not found"}`)
		s.want(t, 404, "admin", "GET /admin/orders/o_draft", "")
	})
}

// Every list route pages, sorts, filters and refuses in the same way.
func TestAPILists(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, path := range s.lists("/admin/") {
			for query, status := range map[string]int{
				"limit=0": 200, "limit=2&offset=1": 200, "limit=x": 400, "limit=-1": 400, "offset=-1": 400, "offset=1.5": 400, "limit=99999999999999999999": 400,
				"with_deleted=true": 200, "with_deleted=maybe": 400, "order=nonsense": 400, "order=": 200, "fields=nonsense": 200,
				"created_at[$gte]=2020-01-01": 200, "created_at[$nonsense]=1": 400, "created_at[$gt]=never": 400, "q=": 200,
				"$or[0][created_at][$gt]=2020-01-01&$or[1][created_at]=null": 200,
			} {
				s.want(t, status, "admin", "GET "+path+"?"+query, "")
			}
			status, unknown, message := 400, "nonsense=1&other.thing=2", `{"type": "invalid_data", "message": "Invalid request: Unrecognized fields: 'nonsense, other.thing'"}`
			if path == "/admin/orders" {
				status, unknown, message = 200, "nonsense=1&other=2", `{}`
			}
			contains(t, path, s.want(t, status, "admin", "GET "+path+"?"+unknown, ""), message)
			got := s.call("admin", "GET "+path+"?limit=1000000000", "")
			if got.status != 200 && got.status != 400 {
				t.Errorf("%s: a huge limit: %d %s", path, got.status, got.body)
			}
		}
	})
}

// lists are the paths of list routes below an area, without parameters.
func (s *served) lists(area string) []string {
	var out []string
	for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
		if r.Method == http.MethodGet && r.Answer.List && strings.HasPrefix(r.Path, area) && !strings.Contains(r.Path, "{") {
			out = append(out, r.Path)
		}
	}
	slices.Sort(out)
	return out
}

// Filters of orders, and which of them they find.
func TestAPIFilters(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for query, want := range map[string]string{
			"":                                        "[o1 o2 o_eve]",
			"id=o2":                                   "[o2]",
			"id[]=o1&id[]=o2":                         "[o1 o2]",
			"id[]=o1,o_eve":                           "[o1 o_eve]",
			"id[$in][]=o1&id[$in][]=o_eve":            "[o1 o_eve]",
			"id[$ne]=o1":                              "[o2 o_eve]",
			"currency_code=usd":                       "[o_eve]",
			"payment_collections.status=not_paid":     "[o1]",
			"payment_collections[status]=not_paid":    "[o1]",
			"payment_collections.status=completed":    "[]",
			"promotions.code=A":                       "[o1]",
			"promotions=promo1":                       "[o1]",
			"customer.email=ada@example.com":          "[o1]",
			"customer.email[$like]=%25example.com":    "[o1 o_eve]",
			"items.title=Mug":                         "[o1]",
			"items.product.tags.value=new":            "[o1]",
			"region.name=Europe":                      "[o1]",
			"sales_channel_id=null":                   "[o2 o_eve]",
			"$or[0][id]=o1&$or[1][currency_code]=usd": "[o1 o_eve]",
			"$and[0][id]=o1&$and[1][id]=o2":           "[]",
			"q=eve@":                                  "[o_eve]",
			"q=EVE":                                   "[o_eve]",
			"status[]=pending&status[]=canceled":      "[o1 o2 o_eve]",
			"cart=null":                               "[o2 o_eve]",
			"limit=1&offset=1":                        "[o2]",
			"nonsense=1":                              "[o1 o2 o_eve]",
		} {
			if got := ids(s.want(t, 200, "admin", "GET /admin/orders?fields=id&order=id&"+query, "")["orders"]); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		if got := ids(s.want(t, 200, "admin", "GET /admin/orders?order=-customer.email,id&fields=id", "")["orders"]); got != "[o2 o_eve o1]" {
			t.Errorf("sorted by the customer's email: %s", got)
		}
		s.want(t, 200, "admin", "DELETE /admin/customers/cus_eve", "")
		list := s.want(t, 200, "admin", "GET /admin/customers?order=id&fields=id", "")
		if got := ids(list["customers"]); got != "[cus]" {
			t.Errorf("after a deletion: %s", got)
		}
		if got := ids(s.want(t, 200, "admin", "GET /admin/customers?order=id&fields=id&with_deleted=true", "")["customers"]); got != "[cus cus_eve]" {
			t.Errorf("with the deleted: %s", got)
		}
	})
}

func ids(list any) string {
	out := []string{}
	all, _ := list.([]any)
	for _, o := range all {
		id, _ := at(o, "id").(string)
		out = append(out, id)
	}
	return fmt.Sprint(out)
}
