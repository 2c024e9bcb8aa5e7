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

func (t *tx) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	return t.db.ask(ctx, t.tx, query, args)
}

func (t *tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return t.db.run(ctx, t.tx, query, args)
}

// Commit returns the context's error if the context of Begin has ended:
// database/sql has then rolled back already.
func (t *tx) Commit(ctx context.Context) error {
	err := t.tx.Commit()
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return t.db.problem(err)
}

func (t *tx) Rollback(context.Context) error {
	if err := t.tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return t.db.problem(err)
	}
	return nil
}
