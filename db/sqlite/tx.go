package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/gorgon-commerce/gorgon/db"
)

// tx is a transaction on the writer's connection.
type tx struct {
	db *Database
	tx *sql.Tx
}

// stmt prepares on the transaction's own connection: the pool's one connection
// is taken, so asking the pool would wait for ourselves.
func (t *tx) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	t.db.write.mu.RLock()
	kept := t.db.write.stmts[query]
	t.db.write.mu.RUnlock()
	if kept != nil {
		return t.tx.StmtContext(ctx, kept), nil
	}
	return t.tx.PrepareContext(ctx, query)
}

func (t *tx) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	s, err := t.stmt(ctx, query)
	if err != nil {
		return nil, t.db.problem(err)
	}
	values, err := bind(args)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, values...)
	if err != nil {
		return nil, t.db.problem(err)
	}
	return &rows{r, t.db}, nil
}

func (t *tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	s, err := t.stmt(ctx, query)
	if err != nil {
		return 0, t.db.problem(err)
	}
	defer s.Close() //nolint:errcheck // the statement ran
	return t.db.exec(ctx, s, args)
}

func (t *tx) Commit(context.Context) error { return t.db.problem(t.tx.Commit()) }

func (t *tx) Rollback(context.Context) error {
	if err := t.tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return t.db.problem(err)
	}
	return nil
}
