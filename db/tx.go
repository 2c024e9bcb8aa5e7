package db

import "context"

type txKey struct{}

// carried is a transaction in a context, with the database it belongs to.
type carried struct {
	db DB
	tx Tx
}

// Use returns the transaction that ctx carries for d, or d itself.
func Use(ctx context.Context, d DB) Conn {
	if c, ok := ctx.Value(txKey{}).(carried); ok && c.db == d {
		return c.tx
	}
	return d
}

// InTx reports whether ctx carries a transaction of d.
func InTx(ctx context.Context, d DB) bool {
	c, ok := ctx.Value(txKey{}).(carried)
	return ok && c.db == d
}

// Do runs fn in a transaction that its context carries: the one ctx is already
// in, else a new one that is committed when fn returns nil and rolled back
// when it returns an error or panics.
func Do(ctx context.Context, d DB, fn func(ctx context.Context) error) error {
	if InTx(ctx, d) {
		return fn(ctx)
	}
	return DoWith(ctx, d, d.Begin, fn)
}

// DoWith is Do in a transaction of its own that begin starts: one that d offers
// beside Begin.
func DoWith(ctx context.Context, d DB, begin func(context.Context) (Tx, error), fn func(ctx context.Context) error) (err error) {
	tx, err := begin(ctx)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			// The caller's context may have ended; the rollback must not.
			rollback := tx.Rollback(context.WithoutCancel(ctx))
			if err == nil {
				err = rollback
			}
		}
	}()
	if err := fn(context.WithValue(ctx, txKey{}, carried{d, tx})); err != nil {
		return err
	}
	done = true
	return tx.Commit(ctx)
}

// Savepoint runs fn so that its failure undoes only what fn did: inside a
// transaction by a savepoint, outside one in a transaction of its own.
func Savepoint(ctx context.Context, d DB, fn func(ctx context.Context) error) error {
	if !InTx(ctx, d) {
		return Do(ctx, d, fn)
	}
	c := Use(ctx, d)
	if _, err := c.Exec(ctx, "SAVEPOINT gorgon"); err != nil {
		return err
	}
	if err := fn(ctx); err != nil {
		ctx := context.WithoutCancel(ctx)
		if _, undo := c.Exec(ctx, "ROLLBACK TO SAVEPOINT gorgon"); undo != nil {
			return undo
		}
		_, _ = c.Exec(ctx, "RELEASE SAVEPOINT gorgon") // frees a name; fn's error is what matters
		return err
	}
	_, err := c.Exec(ctx, "RELEASE SAVEPOINT gorgon")
	return err
}
