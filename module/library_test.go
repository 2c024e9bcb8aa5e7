package module_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// The models of these tests, a library, have every kind of relation.

type author struct {
	model.Base
	Name    string  `json:"name"`
	Email   *string `json:"email"`
	Number  int64   `json:"number" model:"serial"`
	Books   []*book `json:"books,omitzero" model:"many=author_id"`
	Profile *about  `json:"profile,omitzero" model:"one=author_id"`
}

type about struct {
	model.Record
	Text     string `json:"text"`
	AuthorID string `json:"author_id"`
}

type mood string

type book struct {
	model.Base
	Title    string        `json:"title"`
	Mood     mood          `json:"mood" model:"default=calm,enum=calm|wild"`
	Price    money.Amount  `json:"price"`
	Old      *money.Amount `json:"old"`
	Lendable *bool         `json:"lendable" model:"notnull,default=true"`
	AuthorID string        `json:"author_id"`
	SequelTo *string       `json:"sequel_to_id"`

	Author  *author  `json:"author,omitzero" model:"belongs"`
	Before  *book    `json:"before,omitzero" model:"belongs=sequel_to_id"`
	Sequels []*book  `json:"sequels,omitzero" model:"many=sequel_to_id"`
	Tags    []*tag   `json:"tags,omitzero" model:"through=book_tags.book_id.tag_id"`
	Shelves []*shelf `json:"shelves,omitzero" model:"through=placement.book_id.shelf_id"`
	Praise  []*note  `json:"praise,omitzero" model:"many=book_id,where=kind:true"`
	Blame   []*note  `json:"blame,omitzero" model:"many=book_id,where=kind:false"`
}

type tag struct {
	model.Record
	Value string  `json:"value"`
	Books []*book `json:"books,omitzero" model:"through=book_tags.tag_id.book_id"`
}

type shelf struct {
	model.Record
	Place string  `json:"place"`
	Books []*book `json:"books,omitzero" model:"through=placement.shelf_id.book_id"`
}

type placement struct {
	model.Base
	BookID  string `json:"book_id"`
	ShelfID string `json:"shelf_id"`
}

type note struct {
	model.Record
	Text   string `json:"text"`
	Kind   bool   `json:"kind" model:"default=false"`
	BookID string `json:"book_id"`
}

// loan prevents the deletion of its book.
type loan struct {
	model.Record
	Days   int64  `json:"days"`
	BookID string `json:"book_id"`
	CardID string `json:"card_id"`
	Book   *book  `json:"book,omitzero" model:"belongs,noaction"`
	Card   *card  `json:"card,omitzero" model:"belongs,nokey"`
}

type card struct {
	Code string `json:"code" model:"pk"`
	Name string `json:"name"`
}

type library struct {
	authors, abouts, books, tags, shelves, placements, notes, loans, cards *model.Model

	store *module.Store
}

// define returns new models.
func define() *library {
	return &library{
		authors: model.Define[author]("author").Unique("email").Cascades("books", "profile"),
		abouts:  model.Define[about]("about").WithPrefix("abt"),
		books:   model.Define[book]("book").Unique("author_id", "title").Check("price_not_negative", "price >= 0").Cascades("praise", "shelves", "sequels"),
		tags:    model.Define[tag]("tag").Unique("value"),
		shelves: model.Define[shelf]("shelf"), placements: model.Define[placement]("placement").WithPrefix("pl"),
		notes: model.Define[note]("note"), loans: model.Define[loan]("loan").Cascades("book"),
		cards: model.Define[card]("card"),
	}
}

func (l *library) models() []*model.Model {
	return []*model.Model{l.loans, l.notes, l.placements, l.books, l.authors, l.abouts, l.tags, l.shelves, l.cards}
}

// open creates the tables of a new library in a database.
func open(t testing.TB, d db.DB) *library {
	t.Helper()
	l := define()
	l.open(t, d, nil)
	return l
}

func (l *library) open(t testing.TB, d db.DB, rules func(*module.Store) []module.Rule) {
	t.Helper()
	m := &module.Module{Name: "library", Models: l.models(), Rules: rules}
	g, err := model.NewGraph(module.Models(m)...)
	if err != nil {
		t.Fatal(err)
	}
	createTables(t, d, g)
	l.store = module.NewStore(d, g, m)
}

// createTables creates plain tables for the models, parents first.
func createTables(t testing.TB, d db.DB, g *model.Graph) {
	t.Helper()
	done := map[*model.Model]bool{}
	var create func(m *model.Model)
	create = func(m *model.Model) {
		if done[m] {
			return
		}
		done[m] = true
		for _, f := range m.Fields {
			if f.References != nil {
				create(f.References.Model)
			}
		}
		for _, statement := range tableOf(d.Dialect(), m) {
			if _, err := d.Exec(t.Context(), statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	for _, m := range g.Models() {
		create(m)
	}
}

func tableOf(d db.Dialect, m *model.Model) []string {
	var lines []string
	for _, f := range m.Fields {
		line := d.Quote(f.Name) + " " + typeOf(d, f)
		if !f.Null {
			line += " NOT NULL"
		}
		if f.References != nil {
			r := f.References
			line += fmt.Sprintf(" REFERENCES %s (%s) ON DELETE %s", d.Quote(r.Model.Table), d.Quote(r.Column), r.OnDelete)
		}
		lines = append(lines, line)
	}
	lines = append(lines, "PRIMARY KEY ("+strings.Join(m.Key, ", ")+")")
	for _, c := range m.Checks {
		lines = append(lines, "CONSTRAINT "+c.Name+" CHECK ("+c.Expr+")")
	}
	statements := []string{"CREATE TABLE " + d.Quote(m.Table) + " (" + strings.Join(lines, ", ") + ")"}
	for n, i := range m.Indexes {
		if i.Unique {
			statements = append(statements, fmt.Sprintf("CREATE UNIQUE INDEX %s_%d ON %s (%s) WHERE deleted_at IS NULL",
				m.Table, n, d.Quote(m.Table), strings.Join(i.Columns, ", ")))
		}
	}
	return statements
}

func typeOf(d db.Dialect, f *model.Field) string {
	postgres := []string{"text", "bigint", "double precision", "numeric", "boolean", "timestamptz(3)", "jsonb", "text[]"}
	sqlite := []string{"text", "integer", "real", "text COLLATE decimal", "integer", "text", "text", "text"}
	if d.Name() == "sqlite" {
		return sqlite[f.Kind]
	}
	if f.Serial {
		return "bigint GENERATED BY DEFAULT AS IDENTITY"
	}
	return postgres[f.Kind]
}

// count returns the number of rows of a table, including soft-deleted ones.
func count(t testing.TB, d db.DB, table string) int64 {
	t.Helper()
	n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM "+d.Dialect().Quote(table))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// clock is a clock that tests set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) tick() { c.at = c.at.Add(time.Second) }

func newClock() *clock {
	return &clock{time.Date(2026, 1, 31, 9, 30, 0, 123456789, time.FixedZone("east", 3600))}
}

// statements records the text of the statements sent to the database.
type statements struct {
	db.DB
	sent []string
}

func (s *statements) Begin(ctx context.Context) (db.Tx, error) {
	tx, err := s.DB.Begin(ctx)
	return &countedTx{tx, s}, err
}

type countedTx struct {
	db.Tx
	s *statements
}

func (c *countedTx) Exec(ctx context.Context, sql string, args ...any) (int64, error) {
	c.s.sent = append(c.s.sent, sql)
	return c.Tx.Exec(ctx, sql, args...)
}

func (c *countedTx) Query(ctx context.Context, sql string, args ...any) (db.Rows, error) {
	c.s.sent = append(c.s.sent, sql)
	return c.Tx.Query(ctx, sql, args...)
}
