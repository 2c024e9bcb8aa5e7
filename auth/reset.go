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

// resetLife is how long someone has to read their mail.
const resetLife = 15 * time.Minute

// ResetToken makes a token by which the holder of an email sets a new
// password, once and within 15 minutes. It replaces those made before. For an
// email that nobody has, the token is "" and there is no error: whoever asks
// must not learn that. Only a hash of the token is kept.
func (s *Service) ResetToken(ctx context.Context, actorType, provider, email string) (token string, err error) {
	if err := s.known(actorType, provider); err != nil {
		return "", err
	}
	login, err := s.find(ctx, provider, email)
	if err != nil || login == nil {
		return "", err
	}
	token = hex.EncodeToString(random())
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.dropResets(ctx, login.ID); err != nil {
			return err
		}
		return s.resets.Create(ctx, &auth.PasswordResetToken{
			EntityID: login.EntityID, TokenHash: digest(token), ExpiresAt: s.now().Add(resetLife),
			AuthIdentityID: login.AuthIdentityID, ProviderIdentityID: login.ID,
		})
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// Update sets a new password by a token of ResetToken, which is used up by
// that. A token that is unknown, used or expired is an unauthorized error; a
// password that is too short is invalid_data and leaves the token as it was.
func (s *Service) Update(ctx context.Context, provider, resetToken, newPassword string) error {
	if err := knownProvider(provider); err != nil {
		return err
	}
	hash := digest(resetToken)
	// The hash is dear and made outside the transaction, but not for a token that nobody has.
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

// useReset uses a token up and answers the login it is for. Of many who try at
// one time, one deletes the row.
func (s *Service) useReset(ctx context.Context, hash string) (loginID string, err error) {
	d := s.store.DB.Dialect()
	sql := "DELETE FROM " + d.Quote(auth.PasswordResetTokens.Table) + " WHERE " + d.Quote("token_hash") + " = " + d.Placeholder(1) +
		" AND " + d.Quote("expires_at") + " > " + d.Placeholder(2) + " AND " + d.Quote("deleted_at") + " IS NULL RETURNING " + d.Quote("provider_identity_id")
	loginID, ok, err := db.One[string](ctx, db.Use(ctx, s.store.DB), sql, hash, s.now())
	if err == nil && !ok {
		err = badReset()
	}
	return loginID, err
}

// setPassword gives a login another password, and makes its other tokens
// worthless.
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
	return s.dropResets(ctx, loginID)
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

// digest is what is kept of a random token: nobody can try all 2^256, so it
// needs no slow hash.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
