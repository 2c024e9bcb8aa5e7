package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

var (
	newInvites = body.For[user.Invite](body.ColumnsOf(user.Invites, "email", "metadata").With(body.Required("email", body.Email)))
	newUsers   = body.For[user.User](body.ColumnsOf(user.Users, "email?", "first_name", "last_name").With(body.Optional("email", body.Email.OrNull())))
)

// invites make users: whoever has the token of an invite accepts it with the
// token of a new identity.
func (r *routes) invites() []api.Route {
	invites := api.Resource{
		One: "invite", Many: "invites", Path: "/admin/invites", Entity: "invite", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, email, accepted, token, expires_at, metadata, created_at, updated_at, deleted_at"),
		Create: api.Writes(newInvites, func(ctx context.Context, _ *api.Call, in *user.Invite) (string, error) {
			if err := r.people.Invite(ctx, in); err != nil {
				return "", err
			}
			r.mailInvite(ctx, in)
			return in.ID, nil
		}),
		Delete: r.User.Invites.SoftDelete,
	}
	resend := invites.Action(r.Shop, "/resend", "Give an invite a new token", api.Does(func(ctx context.Context, c *api.Call) (string, error) {
		i, err := r.people.RenewInvite(ctx, c.Param("id"))
		if err != nil {
			return "", err
		}
		r.mailInvite(ctx, i)
		return i.ID, nil
	}))
	return append(invites.Routes(r.Shop), resend, r.acceptInvite())
}

// mailInvite sends an invite to whom it is for, once it is committed.
func (r *routes) mailInvite(ctx context.Context, i *user.Invite) {
	m := r.mails.Invitation(mail.Invite{Email: i.Email, Token: i.Token, ExpiresAt: i.ExpiresAt})
	r.later.AfterCommit(ctx, r.Store.DB, "invitation mail", func(ctx context.Context) error { return r.mails.Send(ctx, m) })
}

func (r *routes) acceptInvite() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/invites/accept", Access: api.AnyToken, Summary: "Become a user, with the token of an invite",
		Params: []api.Parameter{{Name: "token", Description: "of the invite", Type: body.Text}},
		Body:   newUsers.Object(), Answer: api.Answer{Entity: "user", Key: "user"},
		Do: func(c *api.Call) error {
			in, err := api.Decode(c, newUsers)
			if err != nil {
				return err
			}
			u, err := r.people.AcceptInvite(c.Context(), people.AcceptInvite{
				Token: c.Query("token"), IdentityID: c.Caller.Claims.AuthIdentityID, ActorType: c.Caller.Type, User: *in,
			})
			if err != nil {
				return err
			}
			return c.JSON(map[string]*user.User{"user": u})
		},
	}
}
