package db_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/money"
)

// each runs a benchmark on both databases with a table of 1,000 prices.
func each(b *testing.B, run func(b *testing.B, d db.DB)) {
	for name, open := range map[string]func(testing.TB) db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name, func(b *testing.B) {
			d := open(b)
			decimal := map[string]string{"sqlite": "text COLLATE decimal", "postgres": "numeric"}[name]
			exec(b, d, "CREATE TABLE price (id text PRIMARY KEY, amount "+decimal+" NOT NULL, created_at text)")
			err := db.Do(b.Context(), d, func(ctx context.Context) error {
				for i := range 1000 {
					if err := insert(ctx, d, fmt.Sprintf("p%04d", i), int64(i*7919%10007)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			run(b, d)
		})
	}
}

func insert(ctx context.Context, d db.DB, id string, cents int64) error {
	p := d.Dialect().Placeholder
	_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO price (id, amount, created_at) VALUES ("+p(1)+", "+p(2)+", "+p(3)+")", id, money.Int(cents).Div(money.Int(100)), "2026")
	return err
}

// One record by its key, the cheapest statement.
func BenchmarkQueryOne(b *testing.B) {
	each(b, func(b *testing.B, d db.DB) {
		query := "SELECT amount FROM price WHERE id = " + d.Dialect().Placeholder(1)
		for b.Loop() {
			if _, ok, err := db.One[money.Amount](b.Context(), d, query, "p0500"); err != nil || !ok {
				b.Fatal(ok, err)
			}
		}
	})
}

// The same in a transaction.
func BenchmarkQueryInTx(b *testing.B) {
	each(b, func(b *testing.B, d db.DB) {
		query := "SELECT amount FROM price WHERE id = " + d.Dialect().Placeholder(1)
		err := db.Do(b.Context(), d, func(ctx context.Context) error {
			for b.Loop() {
				if _, ok, err := db.One[money.Amount](ctx, db.Use(ctx, d), query, "p0500"); err != nil || !ok {
					return fmt.Errorf("%t %w", ok, err)
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	})
}

// Single-row inserts in one transaction.
func BenchmarkInsertInTx(b *testing.B) {
	each(b, func(b *testing.B, d db.DB) {
		i := 0
		err := db.Do(b.Context(), d, func(ctx context.Context) error {
			for b.Loop() {
				i++
				if err := insert(ctx, d, fmt.Sprintf("q%08d", i), int64(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	})
}

// A sort of 1,000 decimals compares about 10,000 times, in SQLite with
// money.Compare.
func BenchmarkSortByDecimal(b *testing.B) {
	each(b, func(b *testing.B, d db.DB) {
		for b.Loop() {
			if all, err := db.Collect[string](b.Context(), d, "SELECT id FROM price ORDER BY amount"); err != nil || len(all) != 1000 {
				b.Fatal(len(all), err)
			}
		}
	})
}

// A statement with twenty arguments, which measures binding.
func BenchmarkBind(b *testing.B) {
	each(b, func(b *testing.B, d db.DB) {
		marks := ""
		for i := range 20 {
			if marks += d.Dialect().Placeholder(i + 1); i < 19 {
				marks += ", "
			}
		}
		now, text, n := time.Now(), "text", int64(7)
		args := []any{"x", &text, (*string)(nil), int64(1), &n, 5, true, 1.5, now, &now, "x", &text, (*string)(nil), int64(1), &n, 5, money.MustParse("19.99"), 1.5, now, (*time.Time)(nil)}
		types := []string{"text", "text", "text", "bigint", "bigint", "bigint", "boolean", "double precision", "timestamptz", "timestamptz", "text", "text", "text", "bigint", "bigint", "bigint", "numeric", "double precision", "timestamptz", "timestamptz"}
		columns := ""
		for i, typ := range types {
			if columns += fmt.Sprintf("c%d %s", i, typ); i < 19 {
				columns += ", "
			}
		}
		exec(b, d, "CREATE TABLE wide ("+columns+")")
		err := db.Do(b.Context(), d, func(ctx context.Context) error {
			for b.Loop() {
				if _, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO wide VALUES ("+marks+")", args...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	})
}
