package server_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Handler serves the whole API, here with one more route, for a program with a
// server of its own.
func ExampleHandler() {
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	b, err := shop.Build(shop.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := b.Connect(ctx, "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Close()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		fmt.Println(err)
		return
	}

	own := func(s *shop.Shop) []api.Route {
		return []api.Route{{
			Method: http.MethodGet, Path: "/hello", Access: api.Public,
			Do: func(c *api.Call) error { return c.JSON(map[string]string{"hello": c.Query("name")}) },
		}}
	}
	handler := server.Handler(s, server.Config{}, []server.Routes{own})

	for _, path := range []string{"/health", "/hello?name=ada", "/admin/orders"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		fmt.Println(path, w.Code, w.Body)
	}
	// Output:
	// /health 200 OK
	// /hello?name=ada 200 {"hello":"ada"}
	// /admin/orders 401 {"message":"Unauthorized"}
}
