package auth

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// signingID is the id of the one row of the table.
const signingID = "tokens"

// signingKey returns the configured secret, or the key in the database, which is
// created if there is none.
func (s *Service) signingKey(ctx context.Context) ([]byte, error) {
	if len(s.config.Secret) > 0 {
		return s.config.Secret, nil
	}
	if key := s.signing.Load(); key != nil {
		return *key, nil
	}
	key, err := s.storedKey(ctx)
	if err != nil {
		return nil, err
	}
	if !db.InTx(ctx, s.store.DB) { // a transaction could be rolled back
		s.signing.Store(&key)
	}
	return key, nil
}

func (s *Service) storedKey(ctx context.Context) ([]byte, error) {
	conn, d := db.Use(ctx, s.store.DB), s.store.DB.Dialect()
	table, secret, id := d.Quote(signingTable), d.Quote("secret"), d.Quote("id")
	read := "SELECT " + secret + " FROM " + table + " WHERE " + id + " = " + d.Placeholder(1)
	text, found, err := db.One[string](ctx, conn, read, signingID)
	if err == nil && !found {
		// Another replica may do the same at this moment. Only one row is written, and both read it.
		keys := module.For[signingKey](s.store, s.store.Graph.Table(signingTable))
		err = db.Savepoint(ctx, s.store.DB, func(ctx context.Context) error {
			return keys.Create(ctx, &signingKey{ID: signingID, Secret: hex.EncodeToString(random()), CreatedAt: s.now()})
		})
		if err == nil || fault.TypeOf(err) == fault.DuplicateError {
			text, found, err = db.One[string](ctx, conn, read, signingID)
		}
	}
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != secretBytes || !found {
		return nil, fault.New(fault.UnexpectedState, "the key in the table %s is not %d bytes in hexadecimal", signingTable, secretBytes)
	}
	return key, nil
}

// secretBytes is the number of random bytes of a key or token: so many that no
// one can guess it, and a fast hash is enough.
const secretBytes = 32

func random() []byte {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails
	return b
}
