package server

import (
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/shop"
)

// systemRoutes returns the routes of the server itself.
func systemRoutes(s *shop.Shop, r *readiness) []api.Route {
	text := func(c *api.Call) error { return c.Data("text/plain; charset=utf-8", []byte("OK")) }
	return append(exploreRoutes(), []api.Route{
		indexRoute(), pictureRoute(),
		{
			Method: http.MethodGet, Path: "/health", Summary: "OK while the process responds",
			Answer: api.Answer{Media: "text/plain"}, Do: text,
		},
		{
			Method: http.MethodGet, Path: "/ready", Summary: "OK while the server should get requests",
			Answer: api.Answer{Media: "text/plain"},
			Do: func(c *api.Call) error {
				if err := r.check(c.Context(), s); err != nil {
					return err
				}
				return text(c)
			},
		},
	}...)
}

// index is what GET / tells a program.
type index struct {
	Name          string `json:"name"`
	Description   string `json:"description"`
	Explorer      string `json:"explorer"`
	Admin         string `json:"admin"`
	Store         string `json:"store"`
	Auth          string `json:"auth"`
	Documentation string `json:"documentation"`
	OpenAPI       string `json:"openapi"`
	Health        string `json:"health"`
	Ready         string `json:"ready"`
}

// indexRoute returns GET /, which leads browsers to the explorer, and tells
// programs in JSON what this is and where the rest is.
func indexRoute() api.Route {
	about := index{
		"Gorgon", "The REST API of a shop, in the form of Medusa v2",
		"/explore", "/admin", "/store", "/auth", "/docs", "/openapi.json", "/health", "/ready",
	}
	shape := body.Object{}
	for _, name := range []string{"name", "description", "explorer", "admin", "store", "auth", "documentation", "openapi", "health", "ready"} {
		shape = append(shape, body.Required(name, body.Text))
	}
	return api.Route{
		Method: http.MethodGet, Path: "/", Summary: "What this is, and where the rest is", Answer: api.Answer{Body: shape},
		Do: func(c *api.Call) error {
			c.SetHeader("Vary", "Accept")
			if !strings.Contains(c.Header.Get("Accept"), "text/html") {
				return c.JSON(about)
			}
			return c.Redirect("/explore", http.StatusSeeOther)
		},
	}
}
