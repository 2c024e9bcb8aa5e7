package module_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestCreateFillsWhatIsOpen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx, now := open(t, d), t.Context(), newClock()
		l.store = l.store.From(module.Source{Now: now.now})
		a := &author{Name: "Ursula", Books: []*book{{Title: "One"}}}
		if err := module.For[author](l.store, l.authors).Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		b := a.Books[0]
		if !strings.HasPrefix(a.ID, "author_") || !strings.HasPrefix(b.ID, "book_") || len(a.ID) != len("author_")+26 {
			t.Errorf("ids are %q and %q", a.ID, b.ID)
		}
		want := now.at.UTC().Truncate(time.Millisecond)
		if a.CreatedAt != want || a.UpdatedAt != want || b.CreatedAt != want {
			t.Errorf("timestamps are %v, %v and %v, want %v", a.CreatedAt, a.UpdatedAt, b.CreatedAt, want)
		}
		if a.Number != 1 || b.Mood != "calm" || b.Lendable == nil || !*b.Lendable || b.AuthorID != a.ID {
			t.Errorf("number %d, mood %q, lendable %v, author %q", a.Number, b.Mood, b.Lendable, b.AuthorID)
		}
		got, err := module.For[book](l.store, l.books).Retrieve(ctx, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, got, cmp.Comparer(money.Amount.Equal)); diff != "" {
			t.Errorf("what was written and what is read differ (-written +read):\n%s", diff)
		}
	})
}

func TestCreateKeepsWhatIsGiven(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		past := time.Date(2020, 2, 29, 1, 2, 3, 4e6, time.UTC)
		no := false
		a := &author{Name: "Ada", Number: 41, Books: []*book{{Title: "T", Mood: "wild", Lendable: &no}}}
		a.ID, a.CreatedAt = "author_mine", past
		authors := module.For[author](l.store, l.authors)
		if err := authors.Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		b := a.Books[0]
		if a.ID != "author_mine" || a.CreatedAt != past || a.UpdatedAt != past && a.UpdatedAt.IsZero() || a.Number != 41 {
			t.Errorf("the given values became %+v", a)
		}
		if b.Mood != "wild" || *b.Lendable || b.CreatedAt != past {
			t.Errorf("the nested record became %+v", b)
		}
		next := &author{Name: "Next"}
		if err := authors.Create(ctx, next); err != nil {
			t.Fatal(err)
		}
		if next.Number == 0 || next.Number == 41 {
			t.Errorf("the next number is %d", next.Number)
		}
	})
}

// forest returns records nested by every kind of relation.
func forest() (*author, *tag, *shelf) {
	common := &tag{Value: "common"}
	attic := &shelf{Place: "attic"}
	a := &author{Name: "Ann", Profile: &about{Text: "writes"}}
	first := &book{Title: "First", Tags: []*tag{common, {Value: "rare"}}, Shelves: []*shelf{attic}}
	second := &book{Title: "Second", Tags: []*tag{common}, Before: first, Author: a,
		Praise: []*note{{Text: "good"}, {Text: "fine"}}, Blame: []*note{{Text: "long"}}}
	first.Sequels = []*book{{Title: "Third", Author: a, Shelves: []*shelf{attic}}}
	common.Books = []*book{first} // names the pair from the other side as well
	a.Books = []*book{second, first}
	return a, common, attic
}

func TestCreateNested(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		counted := &statements{DB: d}
		l, ctx := open(t, counted), t.Context()
		a, common, _ := forest()
		other, _, _ := forest()
		other.Books[0].Tags, other.Books[1].Tags = []*tag{common}, nil
		if err := module.For[author](l.store, l.authors).Create(ctx, a, other); err != nil {
			t.Fatal(err)
		}
		want := map[string]int64{"author": 2, "about": 2, "book": 6, "tag": 2, "shelf": 2, "placement": 4, "book_tags": 4, "note": 6}
		for table, n := range want {
			if got := count(t, d, table); got != n {
				t.Errorf("%s has %d rows, want %d", table, got, n)
			}
		}
		inserts := map[string]int{}
		for _, sql := range counted.sent {
			if strings.HasPrefix(sql, "INSERT") {
				inserts[strings.Fields(sql)[2]]++
			}
		}
		delete(inserts, "gorgon_serial")
		for table, n := range inserts {
			if n != 1 {
				t.Errorf("%d statements insert into %s", n, table)
			}
		}
		if len(inserts) != len(want) {
			t.Errorf("inserts went into %v", inserts)
		}
		praised, err := module.For[note](l.store, l.notes).List(ctx, module.Where{"kind": true, "book_id": a.Books[0].ID}, module.Page{Order: []string{"text"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(praised) != 2 || praised[0].Text != "fine" {
			t.Errorf("praise is %+v", praised)
		}
	})
}

func TestCreateRefersToWhatIsStored(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		old := &tag{Value: "old"}
		if err := module.For[tag](l.store, l.tags).Create(ctx, old); err != nil {
			t.Fatal(err)
		}
		named := &tag{}
		named.ID = old.ID
		mine := &tag{Value: "with my own id"}
		mine.ID = "tag_mine"
		books := []*book{{Title: "A", Tags: []*tag{old, mine}}, {Title: "B", Tags: []*tag{named}}}
		if err := module.For[author](l.store, l.authors).Create(ctx, &author{Name: "X", Books: books}); err != nil {
			t.Fatal(err)
		}
		if tags, pairs := count(t, d, "tag"), count(t, d, "book_tags"); tags != 2 || pairs != 3 {
			t.Errorf("%d tags and %d pairs, want 2 and 3", tags, pairs)
		}
	})
}

func TestCreateNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		authors := module.For[author](l.store, l.authors)
		if err := authors.Create(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantFault(t, authors.Create(t.Context(), &author{Name: "A"}, nil), fault.InvalidData, "record 2 of 2 is null")
		wantFault(t, authors.Save(t.Context(), nil), fault.InvalidData, "record 1 of 1 is null")
		if n := count(t, d, "author"); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

// A failed call changes neither the database nor the records, so the same call
// succeeds once the cause is gone.
func TestCreateFailsWithoutTrace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		authors := module.For[author](l.store, l.authors)
		loans := module.For[loan](l.store, l.loans)
		lent := &loan{Days: 3, Book: &book{Title: "New", AuthorID: "author_none", Tags: []*tag{{Value: "t"}}}, CardID: "c"}
		if err := loans.Create(ctx, lent); !errors.Is(err, &fault.Error{Type: fault.NotFound}) {
			t.Fatalf("error is %v, want not_found", err)
		}
		want := &loan{Days: 3, Book: &book{Title: "New", AuthorID: "author_none", Tags: []*tag{{Value: "t"}}}, CardID: "c"}
		if diff := cmp.Diff(want, lent, cmp.Comparer(money.Amount.Equal)); diff != "" {
			t.Errorf("the failed call changed the record (-before +after):\n%s", diff)
		}
		for _, table := range []string{"loan", "book", "tag", "book_tags"} {
			if n := count(t, d, table); n != 0 {
				t.Errorf("%s has %d rows after the failure", table, n)
			}
		}
		a := &author{Name: "There"}
		a.ID = "author_none"
		if err := authors.Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		if err := loans.Create(ctx, lent); err != nil {
			t.Fatal(err)
		}
	})
}

func TestCreateJoinsTheCallersTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := open(t, d)
		authors := module.For[author](l.store, l.authors)
		stop := errors.New("stop")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			a := &author{Name: "Gone"}
			if err := authors.Create(ctx, a); err != nil {
				return err
			}
			if _, err := authors.Retrieve(ctx, a.ID); err != nil {
				t.Errorf("not seen inside its transaction: %v", err)
			}
			return stop
		})
		if !errors.Is(err, stop) || count(t, d, "author") != 0 {
			t.Errorf("error %v and %d rows after a rollback", err, count(t, d, "author"))
		}
	})
}

func TestCreateManyNeedsMoreThanOneStatement(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		var cards []*card
		for range 33000 {
			cards = append(cards, &card{Code: model.NewID(""), Name: "n"})
		}
		if err := module.For[card](l.store, l.cards).Create(ctx, cards...); err != nil {
			t.Fatal(err)
		}
		if n := count(t, d, "card"); n != 33000 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestCreateRefusesContradictions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		authors := module.For[author](l.store, l.authors)
		tests := map[string]*author{
			"book.author_id": {Name: "A", Books: []*book{{Title: "B", AuthorID: "author_other"}}},
			"note.kind":      {Name: "A", Books: []*book{{Title: "B", Blame: []*note{{Kind: true}}}}},
		}
		for field, a := range tests {
			wantFault(t, authors.Create(ctx, a), fault.InvalidData, field)
		}
		if n := count(t, d, "author"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
	})
}

// wantFault checks an error's type and words of its message.
func wantFault(t testing.TB, err error, want fault.Type, words ...string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != want {
		t.Errorf("error is %v (%s), want one of type %s", err, fault.TypeOf(err), want)
		return
	}
	for _, w := range words {
		if !strings.Contains(f.Message, w) {
			t.Errorf("message %q does not say %q", f.Message, w)
		}
	}
}
