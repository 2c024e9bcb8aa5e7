package dbtest_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// endless is a statement that returns a row and then works on the next one for
// ever.
const endless = "SELECT CASE v WHEN 1 THEN 1 ELSE (WITH RECURSIVE n(i) AS (SELECT v UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n) END" +
	" FROM (SELECT 1 AS v UNION ALL SELECT 2) x"

// The end of a context ends a statement inside a row, and the connections are
// good for what comes after.
func TestStatementsEndWithTheContext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for range 2 * d.Readers() {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			rows, err := d.Query(ctx, endless)
			n := 0
			if err == nil {
				for rows.Next() {
					n++
				}
				err = rows.Err()
				rows.Close()
			}
			cancel()
			if n > 1 || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%d rows, %v", n, err)
			}
		}
		for range 2 * d.Readers() {
			if one, _, err := db.One[int64](t.Context(), d, "SELECT 1"); err != nil || one != 1 {
				t.Errorf("after it: %d, %v", one, err)
			}
		}
	})
}

// In a transaction, too; it ends with the context.
func TestStatementsOfTransactionsEndWithTheContext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		err := db.Do(ctx, d, func(ctx context.Context) error {
			_, err := db.Collect[int64](ctx, db.Use(ctx, d), endless)
			return err
		})
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		if err := db.Do(t.Context(), d, func(ctx context.Context) error {
			_, err := db.Use(ctx, d).Exec(ctx, "CREATE TABLE after_it (id text)")
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// A row of more than MaxRow bytes is not read.
func TestRowsAreBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		long := map[string]string{"sqlite": "hex(zeroblob(%))", "postgres": "repeat('00', %)"}[d.Dialect().Name()]
		for n, want := range map[string]error{"16000000": nil, "17000000": db.ErrTooLarge, "400000000": db.ErrTooLarge} {
			got, _, err := db.One[string](t.Context(), d, "SELECT "+strings.Replace(long, "%", n, 1))
			if !errors.Is(err, want) || want == nil && len(got) != 32_000_000 {
				t.Errorf("%s: %d bytes, %v", n, len(got), err)
			}
		}
		if _, _, err := db.One[int64](t.Context(), d, "SELECT 1"); err != nil {
			t.Error(err)
		}
	})
}
