package auth

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// CreatedUser names a user and the identity they log in with.
type CreatedUser struct {
	ID             string `json:"id"`
	Email          string `json:"email"`
	AuthIdentityID string `json:"auth_identity_id"`
}

// CreateUser makes a user who logs in with an email and a password: both or
// nothing. An email that a user or a login has is a duplicate_error.
func (s *Service) CreateUser(ctx context.Context, email, password string) (*CreatedUser, error) {
	taken := fault.New(fault.DuplicateError, "somebody logs in with the email %q already", email)
	identity, err := s.newIdentity(ctx, email, password)
	if fault.TypeOf(err) == fault.Unauthorized {
		return nil, taken
	}
	if err != nil {
		return nil, err
	}
	u := &user.User{Email: strings.ToLower(email)}
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.users.Create(ctx, u); err != nil {
			return err
		}
		identity.AppMetadata = model.ToJSON(map[string]string{actorKey("user"): u.ID})
		return s.identities.Create(ctx, identity)
	})
	if err != nil {
		return nil, err
	}
	return &CreatedUser{ID: u.ID, Email: u.Email, AuthIdentityID: identity.ID}, nil
}

// TokenFor is a token for whoever logs in with an email, without their
// password: it is for the one who runs the server. An email that nobody has is
// a not_found error.
func (s *Service) TokenFor(ctx context.Context, actorType, email string) (string, error) {
	login, err := s.find(ctx, EmailPass, email)
	if err != nil {
		return "", err
	}
	if login == nil {
		return "", fault.New(fault.NotFound, "nobody logs in with the email %q", email)
	}
	identity, err := s.identity(ctx, login.AuthIdentityID)
	if err != nil {
		return "", err
	}
	if identity == nil {
		return "", fault.New(fault.NotFound, "the identity of %q is gone", email)
	}
	return s.tokenOf(ctx, actorType, identity, login)
}
