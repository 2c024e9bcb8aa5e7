package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

// filterCases are filters of customers, as URLs have them, and who is found.
var filterCases = []struct{ query, found string }{
	{"metadata[n]=3", "[n3]"}, {"metadata.n=3", "[n3]"}, {"metadata[n]=4", "[t4]"}, {"metadata[b]=true", "[n3]"}, {"metadata.b=true", "[n3]"}, {"metadata[b]=false", "[t4]"},
	{"metadata[o][x]=1.5", "[n3]"}, {"metadata.o.x=1.5", "[n3]"}, {"metadata[n][$gt]=2", "[n3 t4]"}, {"metadata.n[$gte]=3", "[n3 t4]"}, {"metadata[n][$lt]=3.5", "[n3]"},
	{"metadata[n][$in][]=3&metadata[n][$in][]=4", "[n3 t4]"}, {"metadata[n][]=3", "[n3]"}, {"metadata[n][$ne]=3", "[t4]"}, {"metadata[n][$nin][]=4", "[n3]"}, {"metadata[n][$not]=3", "[t4]"},
	{"metadata[n][$not][$eq]=4", "[n3]"}, {"metadata[n][$not][$in][]=3&metadata[n][$not][$in][]=5", "[t4]"},
	{"metadata[$not][$or][0][n]=3&metadata[$not][$or][1][n]=4&metadata[n][$exists]=true", "[]"}, {"metadata[n][$gt]=2&metadata[n][$lt]=4", "[n3]"}, {"metadata[$or][0][n]=3&metadata[$or][1][b]=false", "[n3 t4]"},
	{"$or[0][metadata][n]=3&$or[1][metadata.b]=false", "[n3 t4]"}, {"orders.customer.metadata[n]=3", "[]"}, {"groups[$none][id]=group&metadata[n][$exists]=true", "[t4]"},
	{"groups[id][$nin][]=group&metadata[n][$exists]=true", "[n3]"}, {"groups.$none.id=group&metadata[n]=4", "[t4]"}, {"$not[groups][$some][id]=group&metadata.n[$gt]=0", "[t4]"},
	{"groups[$every][name][$like]=W%25&metadata.n=3", "[]"}, {"groups[customers][$some][id]=n3", "[n3]"},
	{"q=null", "[word]"}, {"last_name[$ilike]=NULL", "[word]"}, {"last_name[$like]=nul%25", "[word]"}, {"last_name[]=null", "[word]"}, {"last_name[$in][]=null", "[word]"},
	{"last_name=null&metadata[n][$exists]=true", "[n3 t4]"}, {"last_name[$ne]=null&metadata[w]=null", "[word]"},
}

// What a URL can say of a value is tried against numbers, truths and texts in
// JSON; lists through relations, and the word null.
func TestAPIFilterValues(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		keep(t, s.app, customer.Customers,
			&customer.Customer{Base: model.Base{Record: model.Record{ID: "n3"}, Metadata: model.RawJSON(`{"n": 3, "b": true, "o": {"x": 1.5}}`)}},
			&customer.Customer{Base: model.Base{Record: model.Record{ID: "t4"}, Metadata: model.RawJSON(`{"n": "4", "b": "false", "o": {"x": "y"}}`)}},
			&customer.Customer{Base: withID("word"), LastName: ref("null")})
		keep(t, s.app, customer.Groups, &customer.Group{Base: withID("other"), Name: "Retail"})
		for _, group := range []string{"group", "other"} {
			if err := s.app.Customer.Customers.Relate(t.Context(), "n3", "groups", group); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range filterCases {
			got := s.call("admin", "GET /admin/customers?fields=id&order=id&"+test.query, "")
			if got.status != 200 {
				t.Errorf("%s: %d %s", test.query, got.status, got.body)
				continue
			}
			if found := ids(at(s.want(t, 200, "admin", "GET /admin/customers?fields=id&order=id&"+test.query, ""), "customers")); found != test.found {
				t.Errorf("%s finds %s, want %s", test.query, found, test.found)
			}
		}
	})
}

// wrongFilters are refused, with a message that has the path as it was written
// and the nearest names.
var wrongFilters = []struct{ path, query, says string }{
	{"/admin/orders", "customer.emial=x", "'customer.emial'; did you mean customer.email?"},
	{"/admin/orders", "customer[emial]=x", `(in customer[emial]); did you mean email?`},
	{"/admin/orders", "payment_collections.statu=completed", "did you mean payment_collections.status?"},
	{"/admin/orders", "customr.email=x", "did you mean customer.email?"}, {"/admin/orders", "items.count[$gt]=3", "did you mean items.$count?"},
	{"/admin/orders", "items.quantit=3", "did you mean items.quantity?"},
	{"/admin/orders", "emial[$in]=x", "did you mean email?"}, {"/admin/products", "variants.count=3", "did you mean variants.$count?"},
	{"/admin/orders", "customer.foo=bar", "'customer.foo'"}, {"/admin/orders", "$or[0][foo]=bar", "'foo'"}, {"/admin/orders", "foo[bar]=x", "'foo[bar]'"},
	{"/admin/orders", "total[$gte]=ten", "total"}, {"/admin/orders", "payment_status[$foo]=captured", "$foo"},
	{"/admin/orders", "limit[]=5", "'limit', got: 'array'"}, {"/admin/orders", "order[created_at]=desc", "'order', got: 'object'"}, {"/admin/orders", "fields[]=id", "'fields', got: 'array'"},
	{"/store/products", "offset[]=3", "'offset'"}, {"/admin/returns", "with_deleted[]=true", "'with_deleted'"},
	{"/store/products", "order=" + strings.Repeat("title,", 1000) + "id", "sort keys"}, {"/store/products", "id=x&description[$re]=" + strings.Repeat(".{1000}", 30), "parts"},
	{"/admin/products", "variants.foo=bar", "'variants.foo'"}, {"/admin/products", "variants.titel=bar", "did you mean variants.title?"}, {"/admin/products", "titel=x", "did you mean title"},
	{"/admin/customers", "groups[$none][nope]=x", "(in groups[$none][nope])"}, {"/admin/customers", "orders.customer.groups[$none][nope]=x", "orders.customer.groups[$none][nope]"},
	{"/admin/customers", "groups[$none][id][$foo]=x", `"$foo" (in groups[$none][id][$foo])`}, {"/admin/customers", "$or[0][groups][$some][nope]=x", "(in $or[0][groups][$some][nope])"},
	{"/admin/customers", "created_at[$gt]=x", "created_at[$gt]"}, {"/admin/customers", "groups[$some][name][$in]=x", "groups[$some][name][$in] takes a list"},
	{"/store/products", "variants[titel]=x", "did you mean variants.title?"}, {"/store/products", "variants[price_set][id]=x", "'variants[price_set][id]'"}, {"/store/products", "sales_channel=x", "'sales_channel'"},
}

func TestAPIFiltersRefused(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, test := range wrongFilters {
			who := "admin"
			if strings.HasPrefix(test.path, "/store") {
				who = "store"
			}
			got := s.want(t, 400, who, "GET "+test.path+"?"+test.query, "")
			if message := at(got, "message").(string); at(got, "type") != "invalid_data" || !strings.Contains(message, test.says) {
				t.Errorf("%s?%s: %v, want %s", test.path, test.query, got, test.says)
			}
		}
		for _, bare := range []string{"foo=bar", "region=x&whatever[]=1"} { // which clients of other releases send
			s.want(t, 200, "admin", "GET /admin/orders?"+bare, "")
		}
	})
}

// storeFilters are conditions of storefronts that join or nest others.
var storeFilters = []struct{ query, found string }{
	{"$and[0][category_id][]=cat&$and[1][title]=Mug", "[prod]"}, {"$or[0][title]=x&$or[1][tag_id]=tag", "[prod]"}, {"$and[0][category_id][]=none", "[]"},
	{"variants[title]=Blue", "[prod]"}, {"variants[$some][sku]=MUG-BLUE", "[prod]"}, {"variants[$none][sku]=MUG-BLUE", "[]"}, {"$not[variants][sku]=MUG-BLUE", "[]"},
	{"variants.options[value]=Blue", "[prod]"}, {"variants[options][value][]=Blue", "[prod]"}, {"variants.options[value]=Red", "[]"},
}

func TestAPIStoreFilters(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		if err := s.app.Product.Variants.Relate(t.Context(), "variant", "options", "optval"); err != nil {
			t.Fatal(err)
		}
		for _, test := range storeFilters {
			if found := ids(at(s.want(t, 200, "store", "GET /store/products?fields=id&"+test.query, ""), "products")); found != test.found {
				t.Errorf("%s finds %s, want %s", test.query, found, test.found)
			}
		}
	})
}

// Totals are columns: they can be filtered and sorted by.
func TestAPIFiltersByTotals(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		all, _ := s.want(t, 200, "admin", "GET /admin/orders?order=-total&fields=id,total,%2Bitem_total", "")["orders"].([]any)
		if len(all) < 2 {
			t.Fatalf("%d orders", len(all))
		}
		most, _ := at(all[0], "total").(float64)
		count := 0.0
		for i, o := range all {
			total, ok := at(o, "total").(float64)
			if before, _ := at(all[max(i-1, 0)], "total").(float64); !ok || total > before {
				t.Errorf("order %d has a total of %v", i, at(o, "total"))
			}
			if total == most {
				count++
			}
		}
		got := s.want(t, 200, "admin", fmt.Sprintf("GET /admin/orders?total[$gte]=%v&fields=id", most), "")
		if most <= 0 || got["count"] != count {
			t.Errorf("%v orders of at least %v, want %v", got["count"], most, count)
		}
		s.want(t, 200, "admin", "GET /admin/orders?items.total[$gt]=1&fields=id,items.total", "")
	})
}
