package db

import (
	"context"
	"slices"
)

// txKey is the context key of a transaction of db.
type txKey struct{ db DB }

// active is a transaction that a context carries.
type active struct {
	Tx
	before []*pending
	after  []func()
}

// pending is work on ids that waits for the end of a transaction.
type pending struct {
	key any
	ids []string
	run func(ctx context.Context, ids []string) error
}

// Use returns the transaction of d that ctx carries, or d if there is none.
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

// BeforeCommit calls fn with ids before the transaction that ctx carries is
// committed; if fn returns an error, it is rolled back. Calls with one key are
// collected: the first one's fn is called once, with the ids of all, in the order
// in which they were first given. Outside a transaction it calls fn at once.
//
// It is for what follows from records and is stored, such as totals: however
// often its causes change in a transaction, it is computed once.
func BeforeCommit(ctx context.Context, d DB, key any, ids []string, fn func(ctx context.Context, ids []string) error) error {
	a, ok := ctx.Value(txKey{d}).(*active)
	if !ok {
		return fn(ctx, ids)
	}
	i := slices.IndexFunc(a.before, func(p *pending) bool { return p.key == key })
	if i < 0 {
		i, a.before = len(a.before), append(a.before, &pending{key: key, run: fn})
	}
	a.before[i].ids = append(a.before[i].ids, ids...)
	return nil
}

// settle runs what waits for the end of the transaction, and what that leaves.
func (a *active) settle(ctx context.Context) error {
	for len(a.before) > 0 {
		p := a.before[0]
		a.before = a.before[1:]
		if err := p.run(ctx, distinct(p.ids)); err != nil {
			return err
		}
	}
	return nil
}

// distinct returns the texts without repetitions.
func distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	return slices.DeleteFunc(texts, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// InTx reports whether ctx carries a transaction of d.
func InTx(ctx context.Context, d DB) bool { return ctx.Value(txKey{d}) != nil }

// Do runs fn in a transaction of d, which the context passed to fn carries. If
// ctx carries one already, fn joins it. Otherwise Do begins a transaction, and
// commits it when fn returns nil or rolls it back when fn returns an error or
// panics.
func Do(ctx context.Context, d DB, fn func(ctx context.Context) error) error {
	if InTx(ctx, d) {
		return fn(ctx)
	}
	return DoWith(ctx, d, d.Begin, fn)
}

// DoWith is like Do, but always runs fn in a new transaction, which begin
// starts. It is for kinds of transaction that a DB offers besides Begin.
func DoWith(ctx context.Context, d DB, begin func(context.Context) (Tx, error), fn func(ctx context.Context) error) (err error) {
	tx, err := begin(ctx)
	if err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			// Roll back even if the caller's context has ended.
			rollback := tx.Rollback(context.WithoutCancel(ctx))
			if err == nil {
				err = rollback
			}
		}
	}()
	a := &active{Tx: tx}
	inside := context.WithValue(ctx, txKey{d}, a)
	if err := fn(inside); err != nil {
		return err
	}
	if err := a.settle(inside); err != nil {
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

// Savepoint runs fn so that, if it fails, only its own changes are undone: in a
// savepoint if ctx carries a transaction of d, otherwise in a new transaction.
// If undoing fails, Savepoint returns that error instead of fn's, and the
// transaction must not continue.
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
		if !done { // fn failed or panicked
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

// undo rolls back to the savepoint after err.
func undo(ctx context.Context, c Conn, err error) error {
	undoing := context.WithoutCancel(ctx)
	if _, failed := c.Exec(undoing, "ROLLBACK TO SAVEPOINT gorgon"); failed != nil {
		if ctx.Err() != nil { // which ended the transaction
			return ctx.Err()
		}
		return failed
	}
	_, _ = c.Exec(undoing, "RELEASE SAVEPOINT gorgon") // only frees the name; err is what matters
	return err
}
