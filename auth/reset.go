package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// resetLife is how long a token to reset a password is valid.
const resetLife = 15 * time.Minute

// Reset is a token to set a new password with.
type Reset struct {
	Email     string // of the login, as it is stored: who asked may have written it otherwise
	Token     string
	ExpiresAt time.Time
}

// ResetToken returns a token with which the owner of an email can set a new
// password, once and within 15 minutes. Earlier tokens become invalid. For an
// unknown email, both results are nil, since the caller must not reveal which
// emails exist. Only a hash of the token is stored.
func (s *Service) ResetToken(ctx context.Context, actorType, provider, email string) (*Reset, error) {
	if err := s.Known(actorType, provider); err != nil {
		return nil, err
	}
	login, err := s.find(ctx, provider, email)
	if err != nil || login == nil {
		return nil, err
	}
	r := &Reset{Email: login.EntityID, ExpiresAt: s.now().Add(resetLife)}
	if r.Token, err = s.Sign(ctx, map[string]string{"entity_id": r.Email, "actor_type": actorType, "provider": provider}, r.ExpiresAt); err != nil {
		return nil, err
	}
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.dropResets(ctx, login.ID); err != nil {
			return err
		}
		return s.resets.Create(ctx, &auth.PasswordResetToken{
			EntityID: r.Email, TokenHash: digest(r.Token), ExpiresAt: r.ExpiresAt,
			AuthIdentityID: login.AuthIdentityID, ProviderIdentityID: login.ID,
		})
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Update sets a new password with a token from ResetToken and uses the token up.
// All sessions of the identity end, on this replica at once and on others within
// five seconds.
// If the token is unknown, used or expired, the error is unauthorized. If the
// password is too short, the error is invalid_data and the token remains valid.
func (s *Service) Update(ctx context.Context, provider, resetToken, newPassword string) error {
	if err := knownProvider(provider); err != nil {
		return err
	}
	hash := digest(resetToken)
	// Hashing is slow, so it is done outside the transaction, and not at all for an unknown token.
	n, err := s.resets.Count(ctx, module.Where{"token_hash": hash})
	if err != nil {
		return err
	}
	if n == 0 {
		return badReset()
	}
	password, err := s.hash(ctx, newPassword)
	if err != nil {
		return err
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		loginID, err := s.useReset(ctx, hash)
		if err != nil {
			return err
		}
		return s.setPassword(ctx, provider, loginID, password)
	})
}

// useReset uses a token up and returns the id of its login. Of several concurrent
// calls, only one finds the row under its lock.
func (s *Service) useReset(ctx context.Context, hash string) (loginID string, err error) {
	given, err := s.resets.List(ctx, module.Where{"token_hash": hash}, module.Page{Limit: 1})
	if err != nil {
		return "", err
	}
	if len(given) == 0 {
		return "", badReset()
	}
	found, err := s.resets.Lock(ctx, given[0].ID)
	if err != nil {
		return "", err
	}
	token := found[given[0].ID]
	if token == nil || !token.ExpiresAt.After(s.now()) {
		return "", badReset()
	}
	return token.ProviderIdentityID, s.resets.Delete(ctx, token.ID)
}

// setPassword sets the password of a login, deletes its other tokens, and ends
// the sessions of its identity.
func (s *Service) setPassword(ctx context.Context, provider, loginID, hash string) error {
	found, err := s.logins.Lock(ctx, loginID)
	if err != nil {
		return err
	}
	login := found[loginID]
	if login == nil || login.Provider != provider {
		return badReset()
	}
	o, err := readObject("provider_metadata of "+loginID, login.ProviderMetadata)
	if err != nil {
		return err
	}
	if _, err := s.logins.Update(ctx, []string{loginID}, module.Patch{"provider_metadata": o.with("password", hash)}); err != nil {
		return err
	}
	if err := s.dropResets(ctx, loginID); err != nil {
		return err
	}
	return s.revoke(ctx, identitySubject(login.AuthIdentityID))
}

func (s *Service) dropResets(ctx context.Context, loginID string) error {
	old, err := s.resets.List(ctx, module.Where{"provider_identity_id": loginID}, module.Page{WithDeleted: true})
	if err != nil {
		return err
	}
	ids := make([]string, len(old))
	for i, t := range old {
		ids[i] = t.ID
	}
	return s.resets.Delete(ctx, ids...)
}

func badReset() error {
	return fault.New(fault.Unauthorized, "the token to reset the password is not valid, or has expired; ask for a new one")
}

// digest returns the hash of a random token. A slow hash is not needed, since no
// one can try all 2^256 tokens.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
