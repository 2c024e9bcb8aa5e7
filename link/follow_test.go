package link_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Deleting records with any service dismisses their links and the links of what is
// deleted with them, and cascades across links.
func TestLinksFollowTheirRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		ctx := t.Context()
		s.link("i1 g1, i1 t1, i2 t1, g1 n1")
		items := module.For[item](s.store, s.items)
		if err := items.SoftDelete(ctx, "i1", "i2"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("")
		s.wantDeleted("g1 i1 i2 n1 o1 o2 v1 v2")
		if err := items.Restore(ctx, "i2"); err != nil { // the links of the other stay dismissed
			t.Fatal(err)
		}
		s.wantLive("i2 t1")
		if err := items.Restore(ctx, "i1"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("g1 n1, i1 g1, i1 t1, i2 t1")
		s.wantDeleted("")
	})
}

// A link that was dismissed before its record was deleted stays dismissed when the
// record is restored. A link that can no longer be restored is a conflict that
// leaves the record deleted.
func TestRestoringARecordRestoresItsOwnLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		ctx, items := t.Context(), module.For[item](s.store, s.items)
		s.link("i1 b1, i1 t1, i1 t2")
		s.dismiss("i1 t2")
		if err := items.SoftDelete(ctx, "i1"); err != nil {
			t.Fatal(err)
		}
		s.link("i1 b2") // an item has one brand
		err := items.Restore(ctx, "i1")
		wantFault(t, err, fault.Conflict, `item "i1" is linked to brand "b2" now`)
		s.wantDeleted("i1 v1 v2")
		s.dismiss("i1 b2")
		if err := items.Restore(ctx, "i1"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b1, i1 t1")
	})
}

// A deletion that is rolled back leaves records and links as they were.
func TestADeletionAndItsLinksAreOneTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1")
		undone := errors.New("undone")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := module.For[item](s.store, s.items).SoftDelete(ctx, "i1"); err != nil {
				return err
			}
			rows, err := s.List(ctx, link.Pair{s.items: "i1", s.brands: ""})
			if err != nil || len(rows) > 0 {
				t.Errorf("inside the transaction %d links are live (%v)", len(rows), err)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		s.wantLive("i1 b1")
		s.wantDeleted("")
	})
}

// When records are deleted permanently, the database deletes their link rows.
func TestRemovedRecordsTakeTheirRowsAlong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i3 b1, i2 b1")
		if err := module.For[item](s.store, s.items).Delete(t.Context(), "i3"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("i2 b1")
	})
}

// Watchers see changes of link rows like those of records.
func TestChangesOfLinksAreSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		var seen []string
		s.store.Watch(module.Watcher{
			Of: func(m *model.Model) bool { return m.Module == "link" && m.Go == nil }, // not the journal
			See: func(ctx context.Context, _ *module.Store, c module.Change) error {
				if !db.InTx(ctx, d) {
					t.Error("a change of links is seen outside its transaction")
				}
				for range c.IDs {
					seen = append(seen, [...]string{"created", "updated", "deleted", "restored", "removed"}[c.Op])
				}
				return nil
			},
		})
		want := func(step string, ops ...string) {
			t.Helper()
			if len(ops) != len(seen) {
				t.Errorf("%s is seen as %q, want %q", step, seen, ops)
			}
			for i := range min(len(ops), len(seen)) {
				if ops[i] != seen[i] {
					t.Errorf("%s is seen as %q, want %q", step, seen, ops)
				}
			}
			seen = nil
		}
		s.link("i1 b1, i2 b1")
		want("linking two pairs", "created", "created")
		s.link("i1 b1, i3 b1")
		want("linking a pair again, and a new one", "created")
		s.linkWith("i1 b1", link.Data{"note": "x"})
		want("changing an extra column", "updated")
		s.dismiss("i1 b1")
		want("dismissing", "deleted")
		s.delete(s.items, "i2")
		want("deleting the links of a record", "deleted")
		s.restore(s.items, "i2")
		want("restoring them", "restored")
	})
}

// Records that another program deleted keep their links until CatchUp; what it
// dismisses comes back when they are restored.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		ctx := t.Context()
		s.link("i1 b1, i1 g1, i2 b1")
		if _, err := d.Exec(ctx, "UPDATE item SET deleted_at = updated_at WHERE id = 'i1'"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b1, i1 g1, i2 b1")
		if _, err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		s.wantLive("i2 b1")
		s.wantDeleted("g1 i1 o1 o2")
		if again, err := s.CatchUp(ctx); err != nil || len(again) > 0 {
			t.Errorf("a second time it finds %v (%v)", again, err)
		}
		if err := module.For[item](s.store, s.items).Restore(ctx, "i1"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b1, i1 g1, i2 b1")
	})
}
