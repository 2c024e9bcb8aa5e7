package api

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/db"
)

// SystemRoutes are the routes of the server itself: whether it is well, and
// its counters when there are any.
func SystemRoutes(s *Shop, m *Metrics) []Route {
	out := []Route{
		{
			Method: http.MethodGet, Path: "/health", Summary: "OK when the server and its database answer",
			Answer: Answer{Media: "text/plain"},
			Do: func(c *Call) error {
				if _, _, err := db.One[int64](c.Context(), db.Use(c.Context(), s.Store.DB), "SELECT 1"); err != nil {
					return err
				}
				c.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
				_, _ = c.w.Write([]byte("OK")) // the client may be gone
				return nil
			},
		},
	}
	if m != nil {
		out = append(out, m.route())
	}
	return out
}
