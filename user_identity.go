package gorgon

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// newUser writes a user and the identity they log in with, in the form in
// which Medusa keeps them: the identity names the user, and its provider
// "emailpass" knows them by their email and the password's hash.
func newUser(ctx context.Context, s *module.Store, email, hash string) (*created, error) {
	u := &user.User{Email: email}
	identity := &auth.Identity{}
	err := db.Do(ctx, s.DB, func(ctx context.Context) error {
		if err := module.For[user.User](s, user.Users).Create(ctx, u); err != nil {
			return err
		}
		identity.AppMetadata = model.ToJSON(map[string]string{"user_id": u.ID})
		identity.ProviderIdentities = []*auth.ProviderIdentity{{
			EntityID: email, Provider: "emailpass", ProviderMetadata: model.ToJSON(map[string]string{"password": hash}),
		}}
		return module.For[auth.Identity](s, auth.Identities).Create(ctx, identity)
	})
	if err != nil {
		return nil, err
	}
	return &created{ID: u.ID, Email: email, AuthIdentityID: identity.ID}, nil
}
