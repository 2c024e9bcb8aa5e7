package auth

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// signingKey is the key that signs tokens, for shops that name none. There is
// one row of it.
type signingKey struct {
	ID        string    `json:"id" model:"pk"`
	Secret    string    `json:"secret" model:"secret"` // 32 bytes in hexadecimal
	CreatedAt time.Time `json:"created_at"`
}

const (
	signingTable = "auth_signing_key"
	signingID    = "tokens"
)

// SigningKeys is the model of the table that keeps the key tokens are signed
// with. It belongs into the graph; queries do not know it.
func SigningKeys() *model.Model {
	m := model.Define[signingKey](signingTable).Named()
	m.Module = "auth"
	return m
}

// signingKey is the configured secret, or the key in the database, which the
// first to need it makes.
func (s *Service) signingKey(ctx context.Context) ([]byte, error) {
	if len(s.config.Secret) > 0 {
		return s.config.Secret, nil
	}
	if key := s.signing.Load(); key != nil {
		return *key, nil
	}
	if s.store.Graph.Table(signingTable) == nil {
		return nil, fault.New(fault.UnexpectedState, "there is no secret to sign tokens with, and no table %s to keep one in", signingTable)
	}
	key, err := s.storedKey(ctx)
	if err != nil {
		return nil, err
	}
	if !db.InTx(ctx, s.store.DB) { // in a transaction it may be undone
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
		// Another replica may do the same at this moment: one row stays, and both read that one.
		add := "INSERT INTO " + table + " (" + id + ", " + secret + ", " + d.Quote("created_at") + ") VALUES (" +
			d.Placeholder(1) + ", " + d.Placeholder(2) + ", " + d.Placeholder(3) + ") ON CONFLICT DO NOTHING"
		if _, err = conn.Exec(ctx, add, signingID, hex.EncodeToString(random()), s.now()); err == nil {
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

// secretBytes is how many random bytes a key or token has: more than anyone
// can guess, so that a fast hash of it is enough.
const secretBytes = 32

func random() []byte {
	b := make([]byte, secretBytes)
	_, _ = rand.Read(b) // never fails
	return b
}
