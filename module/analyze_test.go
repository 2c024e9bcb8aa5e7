package module_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// The statistics of a table that has grown are gathered again, those of others stay.
func TestOptimize(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		grow := func(n int) {
			t.Helper()
			rows := make([]string, n)
			for i := range rows {
				rows[i] = fmt.Sprintf("('%d of %d', '%[1]d of %[2]d', '2026-01-02 00:00:00+00', '2026-01-02 00:00:00+00')", i, n)
			}
			if _, err := d.Exec(t.Context(), "INSERT INTO tag (id, value, created_at, updated_at) VALUES "+strings.Join(rows, ", ")); err != nil {
				t.Fatal(err)
			}
		}
		grow(3)
		if err := l.store.Analyze(t.Context()); err != nil {
			t.Fatal(err)
		}
		counted := func() string {
			t.Helper()
			if d.Dialect().Name() != "sqlite" {
				return "" // PostgreSQL finds the time by itself
			}
			stat, _, err := db.One[string](t.Context(), d, "SELECT stat FROM sqlite_stat1 WHERE tbl = 'tag' LIMIT 1")
			if err != nil {
				t.Fatal(err)
			}
			rows, _, _ := strings.Cut(stat, " ")
			return rows
		}
		for _, step := range []struct {
			more int
			want string
		}{{4, "3"}, {300, "307"}} {
			grow(step.more)
			if err := l.store.Optimize(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := counted(); got != "" && got != step.want {
				t.Errorf("after %d more rows, statistics are of %s rows, want %s", step.more, got, step.want)
			}
		}
	})
}
