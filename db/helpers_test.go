package db_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

func exec(t testing.TB, d db.DB, sql string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// brands runs a test on both databases with an empty table brand.
func brands(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		exec(t, d, "CREATE TABLE brand (name text PRIMARY KEY)")
		test(t, d)
	})
}

// add inserts a brand, in the transaction of ctx if there is one.
func add(ctx context.Context, d db.DB, name string) error {
	_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO brand VALUES ("+d.Dialect().Placeholder(1)+")", name)
	return err
}

// holds checks which brands are in the table, as seen outside any transaction.
func holds(t *testing.T, d db.DB, want ...string) {
	t.Helper()
	got, err := db.Collect[string](context.Background(), d, "SELECT name FROM brand ORDER BY name")
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the table holds %q, %v; want %q", got, err, want)
	}
}
