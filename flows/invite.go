package flows

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// inviteLife is how long an invite can be accepted.
const inviteLife = 24 * time.Hour

// Invite makes an invite for an email that is no user's yet.
func (f *Flows) Invite(ctx context.Context, i *user.Invite) error {
	return f.do(ctx, func(ctx context.Context) error {
		n, err := f.users.Count(ctx, module.Where{"email": i.Email})
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.InvalidData, "there is a user with the email %q already", i.Email)
		}
		i.Token, i.ExpiresAt = inviteToken(), f.now().Add(inviteLife)
		return f.invites.Create(ctx, i)
	})
}

// RenewInvite gives an invite a new token and time.
func (f *Flows) RenewInvite(ctx context.Context, id string) error {
	_, err := f.invites.Update(ctx, []string{id}, module.Patch{"token": inviteToken(), "expires_at": f.now().Add(inviteLife)})
	return err
}

func inviteToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// AcceptInvite is how someone becomes a user: an invite's token, the identity
// they log in with, and who they are. Without an email theirs is the invite's.
type AcceptInvite struct {
	Token      string
	IdentityID string
	ActorType  string // of the identity's token
	User       user.User
}

// AcceptInvite makes the user, once.
func (f *Flows) AcceptInvite(ctx context.Context, in AcceptInvite) (*user.User, error) {
	if in.ActorType != "user" {
		return nil, fault.New(fault.InvalidData, "an invite is accepted with a token for the actor user, not %q", in.ActorType)
	}
	u := &in.User
	err := f.do(ctx, func(ctx context.Context) error {
		found, err := f.invites.List(ctx, module.Where{"token": in.Token}, module.Page{Limit: 1})
		if err != nil {
			return err
		}
		if in.Token == "" || len(found) == 0 {
			return fault.New(fault.Unauthorized, "the token is of no invite")
		}
		locked, err := f.invites.Lock(ctx, found[0].ID)
		if err != nil {
			return err
		}
		i := locked[found[0].ID]
		if i == nil || subtle.ConstantTimeCompare([]byte(i.Token), []byte(in.Token)) != 1 || i.Accepted || !i.ExpiresAt.After(f.now()) {
			return fault.New(fault.Unauthorized, "the invite was accepted already, or has expired; ask for a new one")
		}
		if u.Email == "" {
			u.Email = i.Email
		}
		if err := f.users.Create(ctx, u); err != nil {
			return err
		}
		if err := f.Auth.Attach(ctx, in.IdentityID, "user", u.ID); err != nil {
			return err
		}
		if _, err := f.invites.Update(ctx, []string{i.ID}, module.Patch{"accepted": true}); err != nil {
			return err
		}
		return f.invites.SoftDelete(ctx, i.ID)
	})
	return u, err
}

func (f *Flows) now() time.Time {
	if f.Store.Now != nil {
		return f.Store.Now()
	}
	return time.Now()
}
