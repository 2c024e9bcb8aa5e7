package server

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/web"
)

// exploreRoutes returns the explorer: a page, and the files that it loads.
func exploreRoutes() []api.Route {
	files := web.Explorer()
	send := func(c *api.Call, name string) error {
		file, ok := files[name]
		if !ok {
			return fault.New(fault.NotFound, "the explorer has no file %s", fault.Clip(name))
		}
		return file.Send(c.Writer(), c.Request)
	}
	return []api.Route{
		{
			Method: http.MethodGet, Path: "/explore", Summary: "The explorer: a page to look at models, links and records", Answer: api.Answer{Media: "text/html"},
			Do: func(c *api.Call) error { return send(c, "index.html") },
		},
		{
			Method: http.MethodGet, Path: "/explore/{file}", Summary: "A script or style of the explorer", Answer: api.Answer{Media: "text/javascript"},
			Do: func(c *api.Call) error { return send(c, c.Param("file")) },
		},
	}
}
