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

// Medusa keeps of a secret key the hash that scrypt makes of it with a salt,
// which is hexadecimal text and used as that. To try one costs as much as a
// login, so only keys are tried whose redacted form fits, and what was proved
// once is remembered.

// importedCost is what Medusa's hashes of keys cost, and importedLength how
// long they are, in bytes.
var importedCost = cost{logN: 14, r: 8, p: 1}

const (
	importedLength = 64
	mostTries      = 4 // keys with one redacted form: more is no accident
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

// proves reports whether a token is the one an imported key was made of.
func (s *Service) proves(ctx context.Context, token string, k *apikey.APIKey) (ok bool, err error) {
	err = s.gate.pass(ctx, importedCost.memory(), func() error {
		made, err := scrypt.Key([]byte(token), []byte(k.Salt), 1<<importedCost.logN, int(importedCost.r), int(importedCost.p), importedLength)
		ok = err == nil && same(hex.EncodeToString(made), k.Token)
		return err
	})
	return ok, err
}

// proofs remembers which tokens proved which keys, by the hash of the token.
// Whether the key is still good is asked of the database every time.
type proofs struct {
	mu  sync.Mutex
	ids map[[sha256.Size]byte]string
}

// mostProofs bounds what is remembered; no shop has so many keys.
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
		for any := range p.ids { // whichever: it is proved again when it comes
			delete(p.ids, any)
			break
		}
	}
	p.ids[sum] = id
}
