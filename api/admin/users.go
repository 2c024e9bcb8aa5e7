package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

func (r *routes) users() []api.Route {
	records := module.For[user.User](r.Store, user.Users)
	users := api.Resource{
		One: "user", Many: "users", Path: "/admin/users", Entity: "user", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, first_name, last_name, email, avatar_url, metadata, created_at, updated_at, deleted_at"),
		Update: api.Updates(records, "first_name", "last_name", "avatar_url", "metadata"),
		Delete: r.Flows.DeleteUser, Deleted: r.Distrust,
		Owned: func(_ context.Context, c *api.Call) error {
			if c.Method == http.MethodDelete && c.Param("id") == c.Caller.ID {
				return fault.New(fault.NotAllowed, "a user cannot delete themselves")
			}
			return nil
		},
	}
	me := users
	me.Whose = func(c *api.Call) string { return c.Caller.ID }
	out := append(users.Routes(r.Shop), me.RouteAt(r.Shop, "/admin/users/me", "Read the user who calls"))
	return append(out, r.invites()...)
}

// invites make users: whoever has an invite's token accepts it with the token
// of a new identity.
func (r *routes) invites() []api.Route {
	invites := api.Resource{
		One: "invite", Many: "invites", Path: "/admin/invites", Entity: "invite", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, email, accepted, token, expires_at, metadata, created_at, updated_at, deleted_at"),
		Create: &api.Write{
			Body: api.Body{api.Must("email", api.Email), api.May("metadata", api.Map.OrNull())},
			Do: func(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
				i := &user.Invite{}
				if err := v.Into(i); err != nil {
					return "", err
				}
				err := r.Flows.Invite(ctx, i)
				return i.ID, err
			},
		},
		Delete: module.For[user.Invite](r.Store, user.Invites).SoftDelete,
	}
	resend := invites.Action(r.Shop, "/resend", "Give an invite a new token", api.Body{},
		func(ctx context.Context, c *api.Call, _ api.Values) (string, error) {
			return c.Param("id"), r.Flows.RenewInvite(ctx, c.Param("id"))
		})
	return append(invites.Routes(r.Shop), resend, r.acceptInvite())
}

func (r *routes) acceptInvite() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/invites/accept", Access: api.AnyToken, Summary: "Become a user, with an invite's token",
		Params: []api.Parameter{{Name: "token", Description: "of the invite", Type: api.Text}},
		Body: api.Body{
			api.May("email", api.Email.OrNull()), api.May("first_name", api.Text.OrNull()), api.May("last_name", api.Text.OrNull()),
		},
		Answer: api.Answer{Entity: "user", Key: "user"},
		Do: func(c *api.Call) error {
			v, err := c.Body()
			if err != nil {
				return err
			}
			in := flows.AcceptInvite{Token: c.Query("token"), IdentityID: c.Caller.Claims.AuthIdentityID, ActorType: c.Caller.Type}
			if err := v.Into(&in.User); err != nil {
				return err
			}
			u, err := r.Flows.AcceptInvite(c.Context(), in)
			if err != nil {
				return err
			}
			return c.JSON(map[string]*user.User{"user": u})
		},
	}
}
