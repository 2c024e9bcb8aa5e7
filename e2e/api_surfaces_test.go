package e2e_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/server"
)

// Every answer of every route, and of none, has the security headers.
func TestAPISecurityHeaders(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		lines := []string{"GET /nothing", "GET /admin/nothing", "PUT /admin/orders", "OPTIONS /store/products", "GET /admin/orders?limit=x"}
		for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
			lines = append(lines, r.Method+" "+pathParameter.ReplaceAllString(r.Path, "o1"))
		}
		for _, line := range lines {
			for _, who := range []string{"nobody", "admin", "ada"} {
				got := s.call(who, line, "{}")
				for name, want := range map[string]string{
					"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
				} {
					if name == "Cache-Control" && line == "GET /explore" {
						want = "no-cache" // the same files for everyone
					}
					if value := got.header.Get(name); value != want {
						t.Errorf("%s as %s: %s is %q, want %q", line, who, name, value, want)
					}
				}
				policy := got.header.Get("Content-Security-Policy")
				if !strings.HasPrefix(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
					t.Errorf("%s as %s: the policy is %q", line, who, policy)
				}
			}
		}
	})
}

// oddNames mean something to a parser on their way, or cannot be stored.
var oddNames = []string{
	"", `\`, `\\`, `"`, `\"`, `"\`, "'", ".", "..", "a.b", "$", "$$", "$.a", "[", "]", "][", "[0]", "[]", "{", "}", ",", " ", "\n", "\x00", "a\x00b", "\x01", "\xff", "\xed\xa0\x80", "\u2028", "👕",
	"*", "%", "?", "#-1", "$and", "$not", "$like", "$re", "null", "0", "-1", "id", "*.*", strings.Repeat("k", 3000), strings.Repeat(".", 200), strings.Repeat(`\`, 301), strings.Repeat(`"`, 301),
}

// Whatever a name is, it is known or the caller's mistake.
func TestAPIOddNames(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		mistake := func(line, body string, got reply) {
			t.Helper()
			if got.status >= 500 || got.status != http.StatusOK && !strings.Contains(got.body, `"type":"`) {
				t.Errorf("%.200q %.200q: %d %.300s", line, body, got.status, got.body)
			}
		}
		for _, name := range oddNames {
			k := url.QueryEscape(name)
			for _, query := range []string{
				"metadata[" + k + "]=1", "metadata." + k + "=1", "metadata[a][" + k + "]=1", "metadata[" + k + "][$gt]=1", "metadata[" + k + "][$in][]=1", "metadata[" + k + "]=null", k + "=1",
				"id[" + k + "]=1", "items.metadata[" + k + "]=x", "fields=metadata." + k, "fields=" + k, "order=metadata." + k, "order=" + k, "$or[0][metadata][" + k + "]=1",
			} {
				line := "GET /admin/orders?" + query
				mistake(line, "", s.call("admin", line, ""))
				line = "GET /admin/customers?" + query
				mistake(line, "", s.call("admin", line, ""))
			}
			quoted, err := json.Marshal(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{string(quoted), `"` + name + `"`, `"\ud800"`, `"\udc00\ud800"`, `"\u0000"`} {
				for _, body := range []string{
					fmt.Sprintf(`{"entity": "order", "fields": ["id"], "filters": {"metadata": {%s: 1}}}`, key),
					fmt.Sprintf(`{"entity": "order", "fields": ["id"], "filters": {%s: 1}}`, key),
					fmt.Sprintf(`{"entity": "order", "fields": ["id", %s], "order": [%s]}`, key, key),
				} {
					mistake("POST /admin/query", body, s.call("admin", "POST /admin/query", body))
				}
				body := fmt.Sprintf(`{"metadata": {%s: {%s: %s}}}`, key, key, key)
				mistake("POST /admin/customers/cus", body, s.call("admin", "POST /admin/customers/cus", body))
			}
		}
		for _, body := range []string{`{"metadata": {"\u0000": 1}}`, `{"metadata": {"a": "\u0000"}}`, `{"metadata": {"\ud800": 1}}`} {
			contains(t, body, s.want(t, 400, "admin", "POST /admin/customers/cus", body), `{"type": "invalid_data"}`)
		}
	})
}

// broken is a way to break a shop, and a request that then fails.
type broken struct {
	parameters string // of PostgreSQL's URL
	line, body string
	status     int
	breaks     func(t *testing.T, app, other *gorgon.App)
}

const newCustomer = `{"email": "new@example.com", "metadata": {"a": "b"}}`

func statements(list ...string) func(t *testing.T, app, other *gorgon.App) {
	return func(t *testing.T, app, _ *gorgon.App) {
		for _, sql := range list {
			if _, err := app.DB().Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// holds has another connection hold a lock until the test ends.
func holds(sql string) func(t *testing.T, app, other *gorgon.App) {
	return func(t *testing.T, app, other *gorgon.App) {
		if app.DB().Dialect().Name() == "sqlite" {
			statements("PRAGMA busy_timeout = 0")(t, app, other)
		}
		tx, err := other.DB().Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = tx.Rollback(t.Context()) })
		if sql != "" {
			if _, err := tx.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
	}
}

var breaks = map[string]map[string]broken{
	"sqlite": {
		"read-only":        {line: "POST /admin/customers", body: newCustomer, status: 503, breaks: statements("PRAGMA query_only = 1")},
		"locked":           {line: "POST /admin/customers", body: newCustomer, status: 503, breaks: holds("")},
		"full":             {line: "POST /admin/product-tags", body: `{"value": "b", "metadata": {"a": "` + strings.Repeat("x", 500_000) + `"}}`, status: 503, breaks: statements("PRAGMA max_page_count = 1")},
		"a table is lost":  {line: "GET /admin/customers", status: 500, breaks: statements("ALTER TABLE customer RENAME TO lost")},
		"a column is lost": {line: "POST /admin/customers", body: newCustomer, status: 500, breaks: statements("ALTER TABLE customer RENAME COLUMN phone TO lost")},
	},
	"postgres": {
		"read-only":        {parameters: "-cdefault_transaction_read_only=on", line: "POST /admin/customers", body: newCustomer, status: 503},
		"locked":           {parameters: "-clock_timeout=10", line: "GET /admin/customers", status: 503, breaks: holds("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE")},
		"a table is lost":  {line: "GET /admin/customers", status: 500, breaks: statements("ALTER TABLE customer RENAME TO lost")},
		"a column is lost": {line: "POST /admin/customers", body: newCustomer, status: 500, breaks: statements("ALTER TABLE customer RENAME COLUMN phone TO lost")},
	},
}

// secrets are what no answer may name.
var secrets = []string{"shop.db", "SQLite", "sqlite", "PostgreSQL", "postgres", "SQLSTATE", "SELECT", "INSERT", "PRAGMA", "no such", "relation ", "column", "127.0.0.1", "goroutine"}

// Whatever breaks below the API, a client hears that it did, and not where the
// database is or what it was asked.
func TestAPIErrorsTellNothing(t *testing.T) {
	t.Parallel()
	for database, cases := range breaks {
		cases = maps.Clone(cases)
		cases["closed"] = broken{line: "GET /admin/customers", status: 503, breaks: func(t *testing.T, app, _ *gorgon.App) {
			if err := app.DB().Close(); err != nil {
				t.Fatal(err)
			}
		}}
		cases["a bad expression"] = broken{line: "POST /admin/query", body: `{"entity": "customer", "fields": ["id"], "filters": {"email": {"$re": "("}}}`, status: 400}
		for name, test := range cases {
			t.Run(database+"/"+name, func(t *testing.T) {
				t.Parallel()
				home := file(t)
				if database == "postgres" {
					home = dbtest.PostgresURL(t)
				}
				other := gorgontest.Open(t, gorgon.New, home)
				token := gorgontest.Token(t, other)
				if database == "postgres" && test.parameters != "" {
					home += "&options=" + url.QueryEscape(test.parameters)
				}
				app := gorgon.New(gorgon.Config{Database: home})
				if err := app.Connect(t.Context()); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = app.Close() })
				if test.breaks != nil {
					test.breaks(t, app, other)
				}
				tells(t, app, token, test, home)
			})
		}
	}
}

func tells(t *testing.T, app *gorgon.App, token string, test broken, home string) {
	t.Helper()
	method, path, _ := strings.Cut(test.line, " ")
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(test.body))
	r.Header.Set("Authorization", "Bearer "+token)
	w := gorgontest.Do(t, app, r)
	body := w.Body.String()
	if w.Code != test.status || !strings.Contains(body, `"message":"`) || (w.Header().Get("Retry-After") != "") != (test.status == http.StatusServiceUnavailable) {
		t.Errorf("%d %s", w.Code, body)
	}
	hidden := secrets
	if d, ok := app.DB().(*sqlite.Database); ok {
		hidden = append([]string{d.Path()}, hidden...)
	}
	for _, secret := range append([]string{home}, hidden...) {
		if strings.Contains(body, secret) {
			t.Errorf("the answer has %q: %s", secret, body)
		}
	}
}

// What an own route says of its own trouble is for the client; what it says of
// an error below it is not.
func TestAPIErrorsOfOwnRoutes(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"its own":     {fault.New(fault.Unavailable, "the carrier does not respond"), `{"type":"unavailable","message":"the carrier does not respond"}`},
		"of an error": {fault.Wrap(fs.ErrNotExist, fault.Unavailable, "cannot read /etc/carrier.conf"), `{"type":"unavailable","message":"the shop is not available at the moment; try again later"}`},
		"a violation": {&db.Violation{Kind: db.CheckViolation, Table: "customer"}, `{"type":"unknown_error","message":"an internal error occurred; the log has the details","code":"unknown_error"}`},
	} {
		route := api.Route{Method: http.MethodGet, Path: "/own", Do: func(*api.Call) error { return test.err }}
		w := httptest.NewRecorder()
		api.New(nil, []api.Route{route}, api.Options{}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/own", http.NoBody))
		if w.Body.String() != test.want {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}
