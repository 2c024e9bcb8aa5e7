package module_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// watched returns a library and a list of every change made to it, with ids
// replaced by the names that a test gives them.
func watched(t *testing.T, d db.DB, names map[string]string) (*library, *[]string) {
	t.Helper()
	l, seen := open(t, d), &[]string{}
	l.store.Watch(module.Watcher{See: func(ctx context.Context, s *module.Store, c module.Change) error {
		if s != l.store || !db.InTx(ctx, d) {
			t.Errorf("a change of %s is seen outside its transaction", c.Model)
		}
		ids := slices.Clone(c.IDs)
		for i, id := range ids {
			if name := names[id]; name != "" {
				ids[i] = name
			} else if strings.Contains(id, "_") {
				ids[i] = "?"
			}
		}
		slices.Sort(ids)
		op := [...]string{"created", "updated", "deleted", "restored", "removed"}[c.Op]
		*seen = append(*seen, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", op, c.Model, strings.Join(ids, ","), strings.Join(c.Columns, ","))))
		return nil
	}})
	return l, seen
}

// wantChanges checks the changes seen since its last call.
func wantChanges(t *testing.T, seen *[]string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, *seen); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	*seen = nil
}

func TestEveryChangeIsSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		names := map[string]string{}
		l, seen := watched(t, d, names)
		ctx := t.Context()
		authors, books, tags := module.For[author](l.store, l.authors), module.For[book](l.store, l.books), module.For[tag](l.store, l.tags)
		a := &author{Name: "A", Books: []*book{{Title: "T", Tags: []*tag{{Value: "red"}}}}}
		if err := authors.Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "created author ?", "created book ?", "created tag ?", "created book_tags ?")
		names[a.ID], names[a.Books[0].ID], names[a.Books[0].Tags[0].ID] = "a", "b", "red"

		if _, err := books.Update(ctx, []string{a.Books[0].ID, "book_unknown"}, module.Patch{"title": "U"}); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "updated book b title")
		stored, err := books.Retrieve(ctx, a.Books[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := books.Save(ctx, stored); err != nil {
			t.Fatal(err)
		}
		if len(*seen) != 1 || !strings.HasPrefix((*seen)[0], "updated book b ") {
			t.Errorf("a save is seen as %q", *seen)
		}
		*seen = nil
		if err := authors.SoftDelete(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "deleted author a", "deleted book b")
		if err := authors.Restore(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "restored author a", "restored book b")
		if err := books.Unrelate(ctx, a.Books[0].ID, "tags", a.Books[0].Tags[0].ID); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "removed book_tags ?")
		if err := books.Relate(ctx, a.Books[0].ID, "tags", a.Books[0].Tags[0].ID); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "created book_tags ?")
		if _, err := l.store.UpdateSet(ctx, l.tags, []string{"value"}, "UPDATE tag SET value = 'blue' WHERE value = 'red'"); err != nil {
			t.Fatal(err)
		}
		wantChanges(t, seen, "updated tag red value")
		if err := tags.Delete(ctx, a.Books[0].Tags[0].ID); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(*seen, "removed tag red") {
			t.Errorf("a removal is seen as %q", *seen)
		}
	})
}

// What a watcher writes is committed with the change, and its error undoes both.
func TestWatchersShareTheTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		ctx, tags := t.Context(), module.For[tag](l.store, l.tags)
		red, blue := &tag{Value: "red"}, &tag{Value: "blue"}
		if err := tags.Create(ctx, red, blue); err != nil {
			t.Fatal(err)
		}
		l.store.Watch(module.Watcher{
			Ops: []module.Op{module.Updated}, Of: func(m *model.Model) bool { return m == l.tags },
			See: func(ctx context.Context, s *module.Store, c module.Change) error {
				if err := module.For[tag](s, l.tags).SoftDelete(ctx, blue.ID); err != nil {
					return err
				}
				return fault.New(fault.NotAllowed, "no")
			},
		})
		_, err := tags.Update(ctx, []string{red.ID}, module.Patch{"value": "green"})
		wantFault(t, err, fault.NotAllowed, "no")
		if n, err := tags.Count(ctx, module.Where{"value": []string{"red", "blue"}}); n != 2 || err != nil {
			t.Errorf("%d tags are as they were (%v), want 2", n, err)
		}
	})
}

// A module may watch the store that its service is made for: every store made
// From another has the watcher once.
func TestModulesMayWatch(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, seen, later := define(), 0, 0
		count := func(n *int) module.Watcher {
			return module.Watcher{See: func(context.Context, *module.Store, module.Change) error { *n++; return nil }}
		}
		m := &module.Module{Name: "library", Models: l.models(), Service: module.Provide(func(s *module.Store) *library {
			s.Watch(count(&seen))
			return l
		})}
		g, err := model.NewGraph(module.Models(m)...)
		if err != nil {
			t.Fatal(err)
		}
		createTables(t, d, g)
		s := module.NewStore(d, g, m)
		s.Watch(count(&later))
		s = s.From(module.Source{}).From(module.Source{})
		if err := module.For[tag](s, l.tags).Create(t.Context(), &tag{Value: "red"}); err != nil {
			t.Fatal(err)
		}
		if seen != 1 || later != 1 {
			t.Errorf("the module's watcher sees one change %d times, the other %d times", seen, later)
		}
	})
}
