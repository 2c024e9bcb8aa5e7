package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
)

func TestCollectAndOne(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		const query = "SELECT name FROM brand ORDER BY name"
		if all, err := db.Collect[string](t.Context(), d, query); all != nil || err != nil {
			t.Errorf("Collect of no rows is %q, %v", all, err)
		}
		if one, ok, err := db.One[string](t.Context(), d, query); one != "" || ok || err != nil {
			t.Errorf("One of no rows is %q, %t, %v", one, ok, err)
		}
		exec(t, d, "INSERT INTO brand VALUES ('a'), ('b')")
		if all, err := db.Collect[string](t.Context(), d, query); !slices.Equal(all, []string{"a", "b"}) || err != nil {
			t.Errorf("Collect is %q, %v", all, err)
		}
		if one, ok, err := db.One[string](t.Context(), d, query); one != "a" || !ok || err != nil {
			t.Errorf("One is %q, %t, %v", one, ok, err)
		}
		if one, ok, err := db.One[*string](t.Context(), d, "SELECT max(name) FROM brand WHERE name > 'x'"); one != nil || !ok || err != nil {
			t.Errorf("One of NULL is %v, %t, %v", one, ok, err)
		}
	})
}

func TestCollectAndOneFail(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO brand VALUES ('a')")
		canceled, cancel := context.WithCancel(t.Context())
		cancel()
		for name, test := range map[string]struct {
			ctx context.Context
			sql string
		}{
			"not SQL":         {t.Context(), "SELECT FROM WHERE"},
			"no such table":   {t.Context(), "SELECT 1 FROM nowhere"},
			"another type":    {t.Context(), "SELECT name FROM brand"},
			"several columns": {t.Context(), "SELECT 1, 2"},
			"an error after some rows": {t.Context(), map[string]string{
				"sqlite": "SELECT CASE WHEN column1 < 3 THEN column1 ELSE abs(-9223372036854775808) END FROM (VALUES (1), (2), (3))", "postgres": "SELECT 1 / (3 - n) FROM generate_series(1, 3) AS n",
			}[d.Dialect().Name()]},
			"canceled": {canceled, "SELECT 1"},
		} {
			if all, err := db.Collect[int64](test.ctx, d, test.sql); err == nil || all != nil && name != "an error after some rows" {
				t.Errorf("%s: Collect is %v, %v", name, all, err)
			}
			if one, ok, err := db.One[int64](test.ctx, d, test.sql); err == nil || ok || one != 0 {
				t.Errorf("%s: One is %v, %t, %v", name, one, ok, err)
			}
		}
		if _, err := db.Collect[int64](canceled, d, "SELECT 1"); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled: %v", err)
		}
		// No failure leaks a connection.
		for range 20 {
			if _, err := db.Collect[string](t.Context(), d, "SELECT name FROM brand"); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// The end of the context ends a statement that would run forever.
func TestEndlessStatement(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		endless := map[string]string{
			"sqlite":   "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
			"postgres": "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b",
		}[d.Dialect().Name()]
		for name, run := range map[string]func(ctx context.Context) error{
			"query": func(ctx context.Context) error { _, err := db.Collect[int64](ctx, d, endless); return err },
			"exec":  func(ctx context.Context) error { _, err := d.Exec(ctx, endless); return err },
			"transaction": func(ctx context.Context) error {
				return db.Do(ctx, d, func(ctx context.Context) error {
					if err := add(ctx, d, "a"); err != nil {
						return err
					}
					_, err := db.Collect[int64](ctx, db.Use(ctx, d), endless)
					return err
				})
			},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			if err := run(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", name, err)
			}
			cancel()
		}
		holds(t, d)
		if err := add(t.Context(), d, "b"); err != nil {
			t.Error(err)
		}
	})
}
