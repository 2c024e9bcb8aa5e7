package admin

import (
	"context"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/query"
)

func (r *routes) users() []api.Route {
	records := r.User.Users
	users := api.Resource{
		One: "user", Many: "users", Path: "/admin/users", Entity: "user", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, first_name, last_name, email, avatar_url, metadata, created_at, updated_at, deleted_at"),
		Update: api.Updates(records, body.ColumnsOf(user.Users, "first_name", "last_name", "avatar_url", "metadata")),
		Delete: records.SoftDelete,
		Owner: api.Ownership{Check: func(_ context.Context, c *api.Call) error {
			if c.Method == http.MethodDelete && c.Param("id") == c.Caller.ID {
				return fault.New(fault.NotAllowed, "a user cannot delete themselves")
			}
			return nil
		}},
	}
	me := users
	me.Lookup.Whose = func(c *api.Call) string { return c.Caller.ID }
	return append(users.Routes(r.Shop), me.RouteAt(r.Shop, "/admin/users/me", "Read the user who calls"), r.userProviders())
}

// userProviders returns the route that lists the ways in which a user logs in.
func (r *routes) userProviders() api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/admin/users/{id}/auth-providers", Summary: "List the ways in which a user logs in", Access: api.Admin,
		Answer: api.Answer{Body: body.Object{body.Required("providers", body.List(body.Text))}},
		Do: func(c *api.Call) error {
			u, err := r.User.Users.Retrieve(c.Context(), c.Param("id"))
			if err != nil {
				return err
			}
			ways, _, err := query.List[struct {
				Provider string `json:"provider"`
			}](c.Context(), r.Query, "provider_identity", query.Where(query.Filters{"auth_identity": query.Filters{"app_metadata.user_id": u.ID}}), query.OrderBy("provider"))
			if err != nil {
				return err
			}
			providers := []string{}
			for _, w := range ways {
				providers = append(providers, w.Provider)
			}
			return c.JSON(map[string][]string{"providers": slices.Compact(providers)})
		},
	}
}
