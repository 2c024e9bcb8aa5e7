package e2e_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// brokenOff is how many bytes a stream has sent when it fails.
const brokenOff = 100_000

// ownRoutes are routes such as shops have.
func ownRoutes(s *shop.Shop) []api.Route {
	get := func(path string, do func(c *api.Call) error) api.Route {
		return api.Route{Method: http.MethodGet, Path: path, Do: do}
	}
	fails := func(bytes int) func(c *api.Call) error {
		return func(c *api.Call) error {
			return c.Stream("text/csv", func(w io.Writer) error {
				if _, err := io.WriteString(w, strings.Repeat("x", bytes)); err != nil {
					return err
				}
				return fault.New(fault.NotAllowed, "no more")
			})
		}
	}
	return []api.Route{
		get("/export.csv", func(c *api.Call) error {
			c.SetHeader("Content-Disposition", `attachment; filename="orders.csv"`)
			return c.Stream("text/csv; charset=utf-8", func(w io.Writer) error {
				table := csv.NewWriter(w)
				err := table.Write([]string{"id", "email"})
				if err != nil {
					return err
				}
				err = s.Query.Each(c.Context(), query.Request{Entity: "order", Fields: []string{"id", "email"}, Order: []string{"id"}}, func(record []byte) error {
					var o struct{ ID, Email string }
					if err := json.Unmarshal(record, &o); err != nil {
						return err
					}
					return table.Write([]string{o.ID, o.Email})
				})
				table.Flush()
				return errors.Join(err, table.Error())
			})
		}),
		get("/nothing.csv", func(c *api.Call) error { return c.Stream("text/csv", func(io.Writer) error { return nil }) }),
		get("/broken.csv", fails(brokenOff)),
		get("/refused.csv", fails(0)),
		get("/moved", func(c *api.Call) error { return c.Redirect("/health", http.StatusSeeOther) }),
		{Method: http.MethodPost, Path: "/hook", Do: func(c *api.Call) error {
			text, err := c.Text()
			if err != nil || string(text) != "an event" {
				return fault.New(fault.InvalidData, "%q is not the event (%v)", text, err)
			}
			c.Status(http.StatusAccepted)
			return nil
		}},
		{Method: http.MethodPost, Path: "/created", Status: http.StatusCreated, Do: func(*api.Call) error { return nil }},
		get("/list", func(c *api.Call) error {
			p, err := c.Page(2)
			if err != nil {
				return err
			}
			res, err := s.Query.Graph(c.Context(), p.Request("order", "id"))
			if err != nil {
				return err
			}
			return c.List("own", res, p)
		}),
	}
}

// visit sends a request over a connection of its own, follows no redirect, and
// returns the response with what could be read of its body.
func visit(t *testing.T, method, url, body string, compressed bool) (reply, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableCompression: !compressed, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	r, err := client.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = r.Body.Close() }()
	b, err := io.ReadAll(r.Body)
	return reply{r.StatusCode, r.Header, string(b)}, err
}

// Routes of a shop's own answer whatever HTTP can say.
func TestOwnRoutes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		stock(t, app)
		app.Routes(ownRoutes)
		base := gorgontest.Serve(t, app)
		for line, want := range map[string]struct {
			status  int
			headers http.Header
			body    string
		}{
			"GET /export.csv": {200, http.Header{"Content-Type": {"text/csv; charset=utf-8"}, "Content-Disposition": {`attachment; filename="orders.csv"`}},
				"id,email\no1,\no2,\n"},
			"GET /nothing.csv":                 {200, http.Header{"Content-Type": {"text/csv"}}, ""},
			"GET /moved":                       {303, http.Header{"Location": {"/health"}}, "<a href=\"/health\">See Other</a>.\n\n"},
			"POST /hook":                       {202, http.Header{"Content-Type": nil, "Content-Length": {"0"}}, ""},
			"POST /created":                    {201, http.Header{"Content-Type": nil}, ""},
			"GET /list":                        {200, http.Header{"Content-Type": {"application/json; charset=utf-8"}}, `{"own":[{"id":"o1"},{"id":"o2"}],"count":2,"offset":0,"limit":2}`},
			"GET /list?limit=1&offset=1":       {200, nil, `{"own":[{"id":"o2"}],"count":2,"offset":1,"limit":1}`},
			"GET /list?limit=1&order=-id":      {200, nil, `{"own":[{"id":"o2"}],"count":2,"offset":0,"limit":1}`},
			"GET /list?limit=0":                {200, nil, `{"own":[],"count":2,"offset":0,"limit":0}`},
			"GET /list?limit=x":                {400, nil, `{"type":"invalid_data","message":"Invalid request: Expected type: 'number' for field 'limit', got: 'x'"}`},
			"GET /refused.csv":                 {400, http.Header{"Content-Type": {"application/json; charset=utf-8"}}, `{"type":"not_allowed","message":"no more"}`},
			"GET /list?limit=2&offset=5":       {200, nil, `{"own":[],"count":2,"offset":5,"limit":2}`},
			"GET /list?with_deleted=perhaps":   {400, nil, `{"type":"invalid_data","message":"Invalid request: Expected type: 'boolean' for field 'with_deleted', got: 'perhaps'"}`},
			"GET /list?order=nonsense&limit=1": {400, nil, ""},
		} {
			method, path, _ := strings.Cut(line, " ")
			got, err := visit(t, method, base+path, "an event", true)
			if err != nil {
				t.Errorf("%s: %v", line, err)
				continue
			}
			if got.status != want.status || got.body != want.body && (want.body != "" || want.status < 400) {
				t.Errorf("%s: %d %q, want %d %q", line, got.status, got.body, want.status, want.body)
			}
			for name, values := range want.headers {
				if has := got.header.Values(name); fmt.Sprint(has) != fmt.Sprint(values) {
					t.Errorf("%s: the header %s is %q, want %q", line, name, has, values)
				}
			}
		}
	})
}

// A stream that fails on the way breaks the connection off: what came is no
// whole answer, and no error is written into it.
func TestAStreamThatFailsBreaksOff(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		app.Routes(ownRoutes)
		url := gorgontest.Serve(t, app) + "/broken.csv"
		got, err := visit(t, http.MethodGet, url, "", false)
		if !errors.Is(err, io.ErrUnexpectedEOF) || got.status != http.StatusOK || got.body == "" || strings.Trim(got.body, "x") != "" {
			t.Errorf("%d, %d bytes, %v: %.100s", got.status, len(got.body), err, strings.Trim(got.body, "x"))
		}
		if got, err := visit(t, http.MethodGet, url, "", true); err == nil {
			t.Errorf("compressed, it looks whole: %d bytes", len(got.body))
		}
	})
}

// A route of the shop's own that takes the place of a built-in one is logged.
func TestOwnRouteInThePlaceOfAnother(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		var log strings.Builder
		own := func(*shop.Shop) []api.Route {
			serve := func(c *api.Call) error { return c.One("own", []byte("true")) }
			return []api.Route{{Method: "GET", Path: "/admin/products", Do: serve}, {Method: "POST", Path: "/admin/orders/{order}/cancel", Do: serve}} // the second is to come
		}
		s.handler = server.New(s.app.Shop, server.Config{Log: slog.New(slog.NewTextHandler(&log, nil))}, []server.Routes{own}).Handler()
		if got := s.want(t, http.StatusOK, "admin", "GET /admin/products", ""); got["own"] != true {
			t.Errorf("the answer is %v", got)
		}
		if got := s.want(t, http.StatusOK, "admin", "POST /admin/orders/o1/cancel", "{}"); got["own"] != true {
			t.Errorf("the answer in the place of a route to come is %v", got)
		}
		if text := log.String(); strings.Count(text, "place of another") != 1 || !strings.Contains(text, "GET /admin/products") {
			t.Errorf("the log: %s", text)
		}
	})
}
