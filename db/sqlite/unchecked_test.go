package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

// open creates a database with a parent, p1, and its child, c1.
func open(t *testing.T) *sqlite.Database {
	t.Helper()
	d, err := sqlite.Open(filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	for _, sql := range []string{
		"CREATE TABLE parent (id text PRIMARY KEY)", "INSERT INTO parent VALUES ('p1')",
		"CREATE TABLE child (id text PRIMARY KEY, parent_id text REFERENCES parent (id) ON DELETE CASCADE)", "INSERT INTO child VALUES ('c1', 'p1')",
	} {
		if _, err := d.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func children(t *testing.T, d *sqlite.Database) int64 {
	t.Helper()
	n, _, err := db.One[int64](context.Background(), d, "SELECT count(*) FROM child")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestUncheckedKeepsChildren(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"commit", "rollback", "canceled"} {
		t.Run(end, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			tx, err := d.BeginUnchecked(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, "DELETE FROM parent"); err != nil {
				t.Fatal(err)
			}
			switch end {
			case "commit":
				err = tx.Commit(ctx)
			case "canceled":
				cancel()
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := tx.Rollback(t.Context()); err != nil {
				t.Fatalf("rollback after %s: %v", end, err)
			}
			if n := children(t, d); n != 1 {
				t.Errorf("%d children are left, want 1", n)
			}
			if _, err := d.Exec(t.Context(), "INSERT INTO child VALUES ('c2', 'nobody')"); err == nil {
				t.Error("foreign keys are still off")
			}
		})
	}
}

func TestUncheckedWaitsForTheWriter(t *testing.T) {
	t.Parallel()
	d := open(t)
	tx, err := d.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.BeginUnchecked(ctx); err == nil {
		t.Error("there were two writers")
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
}
