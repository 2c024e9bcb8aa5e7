package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"golang.org/x/crypto/scrypt"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

// Medusa keeps the scrypt hash of a secret key. The salt is hexadecimal text and
// is used as text. Checking a hash costs as much as a login, so only keys with
// the same redacted form are tried, and tokens that have been proved once are
// remembered.

// importedCost is the cost of Medusa's hashes of keys.
var importedCost = cost{logN: 14, r: 8, p: 1}

const (
	importedLength = 64 // bytes in a hash
	mostTries      = 4  // more keys with the same redacted form are not a coincidence
)

func (s *Service) importedKey(ctx context.Context, token string) (*apikey.APIKey, error) {
	sum := sha256.Sum256([]byte(token))
	where := module.Where{"type": string(apikey.Secret), "redacted": redact(token)}
	proved := s.imported.id(sum)
	if proved != "" {
		where["id"] = proved
	}
	found, err := s.keys.APIKeys.List(ctx, where, module.Page{Limit: 4 * mostTries, Order: []string{"-created_at"}})
	if err != nil {
		return nil, err
	}
	tries := 0
	for _, k := range found {
		if k.Salt == "" || !k.Active(s.now()) {
			continue
		}
		if k.ID == proved {
			return k, nil
		}
		if tries++; tries > mostTries {
			break
		}
		ok, err := s.proves(ctx, token, k)
		if err != nil {
			return nil, err
		}
		if ok {
			s.imported.add(sum, k.ID)
			return k, nil
		}
	}
	return nil, badKey()
}

// proves reports whether a token is the one that an imported key is the hash of.
func (s *Service) proves(ctx context.Context, token string, k *apikey.APIKey) (ok bool, err error) {
	err = s.gate.pass(ctx, importedCost.memory(), func() error {
		made, err := scrypt.Key([]byte(token), []byte(k.Salt), 1<<importedCost.logN, int(importedCost.r), int(importedCost.p), importedLength)
		ok = err == nil && same(hex.EncodeToString(made), k.Token)
		return err
	})
	return ok, err
}

// proofs remembers which tokens have proved which keys, by the hash of the token.
// Whether the key is still active is read from the database every time.
type proofs struct {
	mu  sync.Mutex
	ids map[[sha256.Size]byte]string
}

// mostProofs is the maximum number of proofs, more than any shop has keys.
const mostProofs = 1024

func newProofs() *proofs { return &proofs{ids: map[[sha256.Size]byte]string{}} }

func (p *proofs) id(sum [sha256.Size]byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ids[sum]
}

func (p *proofs) add(sum [sha256.Size]byte, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.ids) >= mostProofs {
		for any := range p.ids { // drop one at random: it can be proved again
			delete(p.ids, any)
			break
		}
	}
	p.ids[sum] = id
}
