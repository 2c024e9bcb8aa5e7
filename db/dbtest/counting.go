package dbtest

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gorgon-commerce/gorgon/db"
)

// Counter counts the statements of a database, except those that begin and end
// transactions and savepoints.
type Counter struct {
	n    atomic.Int64
	seen sync.Map // arguments by statement
}

// Counting returns d with its statements counted.
func Counting(d db.DB) (db.DB, *Counter) {
	c := &Counter{}
	return counted{d, c}, c
}

// Of returns how many statements run has executed. Nothing else may use the
// database meanwhile.
func (c *Counter) Of(run func()) int64 {
	before := c.n.Load()
	run()
	return c.n.Load() - before
}

func (c *Counter) count(sql string, args []any) {
	if !strings.Contains(sql, "SAVEPOINT") {
		c.n.Add(1)
		c.seen.Store(sql, args)
	}
}

// Statements returns all statements so far, each with the arguments that it last had.
func (c *Counter) Statements() map[string][]any {
	out := map[string][]any{}
	for sql, args := range c.seen.Range {
		out[sql.(string)] = args.([]any)
	}
	return out
}

type counted struct {
	db.DB
	*Counter
}

func (c counted) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	c.count(sql, args)
	return c.DB.Query(ctx, sql, args...)
}

func (c counted) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	c.count(sql, args)
	return c.DB.Exec(ctx, sql, args...)
}

func (c counted) Begin(ctx context.Context) (db.Tx, error) {
	tx, err := c.DB.Begin(ctx)
	return countedTx{tx, c.Counter}, err
}

type countedTx struct {
	db.Tx
	*Counter
}

func (c countedTx) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	c.count(sql, args)
	return c.Tx.Query(ctx, sql, args...)
}

func (c countedTx) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	c.count(sql, args)
	return c.Tx.Exec(ctx, sql, args...)
}
