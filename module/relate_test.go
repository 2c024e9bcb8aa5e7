package module_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// related returns the ids in a relation, sorted.
func related(t *testing.T, books module.Records[book], id, relation string) []string {
	t.Helper()
	ids, err := books.Related(t.Context(), id, relation)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(ids)
	return ids
}

// Both kinds of pivot: the table of tags has no struct, that of shelves has one.
func TestRelate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		books, ctx := module.For[book](l.store, l.books), t.Context()
		writer := &author{Name: "Ada", Books: []*book{{Title: "One"}}}
		if err := module.For[author](l.store, l.authors).Create(ctx, writer); err != nil {
			t.Fatal(err)
		}
		id := writer.Books[0].ID
		for relation, others := range map[string][]string{"tags": newTags(t, l), "shelves": newShelves(t, l)} {
			a, b, c := others[0], others[1], others[2]
			steps := []struct {
				name string
				do   func() error
				want []string
			}{
				{"relate", func() error { return books.Relate(ctx, id, relation, a, b) }, []string{a, b}},
				{"again", func() error { return books.Relate(ctx, id, relation, b, a) }, []string{a, b}},
				{"none", func() error { return books.Relate(ctx, id, relation) }, []string{a, b}},
				{"unrelate", func() error { return books.Unrelate(ctx, id, relation, a, c) }, []string{b}},
				{"set", func() error { return books.SetRelated(ctx, id, relation, c, a) }, []string{a, c}},
				{"set none", func() error { return books.SetRelated(ctx, id, relation) }, nil},
			}
			for _, s := range steps {
				if err := s.do(); err != nil {
					t.Fatalf("%s: %s: %v", relation, s.name, err)
				}
				if got := related(t, books, id, relation); !slices.Equal(got, s.want) {
					t.Errorf("%s: after %s the book has %v, want %v", relation, s.name, got, s.want)
				}
			}
		}
	})
}

func newTags(t *testing.T, l *library) []string {
	t.Helper()
	all := []*tag{{Value: "a"}, {Value: "b"}, {Value: "c"}}
	if err := module.For[tag](l.store, l.tags).Create(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	ids := []string{all[0].ID, all[1].ID, all[2].ID}
	slices.Sort(ids)
	return ids
}

func newShelves(t *testing.T, l *library) []string {
	t.Helper()
	all := []*shelf{{}, {}, {}}
	if err := module.For[shelf](l.store, l.shelves).Create(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	ids := []string{all[0].ID, all[1].ID, all[2].ID}
	slices.Sort(ids)
	return ids
}

func TestRelateRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, a := planted(t, d)
		books, ctx := module.For[book](l.store, l.books), t.Context()
		id, tags := a.Books[0].ID, newTags(t, l)
		before := related(t, books, id, "tags")
		for name, refused := range map[string]struct {
			err  error
			want fault.Type
		}{
			"a record that is not there": {books.Relate(ctx, id, "tags", tags[0], "tag_none"), fault.NotFound},
			"a book that is not there":   {books.Relate(ctx, "book_none", "tags", tags[0]), fault.NotFound},
			"no such relation":           {books.Relate(ctx, id, "author", tags[0]), fault.InvalidData},
		} {
			if got := fault.TypeOf(refused.err); got != refused.want {
				t.Errorf("%s: %v of type %q, want %q", name, refused.err, got, refused.want)
			}
		}
		if after := related(t, books, id, "tags"); !slices.Equal(before, after) {
			t.Errorf("refused changes left %v of %v", after, before)
		}
		if _, err := books.Related(ctx, id, "author"); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("related by no such relation: %v", err)
		}
	})
}

// Concurrent calls that relate the same pair add it once.
func TestRelateRaces(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, a := planted(t, d)
		books, id, tags := module.For[book](l.store, l.books), a.Books[0].ID, newTags(t, l)
		before := len(related(t, books, id, "tags"))
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = books.Relate(context.WithoutCancel(t.Context()), id, "tags", tags...) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if got := len(related(t, books, id, "tags")); got != before+len(tags) {
			t.Errorf("the book has %d tags, want %d more than %d", got, len(tags), before)
		}
	})
}
