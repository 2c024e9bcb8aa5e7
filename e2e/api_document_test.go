package e2e_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/openapi"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// documentOf asks for the document of a handler, and checks that it is one.
func documentOf(t *testing.T, handler http.Handler) *openapi3.T {
	t.Helper()
	got := get(t, handler, "/openapi.json", nil)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("status %d, %s: %.300s", got.status, got.header.Get("Content-Type"), got.body)
	}
	loader := &openapi3.Loader{Context: t.Context()}
	d, err := loader.LoadFromData([]byte(got.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// operations are those of a document, by "GET /path".
func operations(d *openapi3.T) map[string]*openapi3.Operation {
	out := map[string]*openapi3.Operation{}
	for path, item := range d.Paths.Map() {
		for method, o := range item.Operations() {
			out[method+" "+path] = o
		}
	}
	return out
}

// Every route is in the document, and every operation of it is a route; so it
// is with routes of the shop's own.
func TestDocumentListsEveryRoute(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	own := func(*shop.Shop) []api.Route {
		return []api.Route{{Method: http.MethodGet, Path: "/admin/loyalty", Summary: "Points", Access: api.Admin}}
	}
	app.Routes(own)
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	all := operations(documentOf(t, app.Handler()))
	for _, line := range []string{
		"GET /", "GET /admin/loyalty", "GET /openapi.json", "GET /docs", "GET /health", "GET /ready", "POST /admin/query", "GET /store/products/{id}",
	} {
		if all[line] == nil {
			t.Errorf("%s is missing", line)
		}
	}
	for _, route := range server.AllRoutes(app.Shop, server.Config{}, []server.Routes{own}) {
		line := route.Method + " " + route.Path
		if all[line] == nil {
			t.Errorf("%s is no operation of the document", line)
		}
		delete(all, line)
	}
	for line := range all {
		t.Errorf("%s is no route", line)
	}
}

// What the document says of a route follows from its table.
func TestDocumentOfARoute(t *testing.T) {
	t.Parallel()
	d := documentOf(t, open(t, file(t)).Handler())
	all := operations(d)
	list, login := all["GET /admin/products"], all["POST /auth/{actor_type}/{provider}"]
	for _, name := range []string{"fields", "limit", "offset", "order", "with_deleted", "q", "category_id", "status", "created_at"} {
		if list.Parameters.GetByInAndName("query", name) == nil {
			t.Errorf("GET /admin/products has no parameter %s", name)
		}
	}
	if p := login.Parameters.GetByInAndName("path", "actor_type"); p == nil || !p.Required {
		t.Errorf("the parameter of the path is %+v", p)
	}
	body := login.RequestBody.Value
	if s := body.Content["application/json"].Schema.Value; !body.Required || strings.Join(s.Required, " ") != "email password" || *s.AdditionalProperties.Has {
		t.Errorf("the body of a login is %+v", s)
	}
	if open := all["POST /admin/links"].RequestBody.Value.Content["application/json"].Schema.Value; open.AdditionalProperties.Has != nil {
		t.Error("the ends of a link are other properties, which the document refuses")
	}
	if form := all["POST /admin/uploads"].RequestBody.Value.Content["multipart/form-data"]; form == nil || below(form.Schema.Value, "files").Items.Value.Format != "binary" {
		t.Errorf("the body of an upload is %+v", form)
	}
	for line, want := range map[string]string{
		"GET /health": "", "GET /admin/orders": "token, session, secret_key",
		"GET /store/products":     "publishable_key, publishable_key+token, publishable_key+session",
		"GET /store/customers/me": "publishable_key+token, publishable_key+session",
		"POST /auth/session":      "token, session",
	} {
		if got := admission(*all[line].Security); got != want {
			t.Errorf("%s is for %q, want %q", line, got, want)
		}
	}
	one, many := d.Components.Schemas["AdminOrder"].Value.Properties, d.Components.Schemas["AdminOrderInList"].Value.Properties
	if one["items"].Value.Description != "" || !strings.HasPrefix(many["items"].Value.Description, "when ") {
		t.Error("the schemas of an order are not named after what they are")
	}
	customer := one["customer"].Value // a link, which fields may ask for
	if len(customer.AllOf) != 1 || !customer.Nullable || below(customer.AllOf[0].Value, "email") == nil || below(customer.AllOf[0].Value, "orders.items.title") == nil {
		t.Errorf("the customer of an order is %+v", customer)
	}
	if theirs := below(schemaOf(t, all["GET /store/orders/{id}"]), "order"); theirs.Properties["cart"] != nil || below(theirs, "payment_collections.order") != nil {
		t.Error("storefronts are told of links that they may not follow")
	}
	since := list.Parameters.GetByInAndName("query", "created_at")
	if since.Style != "deepObject" || since.Schema.Ref != "#/components/schemas/Condition" || below(since.Schema.Value.AnyOf[2].Value, "$gte") == nil {
		t.Errorf("created_at of a list is %+v", since)
	}
	batch := schemaOf(t, all["POST /admin/products/batch"])
	if below(batch, "created.variants.prices.variant_id") == nil || below(batch, "deleted.ids") == nil {
		t.Errorf("the answer of a batch is %+v", batch)
	}
	record := schemaOf(t, all["GET /admin/orders/{id}"]).Properties["order"].Value
	for path, want := range map[string]string{
		"id": "string", "display_id": "integer", "items": "array", "items.unit_price": "number", "items.detail.fulfilled_quantity": "number",
		"items.variant.product.title": "string", "created_at": "string", "payment_collections.payments.amount": "number", "shipping_address.city": "string",
	} {
		if got := below(record, path); got == nil || !got.Type.Is(want) {
			t.Errorf("%s of an order is %+v, want %s", path, got, want)
		}
	}
	if address, city := below(record, "shipping_address"), below(record, "shipping_address.city"); !address.Nullable || !city.Nullable || below(record, "id").Nullable {
		t.Error("what may be null is not what the models say")
	}
	if status := below(record, "status"); len(status.Enum) == 0 {
		t.Error("the status of an order has no values")
	}
}

// admission is who may call an operation.
func admission(ways openapi3.SecurityRequirements) string {
	var out []string
	for _, way := range ways {
		var with []string
		for _, scheme := range []string{"publishable_key", "token", "session", "secret_key"} {
			if _, ok := way[scheme]; ok {
				with = append(with, scheme)
			}
		}
		out = append(out, strings.Join(with, "+"))
	}
	return strings.Join(out, ", ")
}

// schemaOf is the schema of what an operation answers in JSON, or nil.
func schemaOf(t *testing.T, o *openapi3.Operation) *openapi3.Schema {
	t.Helper()
	for status, response := range o.Responses.Map() {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		if media := response.Value.Content["application/json"]; media != nil {
			return media.Schema.Value
		}
	}
	return nil
}

// below follows names through objects and lists.
func below(s *openapi3.Schema, path string) *openapi3.Schema {
	for name := range strings.SplitSeq(path, ".") {
		if s.Items != nil {
			s = s.Items.Value
		}
		ref := s.Properties[name]
		if ref == nil {
			return nil
		}
		s = ref.Value
	}
	return s
}

// Two routes of one method and path are a mistake that the document tells.
func TestDocumentOfRoutesTwice(t *testing.T) {
	t.Parallel()
	app := open(t, file(t))
	route := api.Route{Method: http.MethodGet, Path: "/twice/{id}", Do: func(*api.Call) error { return nil }}
	_, err := openapi.Document(app.Shop, []api.Route{route, route}, "Shop", "1")
	if err == nil || !strings.Contains(err.Error(), "GET /twice/{id}") {
		t.Errorf("the error is %v", err)
	}
	again, err := openapi.Document(app.Shop, server.AllRoutes(app.Shop, server.Config{}, nil), "Shop", "1")
	if err != nil {
		t.Fatal(err)
	}
	same, err := openapi.Document(app.Shop, server.AllRoutes(app.Shop, server.Config{}, nil), "Shop", "1")
	if diff := cmp.Diff(decoded(t, string(again)), decoded(t, string(same))); err != nil || diff != "" || string(again) != string(same) {
		t.Errorf("the document is another each time: %v\n%s", err, diff)
	}
}

// The page carries all that it shows, but for the document, and its policy
// holds it to that.
func TestReferencePage(t *testing.T) {
	t.Parallel()
	handler := open(t, file(t)).Handler()
	page := get(t, handler, "/docs", nil)
	if page.status != http.StatusOK || page.header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Fatalf("status %d, %s", page.status, page.header.Get("Content-Type"))
	}
	policy := page.header.Get("Content-Security-Policy")
	for _, element := range []string{"script", "style"} {
		parts := strings.Split(page.body, "<"+element+">")
		if len(parts) != 2 {
			t.Fatalf("the page has %d elements %s", len(parts)-1, element)
		}
		text, _, _ := strings.Cut(parts[1], "</"+element+">")
		sum := sha256.Sum256([]byte(text))
		if want := element + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q has no %s", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the policy is %q", policy)
	}
	if bad := regexp.MustCompile(`https?://|src=|\son\w+=|\sstyle=|innerHTML|@import|\burl\(`).FindString(page.body); bad != "" {
		t.Errorf("the page has %q", bad)
	}
	if !strings.Contains(page.body, `fetch("openapi.json")`) {
		t.Error("the page does not read the document")
	}
}
