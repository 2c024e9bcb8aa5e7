package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/notification"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/query"
)

// demoServed is a demo shop behind its handler, with the headers of an administrator
// and of a customer who has orders.
type demoServed struct {
	handler         http.Handler
	admin, customer http.Header
}

// demoShop makes a demo shop of sixty orders.
func demoShop(t *testing.T) demoServed {
	t.Helper()
	app := open(t, file(t))
	if _, err := demo.Seed(t.Context(), app.Shop, demo.Options{Seed: 1, Orders: 60}); err != nil {
		t.Fatal(err)
	}
	s := demoServed{handler: app.Handler()}
	if _, err := app.Auth.CreateUser(t.Context(), "clerk@example.com", "a password to log in"); err != nil {
		t.Fatal(err)
	}
	if err := app.Notification.Tell(t.Context(), "export_1", notification.Notice{Title: "Export of orders", Description: "The export failed."}); err != nil {
		t.Fatal(err)
	}
	token, err := app.Auth.TokenFor(t.Context(), "user", "clerk@example.com")
	if err != nil {
		t.Fatal(err)
	}
	s.admin = http.Header{"Authorization": {"Bearer " + token}}
	keep(t, app, user.Invites, &user.Invite{Base: withID("invite_1"), Email: "new@example.com", Token: "a token", ExpiresAt: time.Now().Add(time.Hour)})
	s.customer = http.Header{"Authorization": {"Bearer " + demoCustomer(t, app)}, "X-Publishable-Api-Key": {demoKey(t, app)}}
	return s
}

func demoKey(t *testing.T, app *gorgon.App) string {
	t.Helper()
	keys, err := app.APIKey.APIKeys.List(t.Context(), module.Where{"type": "publishable", "revoked_at": nil}, module.Page{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(keys, func(k *apikey.APIKey) bool { return k.Token != "" })
	if i < 0 {
		t.Fatal("the demo shop has no publishable key")
	}
	return keys[i].Token
}

// demoCustomer is the token of a customer with addresses and orders.
func demoCustomer(t *testing.T, app *gorgon.App) string {
	t.Helper()
	type row struct {
		ID string `json:"id"`
	}
	found, _, err := query.List[row](t.Context(), app.Query, "customer", query.Where(query.Filters{
		"has_account": true, "orders": query.Filters{"is_draft_order": false}, "addresses": query.Filters{"id": query.Filters{"$ne": ""}},
	}))
	if err != nil || len(found) == 0 {
		t.Fatalf("no customer has orders: %v", err)
	}
	token, err := app.Auth.Register(t.Context(), "customer", "emailpass", "somebody@example.com", "a password to log in")
	if err != nil {
		t.Fatal(err)
	}
	claims, err := app.Auth.Parse(t.Context(), token)
	if err == nil {
		err = app.Auth.Attach(t.Context(), claims.AuthIdentityID, "customer", found[0].ID)
	}
	if err == nil {
		token, err = app.Auth.TokenFor(t.Context(), "customer", "somebody@example.com")
	}
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// got is an answer.
type got struct {
	status int
	header http.Header
	body   string
}

func get(t *testing.T, handler http.Handler, path string, header http.Header) got {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return got{w.Code, w.Result().Header, w.Body.String()}
}

// of is the answer to a path below /admin or /store, as JSON.
func (s demoServed) of(t *testing.T, path string) (got, any) {
	t.Helper()
	header := s.admin
	if strings.HasPrefix(path, "/store") {
		header = s.customer
	}
	g := get(t, s.handler, path, header)
	if g.status != http.StatusOK || !strings.HasPrefix(g.header.Get("Content-Type"), "application/json") {
		return g, nil
	}
	return g, decoded(t, g.body)
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return v
}

// Every GET route answers what the document says: no other types, no property
// more or less, whatever records it has.
func TestAnswersAreAsDocumented(t *testing.T) {
	t.Parallel()
	s := demoShop(t)
	all := operations(documentOf(t, s.handler))
	for _, line := range slices.Sorted(maps.Keys(all)) {
		path, ok := strings.CutPrefix(line, "GET ")
		schema := schemaOf(t, all[line])
		if !ok || schema == nil {
			continue
		}
		paths := s.paths(t, path)
		if len(paths) == 0 {
			t.Errorf("%s: there is no record to ask for", path)
		}
		for _, at := range paths {
			g, v := s.of(t, at)
			if g.status != http.StatusOK {
				t.Errorf("%s: status %d: %.300s", at, g.status, g.body)
				break
			}
			if err := schema.VisitJSON(v, openapi3.MultiErrors()); err != nil {
				t.Errorf("%s: %.800v", at, err)
				break
			}
			if problem := exact(v, schema, ""); problem != "" && path != "/openapi.json" {
				t.Errorf("%s: %s", at, problem)
				break
			}
		}
	}
}

// words are values of parameters that are no keys.
var words = map[string]string{"rule_type": "rules", "rule_attribute_id": "country", "actor_type": "user", "zone": "order.list", "entity": "order"}

// paths are those to ask a route by: its parameters filled in with the keys of
// the records that the list before them has, up to a dozen.
func (s demoServed) paths(t *testing.T, route string) []string {
	t.Helper()
	if special, ok := s.special(t)[route]; ok {
		return special
	}
	list, rest, found := strings.Cut(route, "/{")
	if !found {
		if strings.HasPrefix(route, "/admin/") || strings.HasPrefix(route, "/store/") {
			return []string{route + pageOf(route)}
		}
		return []string{route}
	}
	name, rest, _ := strings.Cut(rest, "}")
	var out []string
	if word := words[name]; word != "" {
		return s.paths(t, list+"/"+word+rest)
	}
	if name != "code" {
		name = "id"
	}
	_, v := s.of(t, list)
	for _, key := range keysOf(v, name) {
		out = append(out, s.paths(t, list+"/"+key+rest)...)
		if len(out) == 12 {
			break
		}
	}
	return out
}

// special are the paths of routes that need parameters, or whose records no list has.
func (s demoServed) special(t *testing.T) map[string][]string {
	t.Helper()
	_, regions := s.of(t, "/admin/regions?fields=id")
	_, carts := s.of(t, "/admin/carts?fields=id&shipping_methods.id[$ne]=")
	_, sets := s.of(t, "/admin/stock-locations?fields=fulfillment_sets.id,fulfillment_sets.service_zones.id")
	set := at(sets, "stock_locations", 0, "fulfillment_sets", 0)
	return map[string][]string{
		"/store/payment-providers": {fmt.Sprintf("/store/payment-providers?region_id=%s", keysOf(regions, "id")[0])},
		"/store/shipping-options":  {fmt.Sprintf("/store/shipping-options?cart_id=%s", keysOf(carts, "id")[0])},
		"/admin/uploads/{id}":      {"/admin/uploads/" + s.uploaded(t)},
		"/admin/fulfillment-sets/{id}/service-zones/{zone_id}": {
			fmt.Sprintf("/admin/fulfillment-sets/%s/service-zones/%s", at(set, "id"), at(set, "service_zones", 0, "id")),
		},
	}
}

// uploaded returns the id of a file, which no list has.
func (s demoServed) uploaded(t *testing.T) string {
	t.Helper()
	body, contentType := formOf(t, picture("a.png"))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/admin/uploads", bytes.NewReader(body))
	maps.Copy(r.Header, s.admin)
	r.Header.Set("Content-Type", contentType)
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return storedBy(t, reply{w.Code, w.Result().Header, w.Body.String()})[0].ID
}

// pageOf asks for long lists.
func pageOf(route string) string {
	for _, alone := range []string{"/me", "/links", "rules", "/country", "/line-items"} {
		if strings.HasSuffix(route, alone) {
			return ""
		}
	}
	if last := route[strings.LastIndex(route, "/")+1:]; strings.ContainsAny(last, "_0123456789") || len(last) == 3 || strings.HasPrefix(route, "/admin/locales/") {
		return "" // a record
	}
	return "?limit=200"
}

// keysOf are the keys of the records in an envelope.
func keysOf(v any, name string) []string {
	envelope, _ := v.(map[string]any)
	var out []string
	for _, member := range envelope {
		list, _ := member.([]any)
		for _, r := range list {
			if record, ok := r.(map[string]any); ok {
				if key, ok := record[name].(string); ok {
					out = append(out, key)
				}
			}
		}
	}
	return out
}

// exact finds where a value has other properties than its schema; "" when it
// has the same.
func exact(v any, s *openapi3.Schema, at string) string {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			if s.Items == nil {
				return ""
			}
			if problem := exact(e, s.Items.Value, fmt.Sprintf("%s[%d]", at, i)); problem != "" {
				return problem
			}
		}
	case map[string]any:
		if s.Properties == nil {
			return ""
		}
		for name, ref := range s.Properties {
			value, there := v[name]
			if !there && strings.HasPrefix(ref.Value.Description, "when ") { // fields asks for it
				continue
			}
			if !there {
				return at + " has no " + name
			}
			if problem := exact(value, ref.Value, at+"."+name); problem != "" {
				return problem
			}
		}
		for name := range v {
			if s.Properties[name] == nil {
				return at + " has " + name + ", too"
			}
		}
	}
	return ""
}
