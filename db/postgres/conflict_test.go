package postgres_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
)

// stock returns a database with two rows for transactions to conflict on.
func stock(t *testing.T) db.DB {
	t.Helper()
	d := dbtest.Postgres(t)
	for _, sql := range []string{"CREATE TABLE stock (sku text PRIMARY KEY, n integer)", "INSERT INTO stock VALUES ('a', 1), ('b', 1)"} {
		if _, err := d.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func begin(t *testing.T, d db.DB) db.Tx {
	t.Helper()
	tx, err := d.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	return tx
}

func conflict(t *testing.T, err error) {
	t.Helper()
	if fault.TypeOf(err) != fault.Conflict || !strings.Contains(err.Error(), "try again") {
		t.Errorf("%s: %v", fault.TypeOf(err), err)
	}
}

func TestSerializationFailure(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"in a statement", "at the end"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			d := stock(t)
			first, second := begin(t, d), begin(t, d)
			run := func(tx db.Tx, sql string) error {
				_, err := tx.Exec(t.Context(), sql)
				return err
			}
			for _, tx := range []db.Tx{first, second} {
				for _, sql := range []string{"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SELECT sum(n) FROM stock"} {
					if err := run(tx, sql); err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := run(first, "UPDATE stock SET n = n + 1 WHERE sku = 'a'"); err != nil {
				t.Fatal(err)
			}
			if when == "at the end" {
				if err := run(second, "UPDATE stock SET n = n + 1 WHERE sku = 'b'"); err != nil {
					t.Fatal(err)
				}
			}
			if err := first.Commit(t.Context()); err != nil {
				t.Fatal(err)
			}
			if when == "at the end" {
				conflict(t, second.Commit(t.Context()))
			} else {
				conflict(t, run(second, "UPDATE stock SET n = n + 1 WHERE sku = 'a'"))
			}
		})
	}
}

func TestDeadlock(t *testing.T) {
	t.Parallel()
	d := stock(t)
	locked := [2]chan bool{make(chan bool), make(chan bool)}
	results := make(chan error, 2)
	for i, order := range [][2]string{{"a", "b"}, {"b", "a"}} {
		go func() {
			results <- db.Do(t.Context(), d, func(ctx context.Context) error {
				const update = "UPDATE stock SET n = n + 1 WHERE sku = $1"
				if _, err := db.Use(ctx, d).Exec(ctx, update, order[0]); err != nil {
					return err
				}
				close(locked[i])
				select {
				case <-locked[1-i]: // both hold one row
				case <-ctx.Done():
					return ctx.Err()
				}
				_, err := db.Use(ctx, d).Exec(ctx, update, order[1])
				return err
			})
		}()
	}
	a, b := <-results, <-results
	if (a == nil) == (b == nil) {
		t.Fatalf("both had the same result: %v, %v", a, b)
	}
	if a == nil {
		a = b
	}
	conflict(t, a)
}

func TestWaitsThatEnd(t *testing.T) {
	t.Parallel()
	d := stock(t)
	holder := begin(t, d)
	if _, err := holder.Exec(t.Context(), "UPDATE stock SET n = 5"); err != nil {
		t.Fatal(err)
	}
	for _, setting := range []string{"lock_timeout", "statement_timeout"} {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if _, err := db.Use(ctx, d).Exec(ctx, "SET LOCAL "+setting+" = '20ms'"); err != nil {
				return err
			}
			_, err := db.Use(ctx, d).Exec(ctx, "UPDATE stock SET n = 6")
			return err
		})
		unavailable(t, setting, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := d.Exec(ctx, "UPDATE stock SET n = 6"); ctx.Err() == nil || fault.TypeOf(err) != fault.Internal || !strings.Contains(err.Error(), "deadline exceeded") {
		t.Errorf("the end of the context: %s: %v", fault.TypeOf(err), err)
	}
}

func TestReadOnlyDatabase(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = q.Encode()
	d, err := postgres.Open(t.Context(), u.String())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test ends
	_, err = d.Exec(t.Context(), "CREATE TABLE x (a text)")
	unavailable(t, "a read-only database", err)
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("the error is %v", err)
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	d := connect(t, dbtest.PostgresURL(t))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := d.Exec(t.Context(), "SELECT 1")
	unavailable(t, "a closed database", err)
}

// SQL is the same pool for tools that use database/sql.
func TestSQL(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	if _, err := d.SQL().ExecContext(t.Context(), "CREATE TABLE x (a text)"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Exec(t.Context(), "INSERT INTO x VALUES ('b')"); err != nil {
		t.Fatal(err)
	}
	var a string
	if err := d.SQL().QueryRowContext(t.Context(), "SELECT a FROM x").Scan(&a); err != nil || a != "b" {
		t.Errorf("database/sql reads %q, %v", a, err)
	}
}
