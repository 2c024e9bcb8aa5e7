package link_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
)

// counter counts statements, other than those that begin and end transactions,
// and can make one of them fail.
type counter struct {
	ran    atomic.Int64
	failAt int64 // 0 means none
	seen   func(sql string, args []any)
}

var errNoLuck = errors.New("no luck")

func (c *counter) next(sql string, args []any) error {
	if strings.Contains(sql, "SAVEPOINT") {
		return nil
	}
	if c.seen != nil {
		c.seen(sql, args)
	}
	if c.ran.Add(1) == c.failAt {
		return errNoLuck
	}
	return nil
}

// counting is a database that counts statements.
type counting struct {
	db.DB
	*counter
}

func (c counting) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	if err := c.next(sql, args); err != nil {
		return nil, err
	}
	return c.DB.Query(ctx, sql, args...)
}

func (c counting) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := c.next(sql, args); err != nil {
		return 0, err
	}
	return c.DB.Exec(ctx, sql, args...)
}

func (c counting) Begin(ctx context.Context) (db.Tx, error) {
	tx, err := c.DB.Begin(ctx)
	return countingTx{tx, c.counter}, err
}

type countingTx struct {
	db.Tx
	*counter
}

func (c countingTx) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	if err := c.next(sql, args); err != nil {
		return nil, err
	}
	return c.Tx.Query(ctx, sql, args...)
}

func (c countingTx) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	if err := c.next(sql, args); err != nil {
		return 0, err
	}
	return c.Tx.Exec(ctx, sql, args...)
}

// count returns a counter of the statements of the shop's links.
func (s *shop) count() *counter {
	c := &counter{}
	s.store = module.NewStore(counting{s.db, c}, s.graph).From(module.Source{Now: s.store.Now, NewID: s.store.NewID})
	s.Manager = link.NewManager(s.store, s.installed)
	return c
}

// wantStatements checks how many statements run sends.
func (s *shop) wantStatements(c *counter, want int64, what string, run func()) {
	s.t.Helper()
	before := c.ran.Load()
	run()
	if n := c.ran.Load() - before; n != want {
		s.t.Errorf("%s took %d statements, want %d", what, n, want)
	}
}
