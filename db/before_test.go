package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// What waits for the end of a transaction runs once, in it, with each id once.
func TestBeforeCommit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if _, err := d.Exec(t.Context(), "CREATE TABLE note (id text)"); err != nil {
			t.Fatal(err)
		}
		var calls [][]string
		note := func(ctx context.Context, ids []string) error {
			calls = append(calls, ids)
			_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO note VALUES ('later')")
			return err
		}
		count := func() int {
			ids, err := db.Collect[string](t.Context(), d, "SELECT id FROM note")
			if err != nil {
				t.Fatal(err)
			}
			return len(ids)
		}
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			return errors.Join(db.BeforeCommit(ctx, d, "notes", []string{"a", "b"}, note), db.BeforeCommit(ctx, d, "notes", []string{"b", "c"}, note))
		})
		if err != nil || len(calls) != 1 || !slices.Equal(calls[0], []string{"a", "b", "c"}) || count() != 1 {
			t.Errorf("calls %v, %d notes, %v", calls, count(), err)
		}
		refused := errors.New("refused")
		err = db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := db.BeforeCommit(ctx, d, "notes", []string{"a"}, note); err != nil {
				return err
			}
			return db.BeforeCommit(ctx, d, "other", []string{"a"}, func(context.Context, []string) error { return refused })
		})
		if !errors.Is(err, refused) || count() != 1 {
			t.Errorf("a refusal: %v, %d notes", err, count())
		}
		if err := db.BeforeCommit(t.Context(), d, "notes", []string{"z"}, note); err != nil || count() != 2 {
			t.Errorf("without a transaction: %v, %d notes", err, count())
		}
	})
}
