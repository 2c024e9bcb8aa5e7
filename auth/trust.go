package auth

import (
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/auth"
)

// A token is valid for a day, but its holder may log out, get a new password or
// be deleted in the meantime. Trusts therefore asks the database, and remembers
// the answer for trustFor.
const (
	trustFor = 5 * time.Second
	maxTrust = 10_000 // the number of tokens to remember
)

// trust remembers which tokens have been confirmed recently.
type trust struct {
	mu        sync.Mutex
	until     map[trusted]time.Time
	forgotten int // how often
}

// trusted is what of a token was confirmed.
type trusted struct {
	identity, actorType, actor, session string
	began                               int64
}

// Trusts reports whether the session of a valid token goes on, and its identity
// still exists and is still the actor. It is like Confirm, but asks the database
// at most every five seconds for each session. It asks again at once when a
// session is ended or an actor deleted by this process; another replica notices
// after five seconds at most.
func (s *Service) Trusts(ctx context.Context, c *Claims) (bool, error) {
	who := trusted{c.AuthIdentityID, c.ActorType, c.ActorID, c.SessionID, c.AuthTime.UnixMilli()}
	known, forgotten := s.trust.has(who, s.now())
	if known {
		return true, nil
	}
	if err := s.Confirm(ctx, c); err != nil {
		if fault.TypeOf(err) == fault.Unauthorized {
			err = nil
		}
		return false, err
	}
	s.trust.note(who, s.now(), forgotten)
	return true, nil
}

// has reports whether a token is trusted, and returns what note needs.
func (t *trust) has(who trusted, now time.Time) (known bool, forgotten int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	left := t.until[who].Sub(now)
	return 0 < left && left <= trustFor, t.forgotten
}

// note remembers a token, unless tokens were forgotten while the database was
// asked: what it said may be out of date.
func (t *trust) note(who trusted, now time.Time, forgotten int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.forgotten != forgotten {
		return
	}
	if t.until == nil || len(t.until) >= maxTrust {
		t.until = map[trusted]time.Time{}
	}
	t.until[who] = now.Add(trustFor)
}

// Distrust makes Trusts ask the database again for every token. Detach, Logout
// and Update call it; call it after changing identities in another way, once the
// transaction has been committed.
func (s *Service) Distrust() { s.trust.forget() }

func (t *trust) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = nil
	t.forgotten++
}

// Confirm checks in the database that the claims of a token are still true: its
// session has not been ended, the identity exists and, if they name an actor, is
// that actor. If not, the error is unauthorized. It costs one statement. Use it,
// or Trusts, in a route that must not serve someone who was deleted within the
// lifetime of a token.
func (s *Service) Confirm(ctx context.Context, c *Claims) error {
	_, err := s.confirmed(ctx, c)
	return err
}

// confirmed returns the identity of claims that are still true.
func (s *Service) confirmed(ctx context.Context, c *Claims) (*auth.Identity, error) {
	d := s.store.DB.Dialect()
	ended := "SELECT 1 FROM " + d.Quote(revocationTable) + " WHERE " + d.Quote("id") + " = " + d.Placeholder(2) +
		" OR " + d.Quote("id") + " = " + d.Placeholder(3) + " AND " + d.Quote("revoked_at") + " >= " + d.Placeholder(4)
	sql := "SELECT coalesce(" + d.Quote("app_metadata") + ", 'null') FROM " + d.Quote(auth.Identities.Table) + " WHERE " + d.Quote("id") + " = " + d.Placeholder(1) +
		" AND " + d.Quote("deleted_at") + " IS NULL AND NOT EXISTS (" + ended + ")"
	metadata, ok, err := db.One[model.RawJSON](ctx, db.Use(ctx, s.store.DB), sql,
		c.AuthIdentityID, sessionSubject(c.SessionID), identitySubject(c.AuthIdentityID), c.AuthTime)
	if err != nil {
		return nil, err
	}
	identity := &auth.Identity{AppMetadata: metadata}
	identity.ID = c.AuthIdentityID
	if !ok || !s.now().Before(s.sessionEnd(c.AuthTime)) || c.ActorID != "" && actorOf(identity, c.ActorType) != c.ActorID {
		return nil, badToken(nil)
	}
	return identity, nil
}
