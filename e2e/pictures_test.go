package e2e_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/server"
)

// Every picture that the demo shop names is served, to anyone.
func TestDemoPicturesAreServed(t *testing.T) {
	t.Parallel()
	app := open(t, file(t))
	if _, err := demo.Seed(t.Context(), app.Shop, demo.Options{Seed: 1, Orders: 40}); err != nil {
		t.Fatal(err)
	}
	s := &served{app: app, handler: server.Handler(app.Shop, server.Config{}, nil)}
	rows, err := app.DB().Query(t.Context(), "SELECT thumbnail FROM product UNION SELECT url FROM image UNION SELECT url FROM order_claim_item_image")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var url string
		if err := rows.Scan(&url); err != nil {
			t.Fatal(err)
		}
		n++
		if !strings.HasPrefix(url, "/static/demo/") {
			t.Errorf("%s is elsewhere", url)
			continue
		}
		if got := s.call("nobody", "GET "+url, ""); got.status != http.StatusOK || got.header.Get("Content-Type") != "image/svg+xml" {
			t.Errorf("%s: %d %v", url, got.status, got.header)
		}
	}
	if err := rows.Err(); err != nil || n < 60 {
		t.Errorf("%d pictures, %v", n, err)
	}
	for _, name := range []string{"A.svg", "a%2fb.svg", "%3Cscript%3E.svg", strings.Repeat("a", 81) + ".svg", "a.png", ".svg", "a"} {
		if got := s.call("nobody", "GET /static/demo/"+name, ""); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, got.status)
		}
	}
}
