package auth

import (
	"context"
	"net/mail"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// Login answers a token for an email and a password. The token's ActorID is
// "" when the identity is no actor of that type (yet). An email that nobody has
// is the same unauthorized error as a wrong password, after the same time.
// An identity that has a second factor gets no token.
//
// New emails are kept in lower case and compared so. One that was imported with
// capitals is found as it is written, too.
func (s *Service) Login(ctx context.Context, actorType, provider, email, password string) (token string, err error) {
	if err := s.known(actorType, provider); err != nil {
		return "", err
	}
	login, err := s.find(ctx, provider, email)
	if err != nil {
		return "", err
	}
	right, err := s.verify(ctx, passwordOf(login), password)
	if err != nil {
		return "", err
	}
	if !right || login == nil {
		return "", wrongLogin()
	}
	identity, err := s.identity(ctx, login.AuthIdentityID)
	if err != nil {
		return "", err
	}
	if identity == nil {
		return "", wrongLogin()
	}
	return s.tokenOf(ctx, actorType, identity, login)
}

// The message is one that clients match on.
func wrongLogin() error { return fault.New(fault.Unauthorized, "Invalid email or password") }

// Register makes an identity that logs in with an email and a password, and
// answers a token for it: without an actor until one is attached. An email
// that has an identity is an unauthorized error, one that is none and a
// password that is too short are invalid_data.
func (s *Service) Register(ctx context.Context, actorType, provider, email, password string) (token string, err error) {
	if err := s.known(actorType, provider); err != nil {
		return "", err
	}
	identity, err := s.newIdentity(ctx, email, password)
	if err != nil {
		return "", err
	}
	if err := s.identities.Create(ctx, identity); fault.TypeOf(err) == fault.DuplicateError {
		return "", emailTaken()
	} else if err != nil {
		return "", err
	}
	return s.tokenOf(ctx, actorType, identity, identity.ProviderIdentities[0])
}

// The message is one that clients match on.
func emailTaken() error { return fault.New(fault.Unauthorized, "Identity with email already exists") }

// newIdentity is an identity to be created; making the hash takes a while, so
// the email is looked up before.
func (s *Service) newIdentity(ctx context.Context, email, password string) (*auth.Identity, error) {
	if err := CheckEmail(email); err != nil {
		return nil, err
	}
	taken, err := s.find(ctx, EmailPass, email)
	if err != nil {
		return nil, err
	}
	if taken != nil {
		return nil, emailTaken()
	}
	made, err := s.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	return &auth.Identity{ProviderIdentities: []*auth.ProviderIdentity{{
		EntityID: strings.ToLower(email), Provider: EmailPass, ProviderMetadata: object{}.with("password", made),
	}}}, nil
}

// CheckEmail is an invalid_data error for what is no email.
func CheckEmail(email string) error {
	if at, err := mail.ParseAddress(email); err != nil || at.Address != email {
		return fault.New(fault.InvalidData, "the email %q is none; it has the form name@example.com", strings.ToValidUTF8(email, "\uFFFD"))
	}
	return nil
}

// Refresh answers a new token for the holder of one: with the actor that may
// have been attached since. An identity that is gone, that is no longer the
// actor of the claims, or that has got a second factor is an unauthorized
// error.
func (s *Service) Refresh(ctx context.Context, c *Claims) (token string, err error) {
	identity, err := s.confirmed(ctx, c)
	if err != nil {
		return "", err
	}
	found, err := s.logins.List(ctx, module.Where{"auth_identity_id": identity.ID, "provider": c.AuthProvider}, module.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", badToken(nil)
	}
	return s.tokenOf(ctx, c.ActorType, identity, found[0])
}

// Confirm asks the database whether the claims of a token still hold: the
// identity is there and, if they name an actor, is that actor. It is an
// unauthorized error when they do not. A route that must not serve somebody
// deleted within the life of a token asks this, at the cost of one statement.
func (s *Service) Confirm(ctx context.Context, c *Claims) error {
	_, err := s.confirmed(ctx, c)
	return err
}

// confirmed is the identity of claims that hold.
func (s *Service) confirmed(ctx context.Context, c *Claims) (*auth.Identity, error) {
	identity, err := s.identity(ctx, c.AuthIdentityID)
	if err != nil {
		return nil, err
	}
	if identity == nil || c.ActorID != "" && actorOf(identity, c.ActorType) != c.ActorID {
		return nil, badToken(nil)
	}
	return identity, nil
}

// tokenOf is the token of an identity that has proved a login.
func (s *Service) tokenOf(ctx context.Context, actorType string, identity *auth.Identity, login *auth.ProviderIdentity) (string, error) {
	second, err := s.hasFactor(ctx, identity.ID)
	if err != nil {
		return "", err
	}
	if second {
		return "", fault.New(fault.Unauthorized, "this login has a second factor, which cannot be checked here yet; a password is not enough")
	}
	return s.token(ctx, Claims{
		ActorID: actorOf(identity, actorType), ActorType: actorType, AuthIdentityID: identity.ID, AuthProvider: login.Provider,
		AppMetadata: identity.AppMetadata, UserMetadata: login.UserMetadata,
	})
}

// actorOf is the id of the actor that an identity is; "" for none.
func actorOf(identity *auth.Identity, actorType string) string {
	o, err := readObject("app_metadata", identity.AppMetadata)
	if err != nil {
		return ""
	}
	return o.text(actorKey(actorType))
}

// passwordOf is the hash of a login's password; "" when there is none.
func passwordOf(login *auth.ProviderIdentity) string {
	if login == nil {
		return ""
	}
	o, err := readObject("provider_metadata", login.ProviderMetadata)
	if err != nil {
		return ""
	}
	return o.text("password")
}

// find is the login of an email, nil for none: as it is written, or else in
// lower case.
func (s *Service) find(ctx context.Context, provider, email string) (*auth.ProviderIdentity, error) {
	if !utf8.ValidString(email) || strings.IndexByte(email, 0) >= 0 {
		return nil, nil // no text that a database keeps
	}
	found, err := s.logins.List(ctx, module.Where{"provider": provider, "entity_id": []string{email, strings.ToLower(email)}}, module.Page{})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	for _, login := range found {
		if login.EntityID == email {
			return login, nil
		}
	}
	return found[0], nil
}

// identity is the live identity of that id, or nil.
func (s *Service) identity(ctx context.Context, id string) (*auth.Identity, error) {
	found, err := s.identities.List(ctx, module.Where{"id": []string{id}}, module.Page{})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}
