package db

import "context"

// txKey is the key under which a context carries a transaction of db.
type txKey struct{ db DB }

// active is a transaction that a context carries.
type active struct {
	Tx
	after []func()
}

// Use returns the transaction that ctx carries for d, or d itself.
func Use(ctx context.Context, d DB) Conn {
	if a, ok := ctx.Value(txKey{d}).(*active); ok {
		return a.Tx
	}
	return d
}

// AfterCommit calls fn once the transaction that ctx carries is committed, and
// never if it is rolled back. Outside a transaction it calls fn at once.
func AfterCommit(ctx context.Context, d DB, fn func()) {
	a, ok := ctx.Value(txKey{d}).(*active)
	if !ok {
		fn()
		return
	}
	a.after = append(a.after, fn)
}

// InTx reports whether ctx carries a transaction of d.
func InTx(ctx context.Context, d DB) bool { return ctx.Value(txKey{d}) != nil }

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
	a := &active{Tx: tx}
	if err := fn(context.WithValue(ctx, txKey{d}, a)); err != nil {
		return err
	}
	done = true
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	for _, fn := range a.after {
		fn()
	}
	return nil
}

// Savepoint runs fn so that its failure undoes only what fn did: inside a
// transaction by a savepoint, outside one in a transaction of its own. An
// error of undoing takes the place of fn's: after it, the transaction must not
// go on.
func Savepoint(ctx context.Context, d DB, fn func(ctx context.Context) error) (err error) {
	if !InTx(ctx, d) {
		return Do(ctx, d, fn)
	}
	c := Use(ctx, d)
	if _, err := c.Exec(ctx, "SAVEPOINT gorgon"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done { // fn failed or panics
			err = undo(ctx, c, err)
		}
	}()
	if err := fn(ctx); err != nil {
		return err
	}
	done = true
	_, err = c.Exec(ctx, "RELEASE SAVEPOINT gorgon")
	return err
}

// undo goes back to the savepoint after err.
func undo(ctx context.Context, c Conn, err error) error {
	undoing := context.WithoutCancel(ctx)
	if _, failed := c.Exec(undoing, "ROLLBACK TO SAVEPOINT gorgon"); failed != nil {
		if ctx.Err() != nil { // it has ended the transaction
			return ctx.Err()
		}
		return failed
	}
	_, _ = c.Exec(undoing, "RELEASE SAVEPOINT gorgon") // frees a name; err is what matters
	return err
}
