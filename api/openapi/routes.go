package openapi

import (
	_ "embed" // the reference page is part of the program
	"net/http"
	"slices"
	"sync"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/web"
)

// Routes are GET /openapi.json, which describes the routes and itself,
// and GET /docs, a page that shows it. The document is built when it is
// first requested.
func Routes(s *shop.Shop, routes []api.Route, title, version string) []api.Route {
	own := []api.Route{
		{Method: http.MethodGet, Path: "/openapi.json", Summary: "This document", Answer: api.Answer{Body: body.Object{
			body.Required("openapi", body.Text), body.Required("info", body.Map), body.Required("paths", body.Map), body.Required("components", body.Map),
		}}},
		{Method: http.MethodGet, Path: "/docs", Summary: "A page that shows this document", Answer: api.Answer{Media: "text/html"}},
	}
	all := slices.Concat(routes, own)
	made := sync.OnceValues(func() ([]byte, error) { return Document(s, all, title, version) })
	own[0].Do = func(c *api.Call) error {
		text, err := made()
		if err != nil {
			return err
		}
		return c.Data("application/json; charset=utf-8", text)
	}
	page := web.Reference()
	own[1].Do = func(c *api.Call) error { return page.Send(c.Writer()) }
	return own
}
