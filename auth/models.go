package auth

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// Models returns the models of the tables that a Service needs beside those of
// the modules: the key that signs tokens, what ended before its tokens expire,
// and recent attempts to log in. Queries cannot read them.
func Models() []*model.Model {
	out := []*model.Model{
		model.Define[signingKey](signingTable),
		model.Define[revocation](revocationTable).Index("expires_at"),
		model.Define[attempts](attemptsTable).Index("full_at"),
	}
	for _, m := range out {
		m.Named().Module = "auth"
	}
	return out
}

const (
	signingTable    = "auth_signing_key"
	revocationTable = "auth_revocation"
	attemptsTable   = "auth_attempt"
)

// signingKey is the key that signs tokens in shops that do not configure one. The
// table has one row.
type signingKey struct {
	ID        string    `json:"id" model:"pk"`
	Secret    string    `json:"secret" model:"secret"` // 32 bytes in hexadecimal
	CreatedAt time.Time `json:"created_at"`
}

// revocation says that sessions of a subject that began at RevokedAt or before
// have ended. It is kept until the last of their tokens has expired.
type revocation struct {
	ID        string    `json:"id" model:"pk"` // session:… or identity:…
	RevokedAt time.Time `json:"revoked_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// attempts is what a key of a Limiter has used up.
type attempts struct {
	ID     string `json:"id" model:"pk"` // a hash: emails and addresses are not kept
	FullAt int64  `json:"full_at"`       // when all attempts are there again, in milliseconds since 1970
}
