package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
)

// A pattern matches whole hosts, and digits as a port.
func TestOrigins(t *testing.T) {
	t.Parallel()
	for pattern, test := range map[string]struct{ allowed, refused []string }{
		"http://localhost:*": {
			[]string{"http://localhost:5173", "http://localhost:1", "HTTP://LOCALHOST:8000"},
			[]string{
				"http://localhost:1.evil.com", "http://localhost:evil.com", "http://localhost:", "http://localhost", "http://localhost:1@evil.com", "http://localhost:123456",
				"https://localhost:1", "http://evil.com:1", "http://xlocalhost:1", "http://localhost.evil.com:1", "http://localhost:1/x", "http://localhost:1\n", "null", "",
			},
		},
		"https://*.example.com": {
			[]string{"https://shop.example.com", "https://a.b.example.com", "https://SHOP.example.com"},
			[]string{
				"https://example.com", "https://.example.com", "https://evilexample.com", "https://shop.example.com.evil.com", "https://evil.com/.example.com", "https://evil.com#.example.com",
				"https://shop.example.com:8443", "http://shop.example.com", "https://evil.com:1.example.com", "https://evil.com?.example.com", "https://shopXexample.com", "https://evil.com\\.example.com",
			},
		},
		"https://shop-*.vercel.app": {
			[]string{"https://shop-abc123.vercel.app", "https://shop-a-b.vercel.app"},
			[]string{"https://shop-.vercel.app", "https://shop-a.evil.vercel.app", "https://evil.vercel.app", "https://shop-a.vercel.app.evil.com", "https://xshop-a.vercel.app"},
		},
		"https://shop.example.com": {
			[]string{"https://shop.example.com"},
			[]string{"https://shop.example.com:443", "https://shopXexample.com", "https://shop.example.com.evil.com", "https://a.shop.example.com"},
		},
		"http://[::1]:*":        {[]string{"http://[::1]:3000"}, []string{"http://[::1]", "http://[::1]:3000.evil.com", "http://[::2]:3000"}},
		"capacitor://localhost": {[]string{"capacitor://localhost"}, []string{"http://localhost", "capacitor://localhost.evil.com"}},
	} {
		handler := api.New(nil, []api.Route{{Method: http.MethodGet, Path: "/store/products"}}, api.Options{Origins: api.Origins{Store: []string{pattern}}})
		for want, origins := range map[bool][]string{true: test.allowed, false: test.refused} {
			for _, origin := range origins {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "/store/products", http.NoBody)
				r.Header.Set("Origin", origin)
				r.Header.Set("Access-Control-Request-Method", http.MethodGet)
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, r)
				allowed := w.Header().Get("Access-Control-Allow-Origin")
				if (allowed == origin && origin != "") != want || !want && (allowed != "" || w.Header().Get("Access-Control-Allow-Credentials") != "") {
					t.Errorf("%s lets %q call: %q", pattern, origin, allowed)
				}
			}
		}
	}
}

// Any site may call only without credentials.
func TestOriginsOfAnySite(t *testing.T) {
	t.Parallel()
	handler := api.New(nil, []api.Route{{Method: http.MethodGet, Path: "/store/products"}}, api.Options{Origins: api.Origins{Store: []string{"*"}}})
	r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "/store/products", http.NoBody)
	r.Header.Set("Origin", "https://anything.example")
	r.Header.Set("Access-Control-Request-Method", http.MethodGet)
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if h := w.Header(); h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("%v", h)
	}
}

func TestOriginsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{
		"", "localhost", "https://", "https://*", "https://*.com", "https://*example.com", "https://example.*", "https://*.*.example.com", "https://example.com/", "https://example.com/path",
		"https://user@example.com", "https://example.com:", "https://example.com:*1", "/vercel\\.app$/", "https://exa mple.com", "null", "https://example.com\n",
	} {
		if err := (api.Origins{Auth: []string{origin}}).Check(); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v", origin, err)
		}
	}
	if err := (api.Origins{Admin: []string{"*", "http://*.localhost:*"}, Store: []string{"https://*.example.co.uk"}}).Check(); err != nil {
		t.Error(err)
	}
}
