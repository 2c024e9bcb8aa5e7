package server

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
)

// readyTimeout is how long the database may take to answer GET /ready.
const readyTimeout = 2 * time.Second

// readiness is whether a server should get requests.
type readiness struct {
	draining atomic.Bool
	migrated atomic.Bool // the tables were those of this binary
}

// check returns why the server should not get requests, or nil. The tables are
// compared until they were right once: later a newer binary may have changed
// them, beside which this one keeps working until it is replaced.
func (r *readiness) check(ctx context.Context, s *shop.Shop) error {
	if r.draining.Load() {
		return fault.New(fault.Unavailable, "the server is shutting down")
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	if r.migrated.Load() {
		_, _, err := db.One[int64](ctx, s.DB(), "SELECT 1")
		return notReady(err)
	}
	err := s.Check(ctx)
	if err == nil {
		r.migrated.Store(true)
	}
	return notReady(err)
}

// notReady says no more to the caller than what kind of problem it is; the log
// gets the rest.
func notReady(err error) error {
	switch {
	case err == nil:
		return nil
	case fault.TypeOf(err) == fault.UnexpectedState:
		return errors.Join(fault.New(fault.Unavailable, "the database has not been migrated for this version"), err)
	}
	return errors.Join(fault.New(fault.Unavailable, "the database does not respond"), err)
}
