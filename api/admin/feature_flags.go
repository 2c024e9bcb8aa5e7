package admin

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
)

// featureFlags returns the route that lists feature flags; there are none. The
// dashboard calls it before a login, so it is public.
func (r *routes) featureFlags() []api.Route {
	return []api.Route{{
		Method: http.MethodGet, Path: "/admin/feature-flags", Summary: "The features that can be turned on: none", Access: api.Public,
		Answer: api.Answer{Body: body.Object{body.Required("feature_flags", body.Map)}},
		Do: func(c *api.Call) error {
			return c.Data("application/json; charset=utf-8", []byte(`{"feature_flags":{}}`))
		},
	}}
}
