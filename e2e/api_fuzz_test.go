package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/server"
)

// FuzzRequests: whatever is asked, by whomever, the fault is not the server's,
// and the answer comes soon.
func FuzzRequests(f *testing.F) {
	s := serve(f, open(f, "sqlite:"+f.TempDir()+"/shop.db"), server.Config{})
	for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
		f.Add(r.Method, pathParameter.ReplaceAllString(r.Path, "o1"), "fields=*&limit=2&id[$ne]=x", `{"title": "a"}`, "admin")
	}
	for _, spelling := range spellings {
		f.Add("GET", "/store/orders/o1", "fields="+spelling, "", "ada")
		f.Add("GET", "/admin/orders", "order="+spelling, "", "secret")
	}
	for _, text := range hostile {
		f.Add("GET", "/admin/customers/"+text, text, text, "admin")
		f.Add("POST", "/admin/query", "", `{"entity": "order", "fields": ["`+text+`"]}`, "admin")
	}
	for _, body := range badBodies[:8] {
		f.Add("POST", "/admin/products", "", body, "admin")
	}
	f.Fuzz(func(t *testing.T, method, path, query, body, who string) {
		if method == "" || strings.ContainsFunc(method, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("()<>@,;:\\\"/[]?={}", r) }) {
			return // net/http does not let it through
		}
		if strings.HasPrefix(path, "/auth") && strings.Contains(body, "password") {
			return // a hash takes long on purpose
		}
		r := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(body))
		r.Method, r.URL = method, &url.URL{Path: "/" + strings.TrimPrefix(path, "/"), RawQuery: query}
		started := time.Now()
		got := s.send(s.as(who, r))
		if got.status == http.StatusInternalServerError || got.status < 200 || time.Since(started) > 20*time.Second {
			t.Errorf("%s %q?%q as %s %q: %d after %s: %s", method, path, query, who, body, got.status, time.Since(started), got.body)
		}
	})
}
