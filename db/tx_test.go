package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

var errOurs = errors.New("an error of the test")

func TestDoCommits(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if !db.InTx(ctx, d) || db.InTx(t.Context(), d) {
				t.Error("the transaction is in the wrong context")
			}
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			holds(t, d) // not visible outside yet
			if n, _, err := db.One[int64](ctx, db.Use(ctx, d), "SELECT count(*) FROM brand"); n != 1 || err != nil {
				t.Errorf("in the transaction there are %d, %v", n, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d, "a")
	})
}

func TestDoRollsBack(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			return errOurs
		})
		if !errors.Is(err, errOurs) {
			t.Errorf("the error is %v", err)
		}
		holds(t, d)
		if err := add(t.Context(), d, "b"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestDoRollsBackOnPanic(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		func() {
			defer func() {
				if r := recover(); r != "stop" {
					t.Errorf("the panic became %v", r)
				}
			}()
			_ = db.Do(t.Context(), d, func(ctx context.Context) error {
				if err := add(ctx, d, "a"); err != nil {
					t.Error(err)
				}
				panic("stop")
			})
		}()
		if err := add(t.Context(), d, "b"); err != nil { // the connection is free again
			t.Error(err)
		}
		holds(t, d, "b")
	})
}

func TestDoWithCanceledContext(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Do(ctx, d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			cancel()
			return nil // despite the canceled context
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
		err = db.Do(ctx, d, func(context.Context) error {
			t.Error("the transaction began although its context had ended")
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("beginning: %v", err)
		}
		ctx, cancel = context.WithCancel(t.Context())
		err = db.Do(ctx, d, func(ctx context.Context) error {
			if err := add(ctx, d, "b"); err != nil {
				return err
			}
			cancel()
			return add(ctx, d, "c")
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("in the middle: %v", err)
		}
		holds(t, d)
		if err := add(t.Context(), d, "d"); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

func TestNestedDoJoins(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			err := db.Do(ctx, d, func(ctx context.Context) error { return add(ctx, d, "b") })
			if err != nil {
				return err
			}
			holds(t, d) // the inner Do did not commit
			return errOurs
		})
		if !errors.Is(err, errOurs) {
			t.Errorf("the error is %v", err)
		}
		holds(t, d)
		err = db.Do(t.Context(), d, func(ctx context.Context) error {
			_ = db.Do(ctx, d, func(ctx context.Context) error { // nor does it roll back: a caller that ignores its error keeps its changes
				if err := add(ctx, d, "c"); err != nil {
					t.Error(err)
				}
				return errOurs
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d, "c")
	})
}

// A transaction belongs to one database, also within that of another.
func TestTransactionsOfTwoDatabases(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		other := dbtest.SQLite(t)
		exec(t, other, "CREATE TABLE brand (name text PRIMARY KEY)")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if db.InTx(ctx, other) || db.Use(ctx, other) != db.Conn(other) {
				t.Error("the other database is in the transaction")
			}
			err := db.Do(ctx, other, func(ctx context.Context) error {
				if !db.InTx(ctx, d) || !db.InTx(ctx, other) {
					t.Error("the inner transaction hides the outer one")
				}
				if err := add(ctx, d, "outer"); err != nil {
					return err
				}
				return add(ctx, other, "inner")
			})
			if err != nil {
				return err
			}
			return errOurs
		})
		if !errors.Is(err, errOurs) {
			t.Errorf("the error is %v", err)
		}
		holds(t, d)
		holds(t, other, "inner")
	})
}

func TestSavepoint(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			err := db.Savepoint(ctx, d, func(ctx context.Context) error {
				if err := add(ctx, d, "b"); err != nil {
					return err
				}
				return add(ctx, d, "a") // it exists already
			})
			var v *db.Violation
			if !errors.As(err, &v) || v.Kind != db.UniqueViolation {
				t.Errorf("the error is %v", err)
			}
			return db.Savepoint(ctx, d, func(ctx context.Context) error { return add(ctx, d, "c") })
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d, "a", "c")
	})
}

func TestSavepointsNest(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			return db.Savepoint(ctx, d, func(ctx context.Context) error {
				if err := add(ctx, d, "a"); err != nil {
					return err
				}
				for _, name := range []string{"b", "c"} {
					err := db.Savepoint(ctx, d, func(ctx context.Context) error {
						if err := add(ctx, d, name); err != nil {
							return err
						}
						return errOurs
					})
					if !errors.Is(err, errOurs) {
						t.Errorf("the error is %v", err)
					}
				}
				return add(ctx, d, "d")
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d, "a", "d")
	})
}

func TestSavepointOutsideATransaction(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		for name, result := range map[string]error{"lost": errOurs, "kept": nil} {
			err := db.Savepoint(t.Context(), d, func(ctx context.Context) error {
				if !db.InTx(ctx, d) {
					t.Error("there is no transaction")
				}
				if err := add(ctx, d, name); err != nil {
					return err
				}
				return result
			})
			if !errors.Is(err, result) {
				t.Errorf("the error is %v", err)
			}
		}
		holds(t, d, "kept")
	})
}

func TestSavepointPanics(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			func() {
				defer func() { _ = recover() }()
				_ = db.Savepoint(ctx, d, func(ctx context.Context) error {
					if err := add(ctx, d, "b"); err != nil {
						t.Error(err)
					}
					panic("stop")
				})
			}()
			return add(ctx, d, "c")
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, d, "a", "c")
	})
}

func TestSavepointWithCanceledContext(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Do(ctx, d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			return db.Savepoint(ctx, d, func(ctx context.Context) error {
				cancel()
				return add(ctx, d, "b")
			})
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
		holds(t, d)
	})
}

// DoWith begins a new transaction each time.
func TestDoWith(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		began := 0
		begin := func(ctx context.Context) (db.Tx, error) {
			began++
			return d.Begin(ctx)
		}
		for name, result := range map[string]error{"lost": errOurs, "kept": nil} {
			err := db.DoWith(t.Context(), d, begin, func(ctx context.Context) error {
				if err := db.Do(ctx, d, func(ctx context.Context) error { return add(ctx, d, name) }); err != nil {
					return err
				}
				return result
			})
			if !errors.Is(err, result) {
				t.Errorf("the error is %v", err)
			}
		}
		if began != 2 {
			t.Errorf("%d transactions began, want 2", began)
		}
		holds(t, d, "kept")
		err := db.DoWith(t.Context(), d, func(context.Context) (db.Tx, error) { return nil, errOurs }, func(context.Context) error {
			t.Error("the function ran without a transaction")
			return nil
		})
		if !errors.Is(err, errOurs) {
			t.Errorf("the error is %v", err)
		}
	})
}

func TestEndedTransaction(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		for _, end := range []func(db.Tx) error{
			func(tx db.Tx) error { return tx.Commit(t.Context()) },
			func(tx db.Tx) error { return tx.Rollback(t.Context()) },
		} {
			tx, err := d.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := end(tx); err != nil {
				t.Error(err)
			}
			if err := tx.Rollback(t.Context()); err != nil {
				t.Errorf("rollback after the end: %v", err)
			}
			if err := tx.Commit(t.Context()); err == nil {
				t.Error("a second commit succeeded")
			}
			if _, err := tx.Exec(t.Context(), "INSERT INTO brand VALUES ('late')"); err == nil {
				t.Error("an ended transaction still writes")
			}
		}
		holds(t, d)
	})
}

// A deferred constraint fails the commit, which keeps nothing.
func TestCommitThatFails(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		exec(t, d, "CREATE TABLE shirt (brand text REFERENCES brand (name) DEFERRABLE INITIALLY DEFERRED)")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := add(ctx, d, "a"); err != nil {
				return err
			}
			_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO shirt VALUES ('nobody')")
			return err
		})
		var v *db.Violation
		if !errors.As(err, &v) || v.Kind != db.ForeignKeyViolation {
			t.Errorf("the error is %v", err)
		}
		holds(t, d)
		if err := db.Do(t.Context(), d, func(ctx context.Context) error { return add(ctx, d, "b") }); err != nil {
			t.Errorf("the next transaction: %v", err)
		}
		holds(t, d, "b")
	})
}

func TestTransactionsAtOnce(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		var all sync.WaitGroup
		for i := range 16 {
			all.Go(func() {
				err := db.Do(t.Context(), d, func(ctx context.Context) error {
					if err := add(ctx, d, string(rune('a'+i))); err != nil {
						return err
					}
					if i%2 == 1 {
						return errOurs
					}
					return nil
				})
				if (err != nil) != (i%2 == 1) {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
		all.Wait()
		holds(t, d, "a", "c", "e", "g", "i", "k", "m", "o")
	})
}

// ending is a transaction that records how Rollback was called.
type ending struct {
	db.Tx
	rollback error // the error of the context passed to Rollback
	fails    error // what Rollback returns
	ended    bool
}

func (e *ending) Rollback(ctx context.Context) error {
	e.ended, e.rollback = true, ctx.Err()
	return e.fails
}

// Do rolls back even if the caller's context has ended, and a failed rollback
// does not hide the error that caused it.
func TestRollbackOutlivesTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	e := &ending{fails: errors.New("the rollback failed")}
	err := db.DoWith(ctx, nil, func(context.Context) (db.Tx, error) { return e, nil }, func(context.Context) error { return errOurs })
	if !e.ended || e.rollback != nil || !errors.Is(err, errOurs) {
		t.Errorf("rolled back: %t, its context: %v; the error is %v", e.ended, e.rollback, err)
	}
}
