package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Bodies that every route with a body refuses, and why.
var badBodies = []string{
	`{`, `[]`, `null`, `"text"`, `{} {}`, `{"a":1,}`, "{\"email\": \"\xff\"}", `{"nonsense_key": 1}`, strings.Repeat("[", 60_000), strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000),
}

// A message says what would be right, and suggests what exists.
func TestAPIHints(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for line, message := range map[string]string{
			"/admin/customers?limit=10001":    "limit is 10001; the largest page is 10000: use offset to get more",
			"/admin/customers?a.b.c=x":        "Invalid request: Unrecognized fields: 'a.b.c'",
			"/admin/orders?a.b.c=x":           "Invalid request: Unrecognized fields: 'a.b.c'",
			"/admin/orders?=1":                "Invalid request: a parameter has no name; want name=value",
			"/admin/customers?group.name=x":   "Invalid request: Unrecognized fields: 'group.name'; did you mean groups.name?",
			"/admin/customers?emial=x":        "Invalid request: Unrecognized fields: 'emial'; did you mean email?",
			"/admin/customers?metdata.gift=1": "Invalid request: Unrecognized fields: 'metdata.gift'; did you mean metadata.gift?",
		} {
			contains(t, line, s.want(t, 400, "admin", "GET "+line, ""), fmt.Sprintf(`{"type": "invalid_data", "message": %q}`, message))
		}
	})
}

// Conditions that every record meets are no mistake: with and without words, counted.
func TestAPIEmptyConditions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		all := at(s.want(t, 200, "admin", "GET /admin/products?limit=1", ""), "count")
		for _, query := range []string{"$and[0][q]=", "$or[0][q]=", "$and[0][q]=&$or[0][q]="} {
			if got := at(s.want(t, 200, "admin", "GET /admin/products?limit=1&fields=id&"+query, ""), "count"); got != all {
				t.Errorf("%s finds %v of %v products", query, got, all)
			}
		}
		s.want(t, 200, "admin", "POST /admin/query", `{"entity": "product", "fields": ["id"], "filters": {"$and": [{}]}, "count": true}`)
	})
}

// hostile is text that some parser on the way may trip over.
var hostile = []string{
	"'; DROP TABLE \"order\"; --", "1 OR 1=1", "\" OR \"\"=\"", "%00", "a%00b", "%ff%fe", "%", "%zz", "\\", "${7*7}", "../../etc/passwd", "<script>", "1e999", "NaN", "null",
	strings.Repeat("a", 5000), strings.Repeat("a.", 500) + "a", strings.Repeat("[", 100), "%F0%9F%98%80", "$where", "--", "/*", ";",
}

func TestAPIBadBodies(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
			if r.Method != http.MethodPost || r.Body == nil || strings.HasSuffix(r.Path, "/revoke") || strings.HasPrefix(r.Path, "/auth") {
				continue
			}
			line := "POST " + pathParameter.ReplaceAllString(r.Path, "nothing")
			who := map[api.Access]string{api.Admin: "admin", api.AnyToken: "admin"}[r.Access]
			if who == "" {
				who = "ada"
			}
			for _, body := range badBodies {
				if got := s.call(who, line, body); got.status != 400 || !strings.Contains(got.body, `"type":"invalid_data"`) {
					t.Errorf("%s %.60q: %d %.200s", line, body, got.status, got.body)
				}
			}
		}
		for body, message := range map[string]string{
			`{}`: "Invalid request: Field 'title' is required; Field 'type' is required",
			`{"title": 1, "type": "x", "b": 1, "a": 2}`: "Invalid request: Expected type: 'string' for field 'title', got: '1'; Expected: 'publishable, secret' for field 'type', but got: 'x'; Unrecognized fields: 'a, b'",
		} {
			contains(t, body, s.want(t, 400, "admin", "POST /admin/api-keys", body), fmt.Sprintf(`{"type": "invalid_data", "message": %q}`, message))
		}
		contains(t, "duplicate", s.want(t, 400, "admin", "POST /admin/product-tags", `{"value": "new"}`), `{"type": "invalid_data"}`)
	})
}

// endlessBody is a body of 100 MiB that counts what is read of it.
type endlessBody struct{ read int }

func (e *endlessBody) Read(b []byte) (int, error) {
	if e.read >= 100<<20 {
		return 0, io.EOF
	}
	e.read += len(b)
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func TestAPILargeBodies(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, length := range []int64{100 << 20, -1} { // told before, and not
			body := &endlessBody{}
			r := s.as("admin", httptest.NewRequest(http.MethodPost, "/admin/customers", body))
			r.ContentLength = length
			if got := s.send(r); got.status != 413 || body.read > 4<<20 || length > 0 && body.read > 0 {
				t.Errorf("%d: %d %s after %d bytes", length, got.status, got.body, body.read)
			}
		}
	})
}

// Hostile text in each place of a URL gets an answer of the caller's.
func TestAPIHostileText(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, path := range []string{"/admin/orders", "/admin/customers", "/admin/products", "/admin/promotions", "/admin/currencies", "/store/products", "/store/orders"} {
			who := "admin"
			if strings.HasPrefix(path, "/store") {
				who = "ada"
			}
			for _, text := range hostile {
				text = strings.NewReplacer(" ", "+", "\"", "%22", "<", "%3C", ">", "%3E", "\\", "%5C", ";", "%3B").Replace(text)
				for _, query := range []string{"fields=", "order=", "limit=", "offset=", "q=", "id=", "id[]=", "id[$in][]=", "id[$gt]=", "id[$like]=", "id[$re]=", "created_at[$gt]=", "with_deleted=", "version=", "$or[0][id]=", "fields[]=", "region_id="} {
					s.harmless(t, who, "GET "+path+"?"+query+text)
				}
				s.harmless(t, who, "GET "+path+"?"+text+"=1")
				s.harmless(t, who, "GET "+path+"?id["+text+"]=1")
				s.harmless(t, who, "GET "+path+"?fields="+strings.Repeat("*"+text+",", 50))
				if !strings.Contains(text, "/") && !strings.HasPrefix(text, "%z") && text != "%" && !strings.Contains(text, "..") {
					s.harmless(t, who, "GET "+path+"/"+text)
				}
			}
			for _, id := range []string{"cus", "prod", "o1", "reg", s.secret.ID} { // of another kind
				s.harmless(t, who, "GET "+path+"/"+id)
			}
		}
		for query, status := range map[string]int{
			strings.Repeat("a=1&", 2000): 400, "a" + strings.Repeat("[b]", 20) + "=1": 400, "id[a=1": 400, "fields=" + strings.Repeat("items.product.variants.", 200) + "id": 200,
			"fields=" + strings.Repeat("*items,", 5000): 200, "offset=9223372036854775807": 200, "offset=9223372036854775808": 400,
		} {
			if got := s.call("admin", "GET /admin/customers?"+query, ""); got.status != status {
				t.Errorf("%.60s: %d %.300s, want %d", query, got.status, got.body, status)
			}
		}
		if got := ids(s.want(t, 200, "admin", "GET /admin/orders?fields=id&order=id", "")["orders"]); got != "[o1 o2 o_eve]" {
			t.Errorf("afterwards: %s", got)
		}
	})
}

// harmless fails the test when the server is at fault, or tells how it is made.
func (s *served) harmless(t *testing.T, who, line string) {
	t.Helper()
	method, target, _ := strings.Cut(line, " ")
	r, err := http.NewRequestWithContext(t.Context(), method, "http://localhost"+target, nil)
	if err != nil {
		return // net/http refuses it before us
	}
	got := s.send(s.as(who, r))
	if got.status >= 500 || strings.Contains(got.body, "goroutine ") || strings.Contains(got.body, "SQLSTATE") || strings.Contains(got.body, "SELECT ") {
		t.Errorf("%.200s: %d %.300s", line, got.status, got.body)
	}
}

// A route that panics costs one answer, and tells nothing.
func TestAPIPanics(t *testing.T) {
	t.Parallel()
	app := open(t, file(t))
	broken := true
	app.Routes(func(*shop.Shop) []api.Route {
		return []api.Route{
			{Method: http.MethodGet, Path: "/boom", Do: func(*api.Call) error { panic("a secret of ours") }},
			{Method: http.MethodGet, Path: "/away", Do: func(c *api.Call) error {
				if broken {
					return fault.Wrap(errors.New("connection refused"), fault.Unavailable, "the database does not answer")
				}
				return c.JSON("back")
			}},
		}
	})
	s := &served{app: app, handler: app.Handler()}
	if got := s.call("nobody", "GET /boom", ""); got.status != 500 || strings.Contains(got.body, "secret") || strings.Contains(got.body, "goroutine") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := s.call("nobody", "GET /away", ""); got.status != 503 || got.header.Get("Retry-After") != "1" || strings.Contains(got.body, "refused") {
		t.Errorf("%d %v %s", got.status, got.header, got.body)
	}
	broken = false
	if got := s.call("nobody", "GET /away", ""); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// A database that is closed is one that is away: every route says so, and
// whether the token is good is not known.
func TestAPIDatabaseAway(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		cold := open(t, s.database)
		fresh := &served{app: cold, handler: cold.Handler(), user: s.user, secret: s.secret, key: s.key, ada: s.ada}
		for _, app := range []*gorgon.App{s.app, cold} {
			if err := app.Close(); err != nil {
				t.Fatal(err)
			}
		}
		for _, line := range []string{"admin GET /admin/orders", "admin GET /admin/orders/o1", "secret GET /admin/orders", "store GET /store/products", "ada GET /store/customers/me", "nobody GET /ready", "admin POST /admin/customers"} {
			who, request, _ := strings.Cut(line, " ")
			for name, at := range map[string]*served{"warm": s, "cold": fresh} {
				if got := at.call(who, request, "{}"); got.status != 503 || got.header.Get("Retry-After") == "" {
					t.Errorf("%s, %s: %d %s", name, line, got.status, got.body)
				}
			}
		}
	})
}

// A client that never ends its header is let go; a request in flight is
// finished before the server ends.
func TestAPIServer(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, func(c gorgon.Config) *gorgon.App {
		c.Server.Address, c.Server.MetricsAddress = "127.0.0.1:0", "127.0.0.1:0"
		return gorgon.New(c)
	}, file(t))
	entered, leave := make(chan bool), make(chan bool)
	app.Routes(func(*shop.Shop) []api.Route {
		return []api.Route{{Method: http.MethodGet, Path: "/slow", Do: func(c *api.Call) error {
			entered <- true
			<-leave
			return c.JSON("done")
		}}}
	})
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- app.ListenAndServe(ctx, func(a string) { ready <- a }) }()
	var address string
	select {
	case address = <-ready:
	case err := <-ended:
		t.Fatal(err)
	}

	dribbler, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(dribbler, "GET /health HTTP/1.1\r\nHost: a\r\nX-Never: end")
	if err := dribbler.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(dribbler); err != nil { // ends when the server closes
		t.Errorf("the dribbler still hangs on: %q, %v", text, err)
	}

	answer := make(chan string, 1)
	go func() {
		r, err := http.Get("http://" + address + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer func() { _ = r.Body.Close() }()
		text, _ := io.ReadAll(r.Body)
		answer <- string(text)
	}()
	<-entered
	stop()
	for { // until nobody new is let in
		conn, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		_ = conn.Close()
	}
	select {
	case err := <-ended:
		t.Fatalf("the server ended before its request: %v", err)
	default:
	}
	close(leave)
	if got := <-answer; got != `"done"` {
		t.Errorf("the request in flight got %s", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
