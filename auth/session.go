package auth

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
)

// session is what a login begins. Its tokens, the first one and those of
// refreshes, end together.
type session struct {
	id    string
	began time.Time
}

func (s *Service) newSession(began time.Time) session {
	return session{hex.EncodeToString(random()[:16]), began}
}

// sessionEnd returns when the tokens of a session that began at a time expire at
// the latest.
func (s *Service) sessionEnd(began time.Time) time.Time { return began.Add(s.config.SessionLife) }

// Logout ends the session of a token: all its tokens, on this replica at once and
// on others within five seconds.
func (s *Service) Logout(ctx context.Context, c *Claims) error {
	return s.revoke(ctx, sessionSubject(c.SessionID))
}

func sessionSubject(id string) string  { return "session:" + id }
func identitySubject(id string) string { return "identity:" + id }

// revoke ends the sessions of a subject that have begun, once the transaction is
// committed. What was issued before is told from what is issued after by when its
// session began, so a token that is refreshed at this moment ends too.
func (s *Service) revoke(ctx context.Context, subject string) error {
	d, now := s.store.DB.Dialect(), s.now()
	table, at := d.Quote(revocationTable), d.Quote("revoked_at")
	sql := "INSERT INTO " + table + " (" + d.Quote("id") + ", " + at + ", " + d.Quote("expires_at") + ") VALUES (" +
		d.Placeholder(1) + ", " + d.Placeholder(2) + ", " + d.Placeholder(3) + ") ON CONFLICT (" + d.Quote("id") + ") DO UPDATE SET " +
		at + " = excluded." + at + ", " + d.Quote("expires_at") + " = excluded." + d.Quote("expires_at") + " WHERE " + table + "." + at + " < excluded." + at
	if _, err := db.Use(ctx, s.store.DB).Exec(ctx, sql, subject, now, s.sessionEnd(now)); err != nil {
		return err
	}
	db.AfterCommit(ctx, s.store.DB, func() {
		s.Distrust()
		s.swept.sweep(ctx, s.store, revocationTable, "expires_at", now)
	})
	return nil
}
