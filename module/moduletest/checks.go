package moduletest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// Broken returns which checks of a module find rows, such as "order_item.version are
// later than the version of the order", separated by commas.
func Broken(ctx context.Context, t testing.TB, d db.DB, m *module.Module) string {
	t.Helper()
	var found []string
	for _, c := range m.Checks {
		ids, err := db.Collect[string](ctx, db.Use(ctx, d), "SELECT a.id"+c.Rows(d.Dialect()))
		if err != nil {
			t.Fatalf("%s.%s: %v", c.Model.Table, c.Column, err)
		}
		if len(ids) > 0 {
			found = append(found, c.Model.Table+"."+c.Column+" "+c.Wrong)
		}
	}
	return strings.Join(found, ", ")
}

// Breach runs statements, separated by semicolons, and returns what Broken finds after
// them. It undoes them.
func Breach(t testing.TB, d db.DB, m *module.Module, statements string) (found string) {
	t.Helper()
	undo := errors.New("undo")
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		for sql := range strings.SplitSeq(statements, "; ") {
			if n, err := db.Use(ctx, d).Exec(ctx, sql); err != nil || n == 0 {
				t.Errorf("%s: %d rows, %v", sql, n, err)
			}
		}
		found = Broken(ctx, t, d, m)
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	return found
}
