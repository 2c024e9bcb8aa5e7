package verify_test

import (
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/verify"
)

// The tests use a library. Books are on shelves of another module, have lists of
// topics, and are lent to readers, who are fans of topics.
type book struct {
	model.Record
	Title    string   `json:"title"`
	AuthorID *string  `json:"author_id"`
	ShelfID  *string  `json:"shelf_id"`
	TopicIDs []string `json:"topic_ids"`
	Author   *author  `json:"author" model:"belongs,nokey"`
	Notes    []*note  `json:"notes" model:"many=about_id,where=of_book:true"`
}

type author struct {
	model.Record
	Books []*book `json:"books" model:"many=author_id"`
}

// note is about a book, or about something else.
type note struct {
	ID      string `json:"id" model:"pk"`
	AboutID string `json:"about_id"`
	OfBook  bool   `json:"of_book"`
}

type shelf struct{ model.Record }

type topic struct{ model.Record }

type reader struct{ model.Record }

// library returns a new model graph of the library.
func library(t *testing.T) *model.Graph {
	t.Helper()
	books, shelves, topics := model.Define[book]("book"), model.Define[shelf]("shelf"), model.Define[topic]("topic")
	readers := model.Define[reader]("reader")
	g, err := model.NewGraph(books, model.Define[author]("author"), model.Define[note]("note"), shelves, topics, readers)
	if err != nil {
		t.Fatal(err)
	}
	_, err = link.Install(g,
		link.ReadOnly(books, "shelf_id", shelves).Inverse("books"),
		link.ReadOnly(books, "topic_ids", topics).As("topics"),
		link.Between(link.Many(books), link.One(readers)).Table("loan"),
		link.Between(link.Many(readers).As("fan"), link.Many(topics).As("interest")).Table("fandom"))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// loose returns the models without the constraints that the database would
// enforce, so that invalid data can be written.
func loose(models []*model.Model) []*model.Model {
	var out []*model.Model
	for _, m := range models {
		c := &model.Model{Name: m.Name, Table: m.Table, Key: m.Key, Indexes: slices.Clone(m.Indexes)}
		for i := range c.Indexes {
			c.Indexes[i].Unique = false
		}
		for _, f := range m.Fields {
			field := *f
			field.References = nil
			c.AddField(&field)
		}
		out = append(out, c)
	}
	return out
}

// open returns a library with one book, b1, that has everything.
func open(t *testing.T, d db.DB) *module.Store {
	t.Helper()
	g := library(t)
	if _, err := schema.New(loose(g.Models())).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"author", "shelf", "topic", "reader"} {
		exec(t, d, "INSERT INTO "+table+" (id, created_at, updated_at) VALUES ('"+table[:1]+"1', "+at+", "+at+")")
	}
	addBook(t, d, "b1", "a1", "s1", "t1")
	exec(t, d, "INSERT INTO note VALUES ('n1', 'b1', "+boolean(d, true)+"), ('n2', 'elsewhere', "+boolean(d, false)+")")
	lend(t, d, "l1", "b1", "r1")
	follow(t, d, "f1", "r1", "t1")
	return module.NewStore(d, g)
}

const at = "'2026-01-31T09:30:00.000Z'"

func boolean(d db.DB, v bool) string {
	if d.Dialect().Name() == "postgres" {
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return map[bool]string{true: "1", false: "0"}[v]
}

func exec(t *testing.T, d db.DB, sql string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func addBook(t *testing.T, d db.DB, id, author, shelf string, topics ...string) {
	t.Helper()
	p := d.Dialect().Placeholder
	exec(t, d, "INSERT INTO book (id, title, author_id, shelf_id, topic_ids, created_at, updated_at) VALUES ("+
		p(1)+", '', "+p(2)+", "+p(3)+", "+p(4)+", "+at+", "+at+")", id, author, shelf, topics)
}

func lend(t *testing.T, d db.DB, id, book, reader string) {
	t.Helper()
	exec(t, d, "INSERT INTO loan (id, book_id, reader_id, created_at, updated_at) VALUES ('"+id+"', '"+book+"', '"+reader+"', "+at+", "+at+")")
}

func follow(t *testing.T, d db.DB, id, reader, topic string) {
	t.Helper()
	exec(t, d, "INSERT INTO fandom (id, fan_id, interest_id, created_at, updated_at) VALUES ('"+id+"', '"+reader+"', '"+topic+"', "+at+", "+at+")")
}

func run(t *testing.T, s *module.Store) *verify.Report {
	t.Helper()
	r, err := verify.Run(t.Context(), s, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
