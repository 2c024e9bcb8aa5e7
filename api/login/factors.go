package login

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// factors lists the second factors of whoever calls: those of an imported shop, since
// none can be added.
func (a *routes) factors() api.Route {
	list := api.Resource{
		One: "mfa_factor", Many: "mfa_factors", Path: "/auth/mfa/factors", Entity: "auth_mfa_factor", Access: api.AnyToken, Limit: 20,
		Fields: api.Fields("id, provider, status, metadata, created_at, updated_at"),
		Visible: api.Visibility{
			Allowed: api.Fields("id, provider, status, metadata, created_at, updated_at"),
			Scope: func(c *api.Call) (query.Filters, error) {
				identity := "" // of a secret API key
				if c.Caller.Claims != nil {
					identity = c.Caller.Claims.AuthIdentityID
				}
				return query.Filters{"auth_identity_id": identity}, nil
			},
		},
	}
	return list.ListRoute(a.shop)
}
