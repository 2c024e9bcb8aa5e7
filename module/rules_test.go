package module_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// ruled returns a library with rules for its tags: values are put into lower
// case, a tag called "no" is rejected, and so are more than two tags at a time.
func ruled(t *testing.T, d db.DB, calls *[]string) (*library, module.Records[tag]) {
	t.Helper()
	l := define()
	note := func(rule string) { *calls = append(*calls, rule) }
	var tags module.Records[tag]
	rules := module.Rules[tag]{
		New: func(g *tag) error { note("new " + g.Value); return nil },
		Each: func(g *tag) error {
			g.Value = strings.ToLower(g.Value)
			if g.Value == "no" {
				return fault.New(fault.InvalidData, "tag.value: not this")
			}
			return module.Require(l.tags, "value", g.Value)
		},
		Before: func(ctx context.Context, all []*tag) error {
			n, err := tags.Count(ctx, nil)
			note("before " + strings.Repeat("|", int(n)))
			return err
		},
		After: func(ctx context.Context, all []*tag) error {
			n, err := tags.Count(ctx, nil)
			note("after " + strings.Repeat("|", int(n)))
			if len(all) > 2 {
				return fault.New(fault.NotAllowed, "too many tags")
			}
			return err
		},
	}
	l.open(t, d, func(*module.Store) []module.Rule { return []module.Rule{module.On(l.tags, rules)} })
	tags = module.For[tag](l.store, l.tags)
	return l, tags
}

func TestRulesOnCreate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var calls []string
		l, tags := ruled(t, d, &calls)
		a := &author{Name: "A", Books: []*book{{Title: "T", Tags: []*tag{{Value: "Red"}, {Value: "BLUE"}}}}}
		if err := module.For[author](l.store, l.authors).Create(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"new Red", "new BLUE", "before ", "after ||"}, calls); diff != "" {
			t.Errorf("calls (-want +got):\n%s", diff)
		}
		if n, err := tags.Count(t.Context(), module.Where{"value": []string{"red", "blue"}}); n != 2 || err != nil {
			t.Errorf("%d tags in lower case (%v)", n, err)
		}
	})
}

func TestRulesRefuse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var calls []string
		l, tags := ruled(t, d, &calls)
		ctx := t.Context()
		wantFault(t, tags.Create(ctx, &tag{Value: "Fine"}, &tag{Value: " "}), fault.InvalidData, "tag.value is missing")
		many := []*tag{{Value: "A"}, {Value: "B"}, {Value: "C"}}
		wantFault(t, tags.Create(ctx, many...), fault.NotAllowed, "too many")
		if diff := cmp.Diff([]*tag{{Value: "A"}, {Value: "B"}, {Value: "C"}}, many); diff != "" {
			t.Errorf("the refused records have changed (-before +after):\n%s", diff)
		}
		nested := &author{Name: "A", Books: []*book{{Title: "T", Tags: []*tag{{Value: "no"}}}}}
		wantFault(t, module.For[author](l.store, l.authors).Create(ctx, nested), fault.InvalidData, "not this")
		for _, table := range []string{"tag", "author", "book"} {
			if n := count(t, d, table); n != 0 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
	})
}

func TestRulesOnUpdateAndSave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var calls []string
		_, tags := ruled(t, d, &calls)
		ctx := t.Context()
		one, two := &tag{Value: "one"}, &tag{Value: "two"}
		if err := tags.Create(ctx, one, two); err != nil {
			t.Fatal(err)
		}
		if n, err := tags.Update(ctx, []string{one.ID, "tag_none"}, module.Patch{"value": "ONCE"}); n != 1 || err != nil {
			t.Fatalf("changed %d, %v", n, err)
		}
		got, err := tags.Retrieve(ctx, one.ID)
		if err != nil || got.Value != "once" || got.UpdatedAt.Before(got.CreatedAt) {
			t.Errorf("after the update: %+v, %v", got, err)
		}
		_, err = tags.Update(ctx, []string{two.ID, one.ID}, module.Patch{"value": "no"})
		wantFault(t, err, fault.InvalidData, "not this")
		two.Value = "TWICE"
		if err := tags.Save(ctx, two); err != nil || two.Value != "twice" {
			t.Errorf("saved %q, %v", two.Value, err)
		}
		two.Value = ""
		wantFault(t, tags.Save(ctx, two), fault.InvalidData, "tag.value")
		if n, err := tags.Count(ctx, module.Where{"value": []string{"once", "twice"}}); n != 2 || err != nil {
			t.Errorf("%d tags as they should be (%v)", n, err)
		}
	})
}

func TestChildrenMove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		books := module.For[book](l.store, l.books)
		a := &author{Name: "A", Books: []*book{{Title: "One"}, {Title: "Two"}}}
		if err := module.For[author](l.store, l.authors).Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		named := &book{}
		named.ID = a.Books[1].ID
		first := &book{Title: "Zero", AuthorID: a.ID, Sequels: []*book{a.Books[0], named}}
		if err := books.Create(ctx, first); err != nil {
			t.Fatal(err)
		}
		if n, err := books.Count(ctx, module.Where{"sequel_to_id": first.ID}); n != 2 || err != nil {
			t.Errorf("%d sequels (%v)", n, err)
		}
		if named.SequelTo == nil || *named.SequelTo != first.ID {
			t.Errorf("the moved record refers to %v", named.SequelTo)
		}
		taken := &book{}
		taken.ID = named.ID
		wantFault(t, books.Create(ctx, &book{Title: "Other", AuthorID: a.ID, Sequels: []*book{taken}}), fault.InvalidData, named.ID, "belongs to book", first.ID)
		missing := &book{}
		missing.ID = "book_none"
		wantFault(t, books.Create(ctx, &book{Title: "Other", AuthorID: a.ID, Sequels: []*book{missing}}), fault.NotFound, "book_none")
		if taken.SequelTo != nil || missing.SequelTo != nil {
			t.Error("a refused move changed the record")
		}
	})
}

func TestLockAndExist(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		tags := module.For[tag](l.store, l.tags)
		one := &tag{Value: "one"}
		if err := tags.Create(t.Context(), one); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"tag_x", "\x00"} {
			wantFault(t, tags.Exist(t.Context(), one.ID, id), fault.NotFound, "there is no tag")
		}
		if err := errors.Join(tags.Exist(t.Context(), one.ID, "", one.ID), tags.Exist(t.Context())); err != nil {
			t.Error(err)
		}
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			locked, err := tags.Lock(ctx, one.ID, "tag_x")
			if len(locked) != 1 || locked[one.ID].Value != "one" {
				t.Errorf("locked %v", locked)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// Eight goroutines each add one to a number that they read under a lock.
func TestLockMakesOthersWait(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		loans := module.For[loan](l.store, l.loans)
		a := &author{Name: "A", Books: []*book{{Title: "T"}}}
		if err := module.For[author](l.store, l.authors).Create(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		one := &loan{BookID: a.Books[0].ID, CardID: "c"}
		if err := loans.Create(t.Context(), one); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		for range 8 {
			go func() {
				errs <- db.Do(t.Context(), d, func(ctx context.Context) error {
					locked, err := loans.Lock(ctx, one.ID)
					if err != nil {
						return err
					}
					_, err = loans.Update(ctx, []string{one.ID}, module.Patch{"days": locked[one.ID].Days + 1})
					return err
				})
			}()
		}
		for range 8 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if got, err := loans.Retrieve(t.Context(), one.ID); err != nil || got.Days != 8 {
			t.Errorf("%d days, want 8 (%v)", got.Days, err)
		}
	})
}
