package model_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// A library: a book belongs to an author, has a cover, notes, tags by a plain
// pivot table, and shelves by a pivot table that is a model.
type (
	author struct {
		model.Base
		Name  string  `json:"name"`
		Books []*book `json:"books" model:"many=author_id,searchable"`
	}
	book struct {
		model.Base
		AuthorID *string  `json:"author_id"`
		Author   *author  `json:"author" model:"belongs"`
		OwnerID  string   `json:"owner_id" model:"index"`
		Owner    *author  `json:"owner" model:"belongs,noaction"`
		EditorID string   `json:"by"`
		Editor   *author  `json:"editor" model:"belongs=by,nokey"`
		Cover    *cover   `json:"cover" model:"one=book_id"`
		Praise   []*note  `json:"praise" model:"many=book_id,where=good:true"`
		Blame    []*note  `json:"blame" model:"many=book_id,where=good:false"`
		Tags     []*tag   `json:"tags" model:"through=book_tags.book_id.tag_id"`
		Shelves  []*shelf `json:"shelves" model:"through=placement.book_id.shelf_id"`
	}
	cover struct {
		model.Record
		BookID string `json:"book_id"`
		Book   *book  `json:"book" model:"belongs"`
	}
	note struct {
		model.Record
		BookID string `json:"book_id"`
		Good   bool   `json:"good"`
		Book   *book  `json:"book" model:"belongs,setnull"`
	}
	tag struct {
		Value string  `json:"value" model:"pk"`
		Books []*book `json:"books" model:"through=book_tags.tag_id.book_id"`
	}
	shelf struct {
		model.Record
	}
	placement struct {
		model.Record
		BookID  string `json:"book_id"`
		ShelfID string `json:"shelf_id"`
	}
)

type library struct {
	authors, books, covers, notes, tags, shelves, placements *model.Model
}

func newLibrary() library {
	l := library{
		authors: model.Define[author]("author"), books: model.Define[book]("book").Unique("author_id", "by"), covers: model.Define[cover]("cover").Unique("book_id"),
		notes: model.Define[note]("note"), tags: model.Define[tag]("tag"), shelves: model.Define[shelf]("shelf"), placements: model.Define[placement]("placement"),
	}
	for _, m := range l.models() {
		m.Module = "library"
	}
	return l
}

func (l library) models() []*model.Model {
	return []*model.Model{l.authors, l.books, l.covers, l.notes, l.tags, l.shelves, l.placements}
}

func graphOf(t *testing.T, models ...*model.Model) *model.Graph {
	t.Helper()
	g, err := model.NewGraph(models...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestRelationsBecomeEdges(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	g := graphOf(t, l.models()...)
	pivot := g.Table("book_tags")
	own := func(column, of string) []model.On { return []model.On{{Column: column, Row: model.FromRow, Of: of}} }
	flagged := func(good bool) []model.On { return append(own("book_id", "id"), model.On{Column: "good", Value: good}) }
	for _, want := range []model.Edge{
		{Name: "books", From: l.authors, To: l.books, Many: true, Searchable: true, Hops: []model.Hop{{l.books, own("author_id", "id")}}},
		{Name: "author", From: l.books, To: l.authors, Hops: []model.Hop{{l.authors, own("id", "author_id")}}},
		{Name: "editor", From: l.books, To: l.authors, Hops: []model.Hop{{l.authors, own("id", "by")}}},
		{Name: "cover", From: l.books, To: l.covers, Hops: []model.Hop{{l.covers, own("book_id", "id")}}},
		{Name: "praise", From: l.books, To: l.notes, Many: true, Hops: []model.Hop{{l.notes, flagged(true)}}},
		{Name: "blame", From: l.books, To: l.notes, Many: true, Hops: []model.Hop{{l.notes, flagged(false)}}},
		{Name: "tags", From: l.books, To: l.tags, Many: true, Hops: []model.Hop{{pivot, own("book_id", "id")}, {l.tags, []model.On{{Column: "value", Row: 0, Of: "tag_id"}}}}},
		{Name: "books", From: l.tags, To: l.books, Many: true, Hops: []model.Hop{{pivot, own("tag_id", "value")}, {l.books, []model.On{{Column: "id", Row: 0, Of: "book_id"}}}}},
		{Name: "shelves", From: l.books, To: l.shelves, Many: true, Hops: []model.Hop{{l.placements, own("book_id", "id")}, {l.shelves, []model.On{{Column: "id", Row: 0, Of: "shelf_id"}}}}},
	} {
		want.Kind = model.Relation
		got := g.Edge(want.From, want.Name)
		if got == nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("edge %s of %s is %+v, want %+v", want.Name, want.From, got, want)
		} else if got.Target().Model != want.To {
			t.Errorf("edge %s of %s ends at %s", want.Name, want.From, got.Target().Model)
		}
	}
	var names []string
	for _, e := range g.Edges(l.books) {
		names = append(names, e.Name)
	}
	if want := []string{"author", "owner", "editor", "cover", "praise", "blame", "tags", "shelves"}; !slices.Equal(names, want) {
		t.Errorf("the edges of book are %q, want %q", names, want)
	}
}

func TestForeignKeys(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	g := graphOf(t, l.models()...)
	for _, test := range []struct {
		m      *model.Model
		column string
		want   *model.Reference
	}{
		{l.books, "author_id", &model.Reference{Model: l.authors, Column: "id", OnDelete: "SET NULL"}}, // nullable
		{l.books, "owner_id", &model.Reference{Model: l.authors, Column: "id", OnDelete: "NO ACTION"}},
		{l.books, "by", nil}, // nokey
		{l.covers, "book_id", &model.Reference{Model: l.books, Column: "id", OnDelete: "CASCADE"}},
		{l.notes, "book_id", &model.Reference{Model: l.books, Column: "id", OnDelete: "SET NULL"}}, // set by its tag
		{l.placements, "book_id", nil}, // no relation
		{g.Table("book_tags"), "tag_id", &model.Reference{Model: l.tags, Column: "value", OnDelete: "CASCADE"}},
	} {
		if got := test.m.Field(test.column).References; !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s.%s refers to %+v, want %+v", test.m, test.column, got, test.want)
		}
	}
	// Every foreign key column has exactly one index that begins with it.
	want := []model.Index{{Columns: []string{"owner_id", "id"}}, {Columns: []string{"author_id", "by"}, Unique: true}, {Columns: []string{"by", "id"}}}
	if !reflect.DeepEqual(l.books.Indexes, want) {
		t.Errorf("the indexes of book are %+v", l.books.Indexes)
	}
}

func TestPlainPivot(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	g := graphOf(t, l.models()...)
	p := g.Table("book_tags")
	if p == nil || p != g.Named("book_tags") || p.Module != "library" || p.Go != nil || len(p.Entities) != 0 {
		t.Fatalf("the pivot is %+v", p)
	}
	if !slices.Equal(p.Key, []string{"book_id", "tag_id"}) || p.PrimaryKey() != "" || len(p.Fields) != 2 || p.Field("tag_id").Kind != model.Text {
		t.Errorf("the pivot has the key %v and %d fields", p.Key, len(p.Fields))
	}
	// The key is the index for the tags of a book, so only the other direction needs one.
	if !reflect.DeepEqual(p.Indexes, []model.Index{{Columns: []string{"tag_id"}}}) {
		t.Errorf("the pivot's indexes are %+v", p.Indexes)
	}
	if n := len(g.Models()); n != 8 {
		t.Errorf("the graph has %d models, want seven and one pivot", n)
	}
}

func TestRelationsAndPivots(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	g := graphOf(t, l.models()...)
	wantNested := []model.Nested{
		{Name: "author", Model: l.authors, Belongs: true, Column: "author_id", Path: []int{2}},
		{Name: "owner", Model: l.authors, Belongs: true, Column: "owner_id", Path: []int{4}},
		{Name: "editor", Model: l.authors, Belongs: true, Column: "by", Path: []int{6}},
		{Name: "cover", Model: l.covers, Column: "book_id", Path: []int{7}},
		{Name: "praise", Model: l.notes, Column: "book_id", Flag: "good", FlagIs: true, Path: []int{8}},
		{Name: "blame", Model: l.notes, Column: "book_id", Flag: "good", FlagIs: false, Path: []int{9}},
	}
	if got := l.books.Relations(g); !reflect.DeepEqual(got, wantNested) {
		t.Errorf("the relations are %+v", got)
	}
	wantPivots := []model.Pivot{
		{Name: "tags", Model: l.tags, Table: g.Table("book_tags"), Left: "book_id", Right: "tag_id", Path: []int{10}},
		{Name: "shelves", Model: l.shelves, Table: l.placements, Left: "book_id", Right: "shelf_id", Path: []int{11}},
	}
	if got := l.books.Pivots(g); !reflect.DeepEqual(got, wantPivots) {
		t.Errorf("the pivots are %+v", got)
	}
	b := book{Cover: &cover{BookID: "b"}}
	if got := model.Value(reflect.ValueOf(b), []int{7}).Interface(); got != b.Cover {
		t.Errorf("the cover is %v", got)
	}
}

func TestDeclaredEdgesReplaceRelations(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	current := &model.Edge{Name: "praise", Many: true, Hops: []model.Hop{{l.notes, []model.On{{Column: "book_id", Row: model.FromRow, Of: "id"}}}}}
	extra := &model.Edge{Name: "notes", Kind: model.Stored, To: l.notes, Many: true, Hops: current.Hops}
	l.books.With(current, extra)
	g := graphOf(t, l.models()...)
	if g.Edge(l.books, "praise") != current || g.Edge(l.books, "notes") != extra {
		t.Error("the declared edges are not in the graph")
	}
	if current.From != l.books || current.To != l.notes || current.Kind != model.Relation || extra.Kind != model.Stored {
		t.Errorf("the declared edges are %+v and %+v", current, extra)
	}
	if e := g.Edge(l.books, "blame"); e == nil || len(e.Hops[0].On) != 2 {
		t.Errorf("the relation beside them is %+v", e)
	}
}

func TestGraphFinds(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	l.books.OnTable("lib_book").Named("book", "volumes")
	g := graphOf(t, l.models()...)
	for _, entity := range []string{"book", "volumes"} {
		if m, err := g.Model(entity); m != l.books || err != nil {
			t.Errorf("entity %s is %v, %v", entity, m, err)
		}
	}
	if g.Named("book") != l.books || g.Table("lib_book") != l.books || g.TypeOf(reflect.TypeFor[book]()) != l.books {
		t.Error("the model book is not found by name, table or type")
	}
	if g.Named("volumes") != nil || g.Table("book") != nil || g.TypeOf(reflect.TypeFor[string]()) != nil || g.Edge(l.books, "none") != nil || g.Edge(&model.Model{}, "none") != nil {
		t.Error("a name, table, type or edge that does not exist was found")
	}
	want := []string{"author", "author_id", "blame", "by", "cover", "created_at", "deleted_at", "editor", "id", "metadata", "owner", "owner_id", "praise", "shelves", "tags", "updated_at"}
	if got := g.Names(l.books); !slices.Equal(got, want) {
		t.Errorf("the names of book are %q", got)
	}
}

func TestUnknownEntity(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	g := graphOf(t, l.models()...)
	m, err := g.Model("boks")
	if m != nil || fault.TypeOf(err) != fault.InvalidData || err.Error() != `there is no entity "boks"; did you mean books, book?` {
		t.Errorf("the error is %v", err)
	}
	for _, entity := range []string{"", "xyz", "book_tags"} { // a plain pivot is not an entity
		if _, err := g.Model(entity); !errors.Is(err, &fault.Error{Type: fault.InvalidData}) || !strings.HasPrefix(err.Error(), "there is no entity ") {
			t.Errorf("for %q, the error is %v", entity, err)
		}
	}
}

// Several goroutines may create graphs of the same models, and read them while
// others are created. All graphs are equal.
func TestConcurrentGraphsOfTheSameModels(t *testing.T) {
	t.Parallel()
	l := newLibrary()
	l.books.With(&model.Edge{Name: "notes", Many: true, Hops: []model.Hop{{l.notes, []model.On{{Column: "book_id", Row: model.FromRow, Of: "id"}}}}})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			g, err := model.NewGraph(l.models()...)
			if err != nil {
				t.Error(err)
				return
			}
			if e := g.Edge(l.books, "notes"); e == nil || e.To != l.notes {
				t.Errorf("the edge is %+v", e)
			}
			if n := len(g.Edges(l.books)); n != 9 {
				t.Errorf("book has %d edges, want 9", n)
			}
			for _, m := range g.Models() {
				for _, f := range m.Fields {
					if f.References != nil && f.References.Model == nil {
						t.Errorf("%s.%s refers to no model", m, f.Name)
					}
				}
				for _, i := range m.Indexes {
					if len(i.Columns) == 0 {
						t.Errorf("%s has an index without columns", m)
					}
				}
			}
		})
	}
	all.Wait()
	if n := len(l.books.Indexes); n != 3 {
		t.Errorf("book has %d indexes, want 3: %+v", n, l.books.Indexes)
	}
}

func TestArrival(t *testing.T) {
	t.Parallel()
	for i := range 5 {
		if got, ok := model.ArrivalHop(model.Arrival(i)); got != i || !ok {
			t.Errorf("Arrival(%d) has the hop %d, %t", i, got, ok)
		}
	}
	for _, row := range []int{model.FromRow, 0, 1} {
		if _, ok := model.ArrivalHop(row); ok {
			t.Errorf("row %d is an arrival", row)
		}
	}
}
