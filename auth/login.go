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

// Login returns a token for an email and a password. The token's ActorID is "" if
// the identity is not an actor of the type (yet). An unknown email gives the same
// unauthorized error as a wrong password, after the same time. An identity with a
// second factor cannot log in yet.
//
// Emails are stored and looked up in lower case. One that was imported with
// capitals is also found as it was written.
func (s *Service) Login(ctx context.Context, actorType, provider, email, password string) (token string, err error) {
	if err := s.Known(actorType, provider); err != nil {
		return "", err
	}
	began := s.now() // before the password is read, so that a new password ends a session that knows the old one
	login, err := s.find(ctx, provider, email)
	if err != nil {
		return "", err
	}
	hash := passwordOf(login)
	right, err := s.verify(ctx, hash, password)
	if err != nil {
		return "", err
	}
	if !right || login == nil {
		return "", wrongLogin()
	}
	// Checking took a while, in which the password may have been changed.
	if login, err = s.find(ctx, provider, email); err != nil {
		return "", err
	}
	if passwordOf(login) != hash {
		return "", wrongLogin()
	}
	identity, err := s.identity(ctx, login.AuthIdentityID)
	if err != nil {
		return "", err
	}
	if identity == nil {
		return "", wrongLogin()
	}
	return s.tokenOf(ctx, actorType, identity, login, s.newSession(began))
}

// Clients compare the message.
func wrongLogin() error { return fault.New(fault.Unauthorized, "Invalid email or password") }

// Register creates an identity that logs in with an email and a password, and
// returns a token for it, which has no actor yet. It replaces an earlier
// identity with the email that no actor has claimed. If the email has another
// identity, the error is unauthorized; if it is not an email address, or the
// password is too short, it is invalid_data.
func (s *Service) Register(ctx context.Context, actorType, provider, email, password string) (token string, err error) {
	if err := s.Known(actorType, provider); err != nil {
		return "", err
	}
	began := s.now()
	identity, err := s.newIdentity(ctx, email, password)
	if err != nil {
		return "", err
	}
	if err := s.replace(ctx, email, identity, began); err != nil {
		return "", err
	}
	return s.tokenOf(ctx, actorType, identity, identity.ProviderIdentities[0], s.newSession(s.now()))
}

// Clients compare the message.
func emailTaken() error { return fault.New(fault.Unauthorized, "Identity with email already exists") }

// newIdentity returns an identity to be created. It looks up the email first,
// since hashing the password is slow.
func (s *Service) newIdentity(ctx context.Context, email, password string) (*auth.Identity, error) {
	if err := CheckEmail(email); err != nil {
		return nil, err
	}
	taken, err := s.taken(ctx, email)
	if err != nil {
		return nil, err
	}
	if taken {
		return nil, emailTaken()
	}
	made, err := s.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	return newLogin(email, made), nil
}

// newLogin returns an identity that logs in with an email and the hash of a
// password.
func newLogin(email, hash string) *auth.Identity {
	return &auth.Identity{ProviderIdentities: []*auth.ProviderIdentity{{
		EntityID: strings.ToLower(email), Provider: EmailPass, ProviderMetadata: object{}.with("password", hash),
	}}}
}

// CheckEmail returns an invalid_data error if a text is not an email address.
func CheckEmail(email string) error {
	if at, err := mail.ParseAddress(email); err != nil || at.Address != email {
		return fault.New(fault.InvalidData, "%q is not an email address; it must have the form name@example.com", strings.ToValidUTF8(email, "\uFFFD"))
	}
	return nil
}

// Refresh returns a new token for the claims of another one, in the same session.
// It has the actor that may have been attached since. If the session has ended,
// or the identity no longer exists, is no longer the actor of the claims, or now
// has a second factor, the error is unauthorized.
func (s *Service) Refresh(ctx context.Context, c *Claims) (token string, err error) {
	identity, err := s.confirmed(ctx, c)
	if err != nil {
		return "", err
	}
	login, err := s.loginOf(ctx, identity.ID, c.AuthProvider)
	if err != nil {
		return "", err
	}
	if login == nil {
		return "", badToken(nil)
	}
	return s.tokenOf(ctx, c.ActorType, identity, login, session{c.SessionID, c.AuthTime})
}

// tokenOf returns a token for an identity that has logged in.
func (s *Service) tokenOf(ctx context.Context, actorType string, identity *auth.Identity, login *auth.ProviderIdentity, in session) (string, error) {
	second, err := s.hasFactor(ctx, identity.ID)
	if err != nil {
		return "", err
	}
	if second {
		return "", fault.New(fault.Unauthorized, "this login has a second factor, which is not supported yet; a password is not enough")
	}
	return s.token(ctx, Claims{
		ActorID: actorOf(identity, actorType), ActorType: actorType, AuthIdentityID: identity.ID, AuthProvider: login.Provider,
		AppMetadata: identity.AppMetadata, UserMetadata: login.UserMetadata, SessionID: in.id, AuthTime: in.began,
	})
}

// actorOf returns the id of the actor of a type that an identity is, or "".
func actorOf(identity *auth.Identity, actorType string) string {
	o, err := readObject("app_metadata", identity.AppMetadata)
	if err != nil {
		return ""
	}
	return o.text(actorKey(actorType))
}

// passwordOf returns the hash of a login's password, or "" if there is none.
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

// find returns the login of an email, as it is written or else in lower case, or
// nil.
func (s *Service) find(ctx context.Context, provider, email string) (*auth.ProviderIdentity, error) {
	if !utf8.ValidString(email) || strings.IndexByte(email, 0) >= 0 {
		return nil, nil // the database cannot hold such text
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

// loginOf returns the login of an identity with a provider, or nil.
func (s *Service) loginOf(ctx context.Context, identityID, provider string) (*auth.ProviderIdentity, error) {
	found, err := s.logins.List(ctx, module.Where{"auth_identity_id": identityID, "provider": provider}, module.Page{Limit: 1})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}

// identity returns the live identity with an id, or nil.
func (s *Service) identity(ctx context.Context, id string) (*auth.Identity, error) {
	found, err := s.identities.List(ctx, module.Where{"id": []string{id}}, module.Page{})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0], nil
}
