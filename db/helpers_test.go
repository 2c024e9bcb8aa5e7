package db_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
)

func exec(t testing.TB, d db.DB, sql string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
