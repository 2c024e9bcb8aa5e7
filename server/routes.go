package server

import (
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/admin"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/api/openapi"
	"github.com/gorgon-commerce/gorgon/api/store"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Routes returns routes of a shop's own, for the open shop.
type Routes = func(s *shop.Shop) []api.Route

// AllRoutes returns every route of an open shop: the server's own, those below
// /auth, /admin and /store, those of the shop, and the document that describes
// all of them.
func AllRoutes(s *shop.Shop, c Config, own []Routes) []api.Route {
	return routes(s, c, own, &readiness{}, api.NewLater(c.orDefaults().Log))
}

func routes(s *shop.Shop, c Config, own []Routes, r *readiness, later *api.Later) []api.Route {
	files := c.Files.OrDefaults(s.Folder())
	out := slices.Concat(
		systemRoutes(s, r), []api.Route{fileRoute(files.Provider)}, login.Routes(s, c.Auth, c.Mail, later),
		admin.Routes(s, c.Mail, files, later), store.Routes(s, c.Storefront...),
	)
	for _, more := range own {
		out = append(out, more(s)...)
	}
	out = append(out, openapi.Routes(s, out, "Gorgon", Version())...)
	return append(out, dashboardRoutes(c.Dashboard)...)
}

// Handler returns the HTTP API of an open shop. It panics if a setting is not
// valid; Config.Check finds out before.
func Handler(s *shop.Shop, c Config, own []Routes) http.Handler {
	if err := c.Check(); err != nil {
		panic("gorgon: " + err.Error())
	}
	return New(s, c, own).Handler()
}
