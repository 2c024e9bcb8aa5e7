package server

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/shop"

	"net/http"

	"github.com/gorgon-commerce/gorgon/db"
)

// systemRoutes returns the routes of the server itself: its health, and its
// counters unless m is nil.
func systemRoutes(s *shop.Shop, m *metrics) []api.Route {
	out := []api.Route{
		{
			Method: http.MethodGet, Path: "/health", Summary: "OK while the server and its database respond",
			Answer: api.Answer{Media: "text/plain"},
			Do: func(c *api.Call) error {
				if _, _, err := db.One[int64](c.Context(), db.Use(c.Context(), s.Store.DB), "SELECT 1"); err != nil {
					return err
				}
				return c.Data("text/plain; charset=utf-8", []byte("OK"))
			},
		},
	}
	if m != nil {
		out = append(out, m.route())
	}
	return out
}
