package schema_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

func indexed(m *model.Model) { m.Index("name").Index("kind") }

// Indexes of a table that is there are built one by one, after the transaction;
// what an interruption leaves is built by the next migration.
func TestIndexesAreBuiltAfterTheTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		s := gadgets[gadget](indexed)(t)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		_, err := s.Migrate(ctx, d, schema.Options{Progress: func(schema.Change) { cancel() }})
		if err == nil {
			t.Fatal("the migration was not interrupted")
		}
		if err := s.Check(t.Context(), d); err != nil {
			t.Errorf("a shop without an index: %v", err)
		}
		applied := migrate(t, d, s)
		if len(applied) != 1 || !strings.Contains(applied[0].Summary, "IDX_gadget_") {
			t.Errorf("after the interruption: %v", applied)
		}
		settled(t, d, s)
		exec(t, d, `DROP INDEX "IDX_gadget_name_id"`)
		exec(t, d, `DROP INDEX "IDX_gadget_kind_id"`)
	})
}

// An index that PostgreSQL has marked as invalid is rebuilt.
func TestInvalidIndexesAreRebuilt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if d.Dialect().Name() != "postgres" {
			return // SQLite has no invalid indexes
		}
		s := gadgets[gadget](indexed)(t)
		migrate(t, d, s)
		const ofName = `FROM pg_index WHERE indexrelid = '"IDX_gadget_name_id"'::regclass`
		exec(t, d, `UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"IDX_gadget_name_id"'::regclass`)
		applied := migrate(t, d, s)
		if len(applied) != 1 || applied[0].Summary != "add index IDX_gadget_name_id" || !strings.Contains(applied[0].SQL, "CONCURRENTLY") {
			t.Errorf("applied %v", applied)
		}
		if n := count(t, d, "SELECT count(*) "+ofName+" AND indisvalid"); n != 1 {
			t.Error("the index is still invalid")
		}
		settled(t, d, s)
	})
}

// Replicas that migrate at once all succeed, and leave no index unfinished.
func TestReplicasBuildIndexesInTurn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		s := gadgets[gadget](indexed)(t)
		errs := make([]error, 3)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { _, errs[i] = s.Migrate(t.Context(), d, schema.Options{}) })
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if there, err := s.Indexed(t.Context(), d); !there || err != nil {
			t.Errorf("the indexes are there: %t, %v", there, err)
		}
		settled(t, d, s)
		exec(t, d, `DROP INDEX "IDX_gadget_name_id"`)
		if there, err := s.Indexed(t.Context(), d); there || err != nil {
			t.Errorf("without one, the indexes are there: %t, %v", there, err)
		}
	})
}

// A model may be counted by another column, or no more: its triggers follow, and
// a start notices.
func TestCountersFollowTheirModel(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if d.Dialect().Name() != "sqlite" {
			return // only SQLite counts by triggers
		}
		counted := gadgets[gadget](func(m *model.Model) { m.Counted = true })(t)
		plain := gadgets[gadget](nil)(t)
		migrate(t, d, plain)
		if err := counted.Check(t.Context(), d); err == nil {
			t.Error("a database without counters is said to have them")
		}
		migrate(t, d, counted)
		if n := count(t, d, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"); n != 4 {
			t.Errorf("%d triggers count, want 4", n)
		}
		settled(t, d, counted)
		if err := plain.Check(t.Context(), d); err != nil {
			t.Errorf("the binary before, which counts nothing: %v", err)
		}
		migrate(t, d, plain, schema.Options{AllowDestructive: true})
		if n := count(t, d, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"); n != 0 {
			t.Errorf("%d triggers are left", n)
		}
		settled(t, d, plain)
	})
}
