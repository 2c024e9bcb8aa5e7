package dbtest

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
)

// Plan returns the steps in which SQLite executes a statement, such as "SCAN store" or
// "SEARCH product USING INDEX …". It does not execute it.
func Plan(t testing.TB, d db.DB, sql string, args ...any) (steps []string) {
	t.Helper()
	rows, err := d.Query(t.Context(), "EXPLAIN QUERY PLAN "+sql, args...)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int64
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}
