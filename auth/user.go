package auth

import (
	"context"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// CreatedUser is a user created by CreateUser, with the id of the identity that
// they log in with.
type CreatedUser struct {
	ID             string `json:"id"`
	Email          string `json:"email"`
	AuthIdentityID string `json:"auth_identity_id"`
}

// CreateUser creates a user and the identity that they log in with, in one
// transaction. If a user already has the email, or a login that an actor has
// claimed, the error is duplicate_error.
func (s *Service) CreateUser(ctx context.Context, email, password string) (*CreatedUser, error) {
	taken := fault.New(fault.DuplicateError, "there is already a login with the email %q", email)
	began := s.now()
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
		return s.replace(ctx, email, identity, began)
	})
	if fault.TypeOf(err) == fault.Unauthorized {
		return nil, taken
	}
	if err != nil {
		return nil, err
	}
	return &CreatedUser{ID: u.ID, Email: u.Email, AuthIdentityID: identity.ID}, nil
}

// SetUserPassword sets the password of the user with an email, who can then log
// in with it, also if their login was lost. It is for whoever operates the
// server. If there is no such user, the error is not_found.
func (s *Service) SetUserPassword(ctx context.Context, email, password string) error {
	if err := checkPassword(password); err != nil {
		return err
	}
	hash, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		u, err := s.UserOf(ctx, email)
		if err != nil {
			return err
		}
		// Whoever made an unclaimed login may hold a token of it.
		if _, err := s.giveWay(ctx, u.Email, s.now().Add(time.Millisecond)); err != nil {
			return err
		}
		login, err := s.find(ctx, EmailPass, u.Email)
		if err != nil {
			return err
		}
		if login == nil {
			identity := newLogin(u.Email, hash)
			identity.AppMetadata = model.ToJSON(map[string]string{actorKey("user"): u.ID})
			return s.identities.Create(ctx, identity)
		}
		if err := s.setPassword(ctx, EmailPass, login.ID, hash); err != nil {
			return err
		}
		return s.become(ctx, login.AuthIdentityID, u.ID)
	})
}

// become attaches a user to an identity that is not this user yet.
func (s *Service) become(ctx context.Context, identityID, userID string) error {
	identity, err := s.identity(ctx, identityID)
	if err != nil {
		return err
	}
	if identity != nil && actorOf(identity, "user") == userID {
		return nil
	}
	return s.Attach(ctx, identityID, "user", userID)
}

// UserOf returns the user with an email, as it is written or in lower case. If
// there is none, the error is not_found.
func (s *Service) UserOf(ctx context.Context, email string) (*user.User, error) {
	found, err := s.users.List(ctx, module.Where{"email": []string{email, strings.ToLower(email)}}, module.Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "there is no user with the email %q; `gorgon user list` lists them", fault.Clip(email))
	}
	return found[0], nil
}

// TokenFor returns a token for the login with an email, without its password. It
// is for whoever operates the server. If there is no such login, the error is
// not_found.
func (s *Service) TokenFor(ctx context.Context, actorType, email string) (string, error) {
	login, err := s.find(ctx, EmailPass, email)
	if err != nil {
		return "", err
	}
	if login == nil {
		return "", fault.New(fault.NotFound, "there is no login with the email %q", email)
	}
	identity, err := s.identity(ctx, login.AuthIdentityID)
	if err != nil {
		return "", err
	}
	if identity == nil {
		return "", fault.New(fault.NotFound, "the identity of the login %q was deleted", email)
	}
	return s.tokenOf(ctx, actorType, identity, login, s.newSession(s.now()))
}
