package auth

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// Anyone can register any email. Until a user or customer is attached, such an
// identity is unclaimed: it proves nothing, and must not keep the owner of the
// email out. It therefore gives way to a later registration or invitation.

// DropUnclaimed removes the identity of an email if no actor has claimed it.
// Tokens issued for it can become no actor.
func (s *Service) DropUnclaimed(ctx context.Context, email string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		_, err := s.giveWay(ctx, email, s.now().Add(time.Millisecond))
		return err
	})
}

// Email returns the email that an identity logs in with. If there is no such
// identity, or it has no email, the error is unauthorized.
func (s *Service) Email(ctx context.Context, authIdentityID string) (string, error) {
	identity, err := s.identity(ctx, authIdentityID)
	if err != nil {
		return "", err
	}
	if identity == nil {
		return "", fault.New(fault.Unauthorized, "the login no longer exists; register again")
	}
	login, err := s.loginOf(ctx, identity.ID, EmailPass)
	if err != nil {
		return "", err
	}
	if login == nil {
		return "", fault.New(fault.Unauthorized, "the login has no email")
	}
	return login.EntityID, nil
}

// SameEmail reports whether two texts are the same email address here, where
// emails are kept in lower case.
func SameEmail(a, b string) bool {
	lower := strings.ToLower(a)
	return lower == strings.ToLower(b) // strings.EqualFold takes more letters to be the same
}

// replace creates an identity, and removes an unclaimed one of the same email
// that is older than began. If the email is taken, the error is unauthorized.
func (s *Service) replace(ctx context.Context, email string, identity *auth.Identity, began time.Time) error {
	err := db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		free, err := s.giveWay(ctx, email, began)
		if err != nil {
			return err
		}
		if !free {
			return emailTaken()
		}
		return s.identities.Create(ctx, identity)
	})
	if t := fault.TypeOf(err); t == fault.DuplicateError || t == fault.Conflict { // another registration got there first
		return emailTaken()
	}
	return err
}

// taken reports whether an email has an identity that does not give way.
func (s *Service) taken(ctx context.Context, email string) (bool, error) {
	login, err := s.find(ctx, EmailPass, email)
	if err != nil || login == nil {
		return false, err
	}
	identity, err := s.identity(ctx, login.AuthIdentityID)
	return identity == nil || !unclaimed(identity), err
}

// giveWay removes the identity of an email if it is unclaimed and was made
// before a time, so that of concurrent registrations the first one wins. It
// reports whether the email is free then.
func (s *Service) giveWay(ctx context.Context, email string, before time.Time) (free bool, err error) {
	login, err := s.find(ctx, EmailPass, email)
	if err != nil || login == nil {
		return err == nil, err
	}
	found, err := s.identities.Lock(ctx, login.AuthIdentityID)
	if err != nil {
		return false, err
	}
	identity := found[login.AuthIdentityID]
	if identity == nil || !unclaimed(identity) || !identity.CreatedAt.Before(before) {
		return false, nil
	}
	return true, s.identities.Delete(ctx, identity.ID)
}

// unclaimed reports whether an identity acts as no one. Metadata that is not
// understood counts as a claim.
func unclaimed(identity *auth.Identity) bool {
	o, err := readObject("app_metadata", identity.AppMetadata)
	if err != nil {
		return false
	}
	for key := range o {
		var value any
		if json.Unmarshal(o[key], &value) != nil || value != nil && value != "" {
			return false
		}
	}
	return true
}
