package auth

import (
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A token is valid for a day, but its holder may be deleted in the meantime.
// Trusts therefore asks the database, and remembers the answer for trustFor.
const (
	trustFor = 5 * time.Second
	maxTrust = 10_000 // the number of actors to remember
)

// trust remembers which tokens have been confirmed recently.
type trust struct {
	mu    sync.Mutex
	until map[string]time.Time // keyed by identity and actor
}

// Trusts reports whether the identity of a valid token still exists and is still
// the actor. It is like Confirm, but asks the database at most every five seconds
// for each actor. When an actor is deleted through the store of this process, it
// asks again at once; another replica notices after five seconds at most.
func (s *Service) Trusts(ctx context.Context, c *Claims) (bool, error) {
	who := c.AuthIdentityID + " " + c.ActorType + " " + c.ActorID
	if s.trust.has(who) {
		return true, nil
	}
	if err := s.Confirm(ctx, c); err != nil {
		if fault.TypeOf(err) == fault.Unauthorized {
			err = nil
		}
		return false, err
	}
	s.trust.note(who)
	return true, nil
}

func (t *trust) has(who string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Now().Before(t.until[who])
}

func (t *trust) note(who string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.until == nil || len(t.until) >= maxTrust {
		t.until = map[string]time.Time{}
	}
	t.until[who] = time.Now().Add(trustFor)
}

// Distrust makes Trusts ask the database again for every token. Detach calls it;
// call it after changing identities in another way, once the transaction has been
// committed.
func (s *Service) Distrust() { s.trust.forget() }

func (t *trust) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = nil
}
