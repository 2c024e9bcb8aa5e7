package e2e_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
)

// What fields makes of the answer for a customer, by the names that are there.
func TestAPIFields(t *testing.T) {
	t.Parallel()
	defaults := "company_name created_at created_by deleted_at email first_name has_account id last_name metadata phone updated_at"
	eachServed(t, func(t *testing.T, s *served) {
		for fields, want := range map[string]string{
			"":                       defaults,
			"email":                  "email id",
			"email,nonsense":         "email id",
			"nonsense,also.nonsense": "id",
			"%2Bgroups.name":         defaults + " groups",
			"+groups.name":           defaults + " groups", // a plus is a space in a URL
			"-metadata,-phone":       "company_name created_at created_by deleted_at email first_name has_account id last_name updated_at",
			"-id":                    defaults,
			"*groups":                defaults + " groups",
			"groups.*":               defaults + " groups",
			"*groups,-groups":        defaults,
			"email,*groups":          "email groups id",
			"email,-email":           "email id", // signs have no effect beside a name without one
			"email,-phone,+groups":   "email groups id phone",
			"email,%2Bphone":         "email id phone",
			"+phone,+phone":          defaults,
			",,,":                    defaults,
		} {
			got := s.want(t, 200, "admin", "GET /admin/customers/cus?fields="+fields, "")["customer"]
			if names := names(got); names != fmt.Sprint(slices.Sorted(slices.Values(strings.Fields(want)))) {
				t.Errorf("fields=%s: %s", fields, names)
			}
			list := s.want(t, 200, "admin", "GET /admin/customers?id=cus&fields="+fields, "")
			if names(at(list, "customers", 0)) != names(got) {
				t.Errorf("fields=%s: the list has %s", fields, names(at(list, "customers", 0)))
			}
		}
		deep := s.want(t, 200, "admin", "GET /admin/orders/o1?fields=items.variant.product.tags.value,*customer,payment_collections.status", "")["order"]
		if at(deep, "items", 0, "variant", "product", "tags", 0, "value") != "new" || at(deep, "customer", "email") != "ada@example.com" ||
			at(deep, "payment_collections", 1, "status") != "not_paid" {
			t.Errorf("%v", deep)
		}
		one := s.want(t, 200, "admin", "GET /admin/orders/o1", "")["order"]
		many := at(s.want(t, 200, "admin", "GET /admin/orders?id=o1", ""), "orders", 0)
		if names(one) == names(many) || at(one, "items", 0, "title") != "Mug" || at(many, "items") != nil {
			t.Errorf("a list has fewer fields than a record: %v", many)
		}
		if at(one, "items", 0, "unit_price") != 5.0 {
			t.Errorf("%v", at(one, "items", 0))
		}
	})
}

// What fields passes over is named in a header.
func TestAPIFieldsPassedOver(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, test := range []struct{ who, line, ignored string }{
			{"admin", "GET /admin/customers/cus?fields=email,nonsense,*also.nonsense", "nonsense; also.nonsense"},
			{"admin", "GET /admin/customers?fields=+nickname", "nickname"},
			{"admin", "GET /admin/customers?fields=-nickname,email", "nickname"},
			{"admin", "GET /admin/customers?fields=-nickname", ""}, // nothing that is asked for is missing
			{"admin", "GET /admin/orders?fields=id,total,payment_status", ""},
			{"admin", "GET /admin/products/prod?fields=id,title,variants.id,-variants,-thumbnail", ""},
			{"store", "GET /store/products?fields=id,*sales_channels,salt,variants.price_set.id", "sales_channels.*; salt; variants.price_set.id"},
			{"store", "GET /store/products?fields=*variants.calculated_price,%2Bnothing&region_id=reg", "nothing"},
			{"admin", "GET /admin/customers/cus?fields=email,%C3%BC%0D%0Ax", "???x"},
			{"admin", "GET /admin/orders?statu=pending", "statu"},
			{"admin", "GET /admin/orders?fields=id,nonsense&statu[]=pending&status=pending&page=2&q=", "nonsense; statu; page"},
			{"admin", "GET /admin/orders/o1?fields=id&statu=pending&total[$gt]=5", "statu; total"},
		} {
			got := s.call(test.who, test.line, "")
			if ignored := got.header.Get(api.IgnoredHeader); got.status != 200 || ignored != test.ignored && !strings.HasPrefix(test.ignored, "???") {
				t.Errorf("%s: %d, ignored %q, want %q", test.line, got.status, ignored, test.ignored)
			}
		}
		product := s.want(t, 200, "admin", "GET /admin/products/prod?fields=id,variants.id,-variants", "")
		if at(product, "product", "variants", 0, "id") != "variant" {
			t.Errorf("variants.id beside -variants: %v", product)
		}
		got := s.call("admin", "GET /admin/customers/cus?fields="+strings.Repeat("nothing,", 5000), "")
		if length := len(got.header.Get(api.IgnoredHeader)); got.status != 200 || length > 2100 {
			t.Errorf("%d, a header of %d bytes", got.status, length)
		}
	})
}

func names(o any) string {
	m, _ := o.(map[string]any)
	return fmt.Sprint(slices.Sorted(maps.Keys(m)))
}
