package module_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestViolationsNameTheField(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		authors, books, tags := module.For[author](l.store, l.authors), module.For[book](l.store, l.books), module.For[tag](l.store, l.tags)
		a := &author{Name: "A", Email: new("a@b.example"), Books: []*book{{Title: "T"}}}
		if err := authors.Create(ctx, a, &author{Name: "No email"}, &author{Name: "Nor this"}); err != nil {
			t.Fatal(err)
		}
		if err := tags.Create(ctx, &tag{Value: "taken"}); err != nil {
			t.Fatal(err)
		}
		taken := []*tag{{Value: "free"}, {Value: "taken"}, {Value: "other"}}
		tests := []struct {
			name  string
			err   error
			want  fault.Type
			words []string
		}{
			{"unique", authors.Create(ctx, &author{Name: "B", Email: new("a@b.example")}), fault.DuplicateError, []string{`an author with email "a@b.example" exists already`}},
			{"unique in a batch", tags.Create(ctx, taken...), fault.DuplicateError, []string{`a tag with value "taken" exists already`}},
			{"unique within a batch", tags.Create(ctx, &tag{Value: "x"}, &tag{Value: "y"}, &tag{Value: "y"}), fault.DuplicateError, []string{`value "y"`}},
			{"unique pair", books.Create(ctx, &book{Title: "Z", AuthorID: a.ID}, &book{Title: "T", AuthorID: a.ID}), fault.DuplicateError, []string{`author_id "` + a.ID + `" and title "T"`}},
			{"key", books.Create(ctx, &book{Base: a.Books[0].Base, Title: "K", AuthorID: a.ID}), fault.DuplicateError, []string{`a book with id "` + a.Books[0].ID + `"`}},
			{"foreign key", books.Create(ctx, &book{Title: "1", AuthorID: a.ID}, &book{Title: "2", AuthorID: "author_x"}), fault.NotFound, []string{`book.author_id: there is no author with id "author_x"`}},
			{"nullable foreign key", books.Create(ctx, &book{Title: "1", AuthorID: a.ID}, &book{Title: "2", AuthorID: a.ID, SequelTo: new("book_x")}), fault.NotFound, []string{"book.sequel_to_id", "book_x"}},
			{"missing foreign key", books.Create(ctx, &book{Title: "1"}), fault.InvalidData, []string{"book.author_id is missing", "id of an author"}},
			{"check", books.Create(ctx, &book{Title: "1", AuthorID: a.ID, Price: money.Int(-1)}), fault.InvalidData, []string{"price >= 0"}},
		}
		for _, test := range tests {
			t.Log(test.name)
			wantFault(t, test.err, test.want, test.words...)
		}
		if n := count(t, d, "tag"); n != 1 {
			t.Errorf("%d tags, want the one from before", n)
		}
	})
}

func TestUpdateViolations(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		tags := module.For[tag](l.store, l.tags)
		one, two := &tag{Value: "one"}, &tag{Value: "two"}
		if err := tags.Create(ctx, one, two); err != nil {
			t.Fatal(err)
		}
		_, err := tags.Update(ctx, []string{one.ID}, module.Patch{"value": "two"})
		wantFault(t, err, fault.DuplicateError, `a tag with value "two"`)
		a := &author{Name: "A", Books: []*book{{Title: "T"}}}
		if err := module.For[author](l.store, l.authors).Create(ctx, a); err != nil {
			t.Fatal(err)
		}
		books := module.For[book](l.store, l.books)
		_, err = books.Update(ctx, []string{a.Books[0].ID}, module.Patch{"author_id": "author_x"})
		wantFault(t, err, fault.NotFound, "author_x")
		_, err = books.Update(ctx, []string{a.Books[0].ID}, module.Patch{"price": -1})
		wantFault(t, err, fault.InvalidData, "price_not_negative")
	})
}

func TestOtherErrorsPass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		if _, err := d.Exec(ctx, "DROP TABLE book_tags"); err != nil {
			t.Fatal(err)
		}
		a := &author{Name: "A", Books: []*book{{Title: "T", Tags: []*tag{{Value: "v"}}}}}
		err := module.For[author](l.store, l.authors).Create(ctx, a)
		if err == nil || fault.TypeOf(err) != fault.Internal {
			t.Errorf("without its table the error is %v (%s), want an internal one", err, fault.TypeOf(err))
		}
		if n := count(t, d, "author"); n != 0 {
			t.Errorf("%d authors were written", n)
		}
	})
}

// A database may be stricter than the models.
func TestViolationsOfAStricterDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := model.Define[opinion]("opinion")
		g, err := model.NewGraph(m)
		if err != nil {
			t.Fatal(err)
		}
		const table = `CREATE TABLE opinion (id text PRIMARY KEY, mood text CONSTRAINT opinion_mood_check CHECK (mood = 'calm'),
			stars bigint CONSTRAINT five CHECK (stars < 6), text text NOT NULL)`
		if _, err := d.Exec(t.Context(), table); err != nil {
			t.Fatal(err)
		}
		opinions := module.For[opinion](module.NewStore(d, g), m)
		wantFault(t, opinions.Create(t.Context(), &opinion{Mood: "wild", Text: new("t")}), fault.InvalidData, "opinion.mood", "calm, wild")
		wantFault(t, opinions.Create(t.Context(), &opinion{Mood: "calm", Stars: 6, Text: new("t")}), fault.InvalidData, `an opinion breaks the rule "five"`)
		wantFault(t, opinions.Create(t.Context(), &opinion{Mood: "calm"}), fault.InvalidData, "opinion.text is missing")
	})
}

type opinion struct {
	ID    string  `json:"id" model:"pk"`
	Mood  mood    `json:"mood" model:"enum=calm|wild"`
	Stars int64   `json:"stars"`
	Text  *string `json:"text"`
}

// The error for a taken value does not repeat the value of a secret field.
func TestViolationsKeepSecrets(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, badgeGraph)
		badges := module.For[badge](store, store.Graph.Named("badge"))
		if err := badges.Create(t.Context(), &badge{Owner: "ada", Code: "hunter2"}); err != nil {
			t.Fatal(err)
		}
		err := badges.Create(t.Context(), &badge{Owner: "ada", Code: "hunter2"})
		wantFault(t, err, fault.DuplicateError, `a badge with owner "ada" and this code exists already`)
		read, err := badges.List(t.Context(), module.Where{"code": "hunter2"}, module.Page{})
		if err != nil || len(read) != 1 || read[0].Code != "hunter2" {
			t.Errorf("the module reads %v, %v", read, err)
		}
	})
}

var badgeGraph = moduletest.Graph(module.New("badges", model.Define[badge]("badge").Unique("owner", "code")))

type badge struct {
	model.Record
	Owner string `json:"owner"`
	Code  string `json:"code" model:"secret"`
}
