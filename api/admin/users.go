package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/user"
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
	return append(users.Routes(r.Shop), me.RouteAt(r.Shop, "/admin/users/me", "Read the user who calls"))
}
