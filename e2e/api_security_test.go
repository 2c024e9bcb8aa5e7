package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/server"
)

var pathParameter = regexp.MustCompile(`\{[a-z_]+\}`)

// Nothing answers without the credentials that its area wants.
func TestAPINothingIsOpen(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		routes := 0
		for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
			line := r.Method + " " + pathParameter.ReplaceAllString(r.Path, "o1")
			for who, want := range map[string]map[api.Access]int{
				"nobody": {api.Admin: 401, api.AnyToken: 401, api.Storefront: 400, api.Customer: 400, api.Newcomer: 400},
				"store":  {api.Admin: 401, api.AnyToken: 401, api.Customer: 401, api.Newcomer: 401},
				"ada":    {api.Admin: 401},
				"admin":  {api.Storefront: 400, api.Customer: 400, api.Newcomer: 400},
			} {
				if status, ok := want[r.Access]; ok {
					if got := s.call(who, line, "{}"); got.status != status || strings.Contains(got.body, `"id"`) {
						t.Errorf("%s as %s: %d %.200s, want %d", line, who, got.status, got.body, status)
					}
				}
			}
			routes++
			if strings.HasPrefix(r.Path, "/admin") && r.Access != api.Admin && r.Path != "/admin/invites/accept" && r.Path != "/admin/feature-flags" ||
				strings.HasPrefix(r.Path, "/store") && r.Access == api.Public {
				t.Errorf("%s %s is open", r.Method, r.Path)
			}
		}
		if routes < 100 {
			t.Errorf("%d routes", routes)
		}
		contains(t, "401", s.want(t, 401, "nobody", "GET /admin/orders", ""), `{"message": "Unauthorized"}`)
		for line, status := range map[string]int{
			"GET /admin/nothing": 401, "POST /admin": 401, "GET /store/nothing": 400, "GET /admin/orders/": 401, "GET /admin//orders": 401,
			"GET //admin/orders": 404, "GET /admin%2Forders": 401, "GET /ADMIN/orders": 404, "GET /admin/../admin/orders": 401, "OPTIONS /admin/orders": 401,
		} {
			if got := s.call("nobody", line, ""); got.status != status {
				t.Errorf("%s: %d, want %d", line, got.status, status)
			}
		}
	})
}

func TestAPICredentials(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		parts := strings.Split(s.user, ".")
		past := auth.New(s.app.Store, auth.Config{Now: func() time.Time { return time.Now().Add(-48 * time.Hour) }})
		expired, err := past.TokenFor(t.Context(), "user", "boss@example.com")
		if err != nil {
			t.Fatal(err)
		}
		forged, err := auth.New(s.app.Store, auth.Config{Secret: []byte("of somebody else")}).TokenFor(t.Context(), "user", "boss@example.com")
		if err != nil {
			t.Fatal(err)
		}
		for name, test := range map[string]struct {
			header, value string
			status        int
		}{
			"bearer":           {"Authorization", "Bearer " + s.user, 200},
			"lower case":       {"Authorization", "bearer " + s.user, 200},
			"basic":            {"Authorization", "Basic " + s.secret.Token, 200},
			"cookie":           {"Cookie", api.SessionCookie + "=" + s.user, 200},
			"expired":          {"Authorization", "Bearer " + expired, 401},
			"forged":           {"Authorization", "Bearer " + forged, 401},
			"unsigned":         {"Authorization", "Bearer eyJhbGciOiJub25lIn0." + parts[1] + ".", 401},
			"cut":              {"Authorization", "Bearer " + s.user[:len(s.user)-2], 401},
			"customer":         {"Authorization", "Bearer " + s.ada, 401},
			"customer cookie":  {"Cookie", api.SessionCookie + "=" + s.ada, 401},
			"secret as bearer": {"Authorization", "Bearer " + s.secret.Token, 401},
			"publishable":      {"Authorization", "Basic " + s.key.Token, 401},
			"no key":           {"Authorization", "Basic sk_" + strings.Repeat("0", 64), 401},
			"no base64":        {"Authorization", "Basic \xff\xfe", 401},
			"a scheme alone":   {"Authorization", "Bearer", 401},
			"huge":             {"Authorization", "Bearer " + strings.Repeat("a.", 50_000), 401},
		} {
			r := httptest.NewRequest(http.MethodGet, "/admin/orders?limit=1", nil)
			r.Header.Set(test.header, test.value)
			if got := s.send(r); got.status != test.status {
				t.Errorf("%s: %d %s", name, got.status, got.body)
			}
		}
		contains(t, "hint", s.want(t, 200, "secret", "GET /admin/orders", ""), `{"count": 3}`)

		session := s.call("admin", "POST /auth/session", "")
		cookie := session.header.Get("Set-Cookie")
		if session.status != 200 || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") {
			t.Errorf("session: %d %s", session.status, cookie)
		}
	})
}

// Keys and people that are gone open nothing from that moment on.
func TestAPIWhoIsGone(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.want(t, 200, "secret", "POST /admin/api-keys/"+s.key.ID+"/revoke", "{}")
		contains(t, "revoked", s.want(t, 400, "store", "GET /store/products", ""), `{"type": "not_allowed"}`)
		fresh := s.want(t, 200, "admin", "POST /admin/api-keys", `{"title": "Shop", "type": "publishable"}`)
		s.key.Token, _ = at(fresh, "api_key", "token").(string)
		s.want(t, 200, "eve", "GET /store/customers/me", "")
		s.want(t, 200, "admin", "DELETE /admin/customers/cus_eve", "")
		s.want(t, 401, "eve", "GET /store/customers/me", "")
		s.want(t, 401, "eve", "GET /store/orders", "")
		s.want(t, 400, "admin", "DELETE /admin/users/"+s.userID, "")
		s.want(t, 200, "secret", "DELETE /admin/users/"+s.userID, "")
		s.want(t, 401, "admin", "GET /admin/orders", "")
		s.want(t, 401, "admin", "POST /auth/token/refresh", "")
		s.want(t, 401, "nobody", "POST /auth/user/emailpass/", fmt.Sprintf(`{"email": "nobody@example.com", "password": %q}`, password))
		s.want(t, 200, "secret", "POST /admin/api-keys/"+s.secret.ID+"/revoke", "{}")
		s.want(t, 401, "secret", "GET /admin/orders", "")
	})
}

// A secret key is told once, as it is made; hashes and salts are told nobody.
func TestAPISecrets(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/api-keys", `{"title": "Robot", "type": "secret"}`)
		token, _ := at(made, "api_key", "token").(string)
		id, _ := at(made, "api_key", "id").(string)
		if !strings.HasPrefix(token, "sk_") || at(made, "api_key", "salt") != nil {
			t.Fatalf("%v", made)
		}
		for _, line := range []string{"GET /admin/api-keys/" + id, "GET /admin/api-keys?fields=*", "GET /admin/api-keys?fields=token,salt,redacted", "GET /admin/api-keys?q=" + token} {
			if got := s.call("admin", line, ""); got.status != 200 || strings.Contains(got.body, token) || strings.Contains(got.body, `"salt"`) {
				t.Errorf("%s: %d %s", line, got.status, got.body)
			}
		}
		for entity, fields := range map[string][]string{
			"api_key": {"salt"}, "provider_identity": {"provider_metadata", "auth_identity.provider_identities.provider_metadata"},
			"auth_mfa_factor": {"provider_metadata"}, "auth_mfa_recovery_code": {"code_hash"}, "auth_signing_key": {"secret", "id"},
			"auth_identity": {"provider_identities.provider_metadata"},
		} {
			for _, field := range fields {
				for _, body := range []string{
					fmt.Sprintf(`{"entity": %q, "fields": [%q]}`, entity, field),
					fmt.Sprintf(`{"entity": %q, "fields": ["id"], "filters": {%q: {"$like": "%%"}}}`, entity, field),
					fmt.Sprintf(`{"entity": %q, "fields": ["id"], "order": [%q]}`, entity, field),
				} {
					if entity == "auth_signing_key" || field != "id" {
						s.want(t, 400, "admin", "POST /admin/query", body)
						s.want(t, 400, "admin", "POST /admin/query/explain", body)
					}
				}
			}
			got := s.call("admin", "POST /admin/query", fmt.Sprintf(`{"entity": %q, "fields": ["*"]}`, entity))
			if strings.Contains(got.body, "provider_metadata") || strings.Contains(got.body, "salt") || strings.Contains(got.body, "code_hash") || strings.Contains(got.body, "secret\":") {
				t.Errorf("%s: %s", entity, got.body)
			}
		}
		for _, query := range []string{"salt=x", "salt[$like]=%25", "$or[0][salt]=x&$or[1][id]=1", "order=salt"} {
			s.want(t, 400, "admin", "GET /admin/api-keys?"+query, "")
		}
	})
}

// A customer has their own records and those of nobody else.
func TestAPICustomersSeeTheirs(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		contains(t, "me", s.want(t, 200, "ada", "GET /store/customers/me", "")["customer"], `{"id": "cus", "email": "ada@example.com"}`)
		has(t, "totals of discounts", s.want(t, 200, "ada", "GET /store/orders/o1?fields=item_discount_total,shipping_discount_total", "")["order"], `{"item_discount_total": 0, "shipping_discount_total": 0}`)
		if got := ids(s.want(t, 200, "ada", "GET /store/orders?order=id", "")["orders"]); got != "[o1]" {
			t.Errorf("orders: %s", got)
		}
		for _, query := range []string{"customer_id=cus_eve", "id=o_eve", "id=o_draft", "email[$like]=%25eve%25", "with_deleted=true&id=o_eve"} {
			got := s.call("ada", "GET /store/orders?"+query, "")
			if got.status == 200 && !strings.Contains(got.body, `"orders":[]`) {
				t.Errorf("%s: %s", query, got.body)
			}
		}
		for _, line := range []string{
			"GET /store/customers/me/addresses/addr_eve", "POST /store/customers/me/addresses/addr_eve", "DELETE /store/customers/me/addresses/addr_eve",
			"GET /store/orders/o_draft", "GET /store/customers/cus_eve", "POST /store/customers/cus_eve",
		} {
			if got := s.call("ada", line, `{}`); got.status != 404 || strings.Contains(got.body, "Elsinore") {
				t.Errorf("%s: %d %s", line, got.status, got.body)
			}
		}
		s.want(t, 400, "ada", "POST /store/customers/me", `{"id": "cus_eve"}`)
		s.want(t, 400, "ada", "POST /store/customers/me", `{"has_account": true}`)
		s.want(t, 400, "ada", "POST /store/customers/me/addresses", `{"customer_id": "cus_eve"}`)
		contains(t, "address", s.want(t, 200, "eve", "GET /store/customers/me/addresses/addr_eve", "")["address"], `{"city": "Elsinore"}`)
		contains(t, "mine", s.want(t, 200, "ada", "POST /store/customers/me", `{"first_name": "Ada"}`)["customer"], `{"first_name": "Ada"}`)
	})
}

// spellings are ways to ask for what a storefront is not told.
var spellings = []string{
	"*", "*.*", "**", ".*", "*,*sales_channels", "sales_channels.*", "*sales_channels", "sales_channels.orders.customer.email", "*sales_channels.orders.customer",
	"+sales_channels.orders.email", "items.product.sales_channels.name", "items.variant.product.sales_channels.orders.email", "*items.product.sales_channels",
	"*items.variant.product.variants.product.sales_channels", "customer.orders.customer.email", "customer.*", "*customer.addresses", "customer.groups.customers.email",
	"orders.customer.email", "orders.email", "*orders", "orders.customer.orders.email", "*orders.sales_channel.orders", "products.*", "*products", "*products.variants",
	"products.options.products.title", "*products.options.products", "products.variants.product.collection.products.title", "products.categories.products.title",
	"products.tags.products.title", "products.collection.products.title", "collection.products.title", "*collection.products", "tags.products.*", "options.products.title",
	"*options.products", "type.products.title", "variants.product.collection.products.title", "*variants.product.tags.products", "product.collection.products.title",
	"*product", "product.*", "product.status", "*product.collection.products", "options.option.products.title", "images.product.collection.products.*", "variants.images.product.collection.products.*",
	"categories.name", "*categories", "categories.category_children.name", "*category_children", "category_children.category_children.name", "*parent_category", "parent_category.name",
	"parent_category.products.title", "*parent_category.products", "*parent_category.category_children", "category_children.products.title", "{id,sales_channels{*}}", "*{sales_channels}",
	"id,{customer.email}", "sales_channels", "customer", "SALES_CHANNELS.name", "sales_channels .orders .email", " *sales_channels", "%2Bsales_channels.name", "*sales_channels.*.*",
	"sales_channels.*.*", "cart.*", "*cart.customer", "cart.customer.email", "*payment_collections", "payment_collections.payments.data", "payment_collections.payment_sessions.data",
	"*payment_collections.order.customer", "region.*", "*promotions.campaign", "promotions.orders.email", "order.customer.email", "summary.*", "*variants.price_set", "variants.prices.price_list.title",
	"customers.email", "$count", "products.$count", "sales_channels.$count", "raw_total", "metadata", "fields",
}

// forbidden is what no storefront may read, whoever calls.
var forbidden = []string{draftWord, internalWord, foreignWord, "Elsinore", "sales_channels", "price_list"}

// No spelling of fields, order or a filter tells a storefront what it must not
// know: not by answering it, and not by what is found.
func TestAPIStoreRestricts(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		paths := append(s.lists("/store/"), "/store/orders/o1", "/store/products/prod", "/store/product-categories/cat",
			"/store/collections/coll", "/store/product-tags/tag", "/store/product-types/type", "/store/product-variants/variant", "/store/product-options/opt", "/store/regions/reg", "/store/customers/me")
		for _, path := range paths {
			for _, spelling := range append(spellings, "") {
				for _, escaped := range []string{strings.ReplaceAll(spelling, " ", "+"), url.QueryEscape(spelling), everyByte(spelling)} {
					line := "GET " + path + "?fields=" + escaped
					got := s.call("ada", line, "")
					if got.status != 200 && got.status != 400 {
						t.Errorf("%s: %d %s", line, got.status, got.body)
					}
					for _, word := range forbidden {
						if got.status == 200 && strings.Contains(got.body, word) {
							t.Errorf("%s tells %s: %.500s", line, word, got.body)
						}
					}
				}
			}
		}
	})
}

// Filters and orders over what is hidden find nothing, as if it were not there.
func TestAPIStoreFiltersTellNothing(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		draft := url.QueryEscape(draftWord + "%")
		for _, query := range []string{
			"products.title[$like]=" + draft, "products[title][$like]=" + draft, "products.status=draft", "products.id=prod_draft", "products=prod_draft", "id=prod_draft",
			"title[$like]=" + draft, "status=draft", "q=" + draftWord, "q=" + internalWord, "categories.name=" + internalWord, "category_children.name=" + internalWord,
			"category_id=cat_internal", "parent_category.name=" + internalWord, "name=" + internalWord, "sales_channels.name=Web", "sales_channels.orders.email=" + foreignWord, "product.status=draft",
			"product_id=prod_draft", "variants.sku=DRAFT", "sku=DRAFT", "products.variants.sku=DRAFT", "orders.email=" + foreignWord, "customer.email=" + foreignWord,
			"$or[0][id]=prod_draft", "$or[0][sales_channels][name]=Web", "$and[0][products][title]=" + draftWord, "products[$some][status]=draft",
			"products[$or][0][title]=" + draftWord, "products[sales_channels][name]=Elsewhere", "collection.products.title=" + draftWord, "products.$count=3", "products[$count]=3",
			"with_deleted=true&id=prod_draft", "items.product.sales_channels.name=Web", "items.variant.product.sales_channels.orders.email=" + foreignWord,
			"products[sales_channels][orders][email]=" + foreignWord,
		} {
			for _, path := range s.lists("/store/") {
				got := s.call("ada", "GET "+path+"?"+query, "")
				var list struct{ Count int }
				if got.status == 200 && (json.Unmarshal([]byte(got.body), &list) != nil || list.Count > 0) || got.status > 400 {
					t.Errorf("%s?%s: %d %.300s", path, query, got.status, got.body)
				}
			}
		}
		for _, order := range []string{"sales_channels.name", "-sales_channels.orders.email", "customer.groups.name", "salt", "products.title", "collection.products.title", "products.$count", "$count", "items.product.sales_channels.name"} {
			for _, path := range s.lists("/store/") {
				if got := s.call("ada", "GET "+path+"?order="+order, ""); got.status != 400 {
					t.Errorf("%s?order=%s: %d %.300s", path, order, got.status, got.body)
				}
			}
		}
	})
}

// everyByte escapes each byte, letters too.
func everyByte(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, "%%%02x", c)
	}
	return b.String()
}
