package admin

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
)

// featureFlags answers that there are none. The dashboard asks before anyone has
// logged in.
func (r *routes) featureFlags() []api.Route {
	return []api.Route{{
		Method: http.MethodGet, Path: "/admin/feature-flags", Summary: "The features that can be turned on: none", Access: api.Public,
		Answer: api.Answer{Body: body.Object{body.Required("feature_flags", body.Map)}},
		Do: func(c *api.Call) error {
			return c.Data("application/json; charset=utf-8", []byte(`{"feature_flags":{}}`))
		},
	}}
}
