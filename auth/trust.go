package auth

import (
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A token says who its holder is, and is believed for a day; whether they are
// still there only the database knows. It is asked again after trustFor, so a
// user who is deleted is out after that at the latest.
const (
	trustFor = 5 * time.Second
	maxTrust = 10_000 // actors to remember
)

// trust remembers whose identity was there a moment ago.
type trust struct {
	mu    sync.Mutex
	until map[string]time.Time // by identity and actor
}

// Trusts reports whether the identity of a valid token is still there, and is
// still that actor. The database is asked at most every five seconds, so a
// user who was deleted is out after that at the latest; Distrust makes it at
// once.
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

// Distrust has the database asked again about every token: after actors were
// deleted. In a transaction, it belongs after the commit.
func (s *Service) Distrust() { s.trust.forget() }

func (t *trust) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = nil
}
