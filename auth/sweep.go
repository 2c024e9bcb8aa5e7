package auth

import (
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/module"
)

// sweeps removes rows that are out of date from the tables of this package, in
// passing: there is no job for it.
type sweeps struct {
	mu   sync.Mutex
	next map[string]time.Time // by table
}

const (
	sweepEvery = time.Minute
	sweepRows  = "1000" // so many at a time that the table shrinks, so few that no one waits
)

// sweep removes rows whose column is before a value, unless it did so a short
// time ago. If that fails, the next sweep removes them.
func (s *sweeps) sweep(ctx context.Context, store *module.Store, table, column string, before any) {
	if !s.due(table, store.Now()) {
		return
	}
	d := store.DB.Dialect()
	id := d.Quote("id")
	// In order, so that no two replicas wait for each other.
	old := "SELECT " + id + " FROM " + d.Quote(table) + " WHERE " + d.Quote(column) + " < " + d.Placeholder(1) +
		" ORDER BY " + id + " LIMIT " + sweepRows + d.ForUpdate("")
	_, _ = store.DB.Exec(ctx, "DELETE FROM "+d.Quote(table)+" WHERE "+id+" IN ("+old+")", before)
}

func (s *sweeps) due(table string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Before(s.next[table]) {
		return false
	}
	if s.next == nil {
		s.next = map[string]time.Time{}
	}
	s.next[table] = now.Add(sweepEvery)
	return true
}
