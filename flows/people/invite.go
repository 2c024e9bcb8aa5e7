package people

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// inviteLife is how long an invite can be accepted.
const inviteLife = 24 * time.Hour

// Invite creates an invite for an email that no user has yet. A login with the
// email that no actor has claimed is removed: whoever made it was not invited.
func (p *People) Invite(ctx context.Context, i *user.Invite) error {
	return p.shop.Do(ctx, func(ctx context.Context) error {
		n, err := p.shop.User.Users.Count(ctx, module.Where{"email": i.Email})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.InvalidData, "a user with the email %q exists already", i.Email)
		}
		if err := p.shop.Auth.DropUnclaimed(ctx, i.Email); err != nil {
			return err
		}
		i.ID = model.NewID(user.Invites.Prefix)
		if err := p.sign(ctx, i); err != nil {
			return err
		}
		return p.shop.User.Invites.Create(ctx, i)
	})
}

// RenewInvite gives an invite a new token and time, and returns it.
func (p *People) RenewInvite(ctx context.Context, id string) (*user.Invite, error) {
	var i *user.Invite
	err := p.shop.Do(ctx, func(ctx context.Context) error {
		var err error
		if i, err = p.shop.User.Invites.Retrieve(ctx, id); err != nil {
			return err
		}
		if err := p.sign(ctx, i); err != nil {
			return err
		}
		if _, err := p.shop.User.Invites.Update(ctx, []string{id}, module.Patch{"token": i.Token, "expires_at": i.ExpiresAt}); err != nil {
			return err
		}
		i, err = p.shop.User.Invites.Retrieve(ctx, id)
		return err
	})
	return i, err
}

// sign gives an invite a token and the time until which it can be accepted.
func (p *People) sign(ctx context.Context, i *user.Invite) (err error) {
	i.ExpiresAt = p.shop.Store.Now().Add(inviteLife)
	i.Token, err = p.shop.Auth.Sign(ctx, map[string]string{"id": i.ID, "email": i.Email}, i.ExpiresAt)
	return err
}

// AcceptInvite is what it takes to become a user: the token of an invite, the
// identity to log in with, and the user. The identity and the user have the email
// of the invite.
type AcceptInvite struct {
	Token      string
	IdentityID string
	ActorType  string // of the identity's token
	User       user.User
}

// AcceptInvite creates the user. An invite can be accepted once.
func (p *People) AcceptInvite(ctx context.Context, in AcceptInvite) (*user.User, error) {
	if in.ActorType != "user" {
		return nil, fault.New(fault.InvalidData, "an invite is accepted with a token for the actor user, not %q", in.ActorType)
	}
	u := &in.User
	err := p.shop.Do(ctx, func(ctx context.Context) error {
		found, err := p.shop.User.Invites.List(ctx, module.Where{"token": in.Token}, module.Page{Limit: 1})
		if err != nil {
			return err
		}
		if in.Token == "" || len(found) == 0 {
			return fault.New(fault.Unauthorized, "the token is not that of an invite")
		}
		locked, err := p.shop.User.Invites.Lock(ctx, found[0].ID)
		if err != nil {
			return err
		}
		i := locked[found[0].ID]
		if i == nil || subtle.ConstantTimeCompare([]byte(i.Token), []byte(in.Token)) != 1 || i.Accepted || !i.ExpiresAt.After(p.shop.Store.Now()) {
			return fault.New(fault.Unauthorized, "the invite was already accepted, or has expired; ask for a new one")
		}
		if err := p.ownEmail(ctx, in, i.Email); err != nil {
			return err
		}
		u.Email = i.Email
		if err := p.shop.User.Users.Create(ctx, u); err != nil {
			return err
		}
		if err := p.shop.Auth.Attach(ctx, in.IdentityID, "user", u.ID); err != nil {
			return err
		}
		if _, err := p.shop.User.Invites.Update(ctx, []string{i.ID}, module.Patch{"accepted": true}); err != nil {
			return err
		}
		return p.shop.User.Invites.SoftDelete(ctx, i.ID)
	})
	return u, err
}

// ownEmail returns an error unless the identity and the user that accept an
// invite have its email.
func (p *People) ownEmail(ctx context.Context, in AcceptInvite, invited string) error {
	email, err := p.shop.Auth.Email(ctx, in.IdentityID)
	if err != nil {
		return err
	}
	if !auth.SameEmail(email, invited) {
		return fault.New(fault.NotAllowed, "the invite is for another email; log in or register with the email that was invited")
	}
	if in.User.Email != "" && !auth.SameEmail(in.User.Email, invited) {
		return fault.New(fault.InvalidData, "the email cannot be %q; it must be that of the invite, or absent", fault.Clip(in.User.Email))
	}
	return nil
}
