package module_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// planted writes the forest and returns the library and the author.
func planted(t *testing.T, d db.DB) (*library, *author) {
	t.Helper()
	l := open(t, d)
	a, _, _ := forest()
	if err := module.For[author](l.store, l.authors).Create(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	return l, a
}

func live(t *testing.T, d db.DB, table string) int64 {
	t.Helper()
	n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM "+table+" WHERE deleted_at IS NULL")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestDelete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, a := planted(t, d)
		authors, ctx := module.For[author](l.store, l.authors), t.Context()
		if err := authors.Delete(ctx, "author_none", "\x00", ""); err != nil {
			t.Errorf("unknown ids: %v", err)
		}
		loans := module.For[loan](l.store, l.loans)
		lent := &loan{BookID: a.Books[0].ID, CardID: "c"}
		if err := loans.Create(ctx, lent); err != nil {
			t.Fatal(err)
		}
		wantFault(t, module.For[book](l.store, l.books).Delete(ctx, a.Books[0].ID), fault.NotAllowed, "a book cannot be deleted")
		if err := loans.Delete(ctx, lent.ID); err != nil {
			t.Fatal(err)
		}
		if err := authors.Delete(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"author", "book", "book_tags", "loan"} {
			if n := count(t, d, table); n != 0 {
				t.Errorf("%s still has %d rows", table, n)
			}
		}
		if n := count(t, d, "tag"); n != 2 {
			t.Errorf("%d tags are left, want 2", n)
		}
	})
}

func TestSoftDeleteAndRestore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, a := planted(t, d)
		now, ctx := newClock(), t.Context()
		l.store = l.store.From(module.Source{Now: now.now})
		authors, notes := module.For[author](l.store, l.authors), module.For[note](l.store, l.notes)
		praise := a.Books[0].Praise
		if err := notes.SoftDelete(ctx, praise[0].ID); err != nil {
			t.Fatal(err)
		}
		now.tick()
		if err := authors.SoftDelete(ctx, a.ID, "author_none"); err != nil {
			t.Fatal(err)
		}
		now.tick()
		if err := authors.SoftDelete(ctx, a.ID); err != nil { // a second time, which changes nothing
			t.Fatal(err)
		}
		// Blame is outside the cascade; tags and shelves do not belong to the book.
		for table, want := range map[string]int64{"author": 0, "about": 0, "book": 0, "placement": 0, "note": 1, "tag": 2, "shelf": 1} {
			if n := live(t, d, table); n != want {
				t.Errorf("%s has %d live rows after the delete, want %d", table, n, want)
			}
		}
		if err := authors.Restore(ctx, a.ID, "author_none"); err != nil {
			t.Fatal(err)
		}
		for table, want := range map[string]int64{"author": 1, "about": 1, "book": 3, "placement": 2, "note": 2} {
			if n := live(t, d, table); n != want {
				t.Errorf("%s has %d live rows after the restore, want %d", table, n, want)
			}
		}
		if _, err := notes.Retrieve(ctx, praise[0].ID); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("the note deleted on its own came back: %v", err)
		}
		got, err := authors.Retrieve(ctx, a.ID)
		if err != nil || got.UpdatedAt != now.at.UTC().Truncate(time.Millisecond) {
			t.Errorf("after the restore: %v, updated at %v", err, got.UpdatedAt)
		}
	})
}

func TestSoftDeleteTellsWhatItTouched(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		counted := &statements{DB: d}
		l, a := planted(t, counted)
		counted.sent = nil
		at := time.Date(2026, 2, 3, 4, 5, 6, 789e6+5, time.UTC)
		touched, err := module.SoftDelete(t.Context(), l.store, l.authors, []string{a.ID}, at, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := map[*model.Model]int{l.authors: 1, l.abouts: 1, l.books: 3, l.placements: 2, l.notes: 2}
		for m, ids := range touched {
			if len(ids) != want[m] || !strings.HasPrefix(ids[0], m.Prefix+"_") {
				t.Errorf("of %s it touched %v, want %d", m, ids, want[m])
			}
		}
		if len(touched) != len(want) {
			t.Errorf("it touched %d models, want %d", len(touched), len(want))
		}
		tables := map[string]int{}
		for _, sql := range counted.sent {
			tables[strings.Fields(sql)[1]]++
		}
		if tables[`"author"`] != 1 || tables[`"note"`] != 1 || tables[`"about"`] != 1 {
			t.Errorf("statements by table: %v", tables)
		}
		if err := module.Restore(t.Context(), l.store, l.authors, []string{a.ID}, at.Add(time.Second), nil); err != nil {
			t.Fatal(err)
		}
		if live(t, d, "author") != 0 {
			t.Error("a restore of another instant revived the author")
		}
		if err := module.Restore(t.Context(), l.store, l.authors, []string{a.ID}, at, nil); err != nil {
			t.Fatal(err)
		}
		if live(t, d, "author") != 1 || live(t, d, "note") != 3 {
			t.Error("the restore did not revive all")
		}
	})
}

// A loan cascades to the book it refers to.
func TestSoftDeleteFollowsWhatARecordRefersTo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, a := planted(t, d)
		loans, ctx := module.For[loan](l.store, l.loans), t.Context()
		lent := &loan{BookID: a.Books[1].ID, CardID: "c"}
		if err := loans.Create(ctx, lent); err != nil {
			t.Fatal(err)
		}
		touched, err := module.SoftDelete(ctx, l.store, l.loans, []string{lent.ID}, time.Now(), nil)
		if err != nil {
			t.Fatal(err)
		}
		// First has the sequels Second and Third.
		if ids := touched[l.books]; len(ids) != 3 || !slices.Contains(ids, a.Books[1].ID) {
			t.Errorf("of books it touched %v", ids)
		}
	})
}

func TestRestoreMeetsATakenValue(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		tags := module.For[tag](l.store, l.tags)
		old, other := &tag{Value: "v"}, &tag{Value: "v"}
		if err := tags.Create(ctx, old); err != nil {
			t.Fatal(err)
		}
		if err := tags.SoftDelete(ctx, old.ID); err != nil {
			t.Fatal(err)
		}
		if err := tags.Create(ctx, other); err != nil {
			t.Fatal(err)
		}
		wantFault(t, tags.Restore(ctx, old.ID), fault.DuplicateError, "tag", "value")
		if n := live(t, d, "tag"); n != 1 {
			t.Errorf("%d live tags", n)
		}
	})
}

func TestRecordsWithoutDeletedAtLast(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		cards := module.For[card](l.store, l.cards)
		if err := cards.Create(ctx, &card{Code: "c"}); err != nil {
			t.Fatal(err)
		}
		wantFault(t, cards.SoftDelete(ctx, "c"), fault.NotAllowed, "card")
		wantFault(t, cards.Restore(ctx, "c"), fault.NotAllowed, "card")
		if n, err := cards.Update(ctx, []string{"c"}, module.Patch{}); n != 0 || err != nil {
			t.Errorf("an empty patch changed %d (%v)", n, err)
		}
		if err := cards.Delete(ctx, "c"); err != nil {
			t.Fatal(err)
		}
	})
}
