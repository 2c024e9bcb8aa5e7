package query_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// The examples use a bookshop. Authors and books are in one module, where a book
// belongs to an author. Shelves are in another module; a link puts many books on
// one shelf.

type Author struct {
	model.Record
	Name  string  `json:"name"`
	Books []*Book `json:"books" model:"many=author_id"`
}

type Book struct {
	model.Record
	Title    string  `json:"title" model:"searchable"`
	Pages    int64   `json:"pages"`
	AuthorID string  `json:"author_id"`
	Author   *Author `json:"author" model:"belongs"`
}

type Shelf struct {
	model.Record
	Name string `json:"name"`
}

// newStore returns the store that the examples write their records with.
func newStore(d db.DB, graph *model.Graph) *module.Store {
	return module.NewStore(d, graph)
}

// bookshop returns an engine over a new database with three authors, four books
// and two shelves.
func bookshop() (engine *query.Engine, closeShop func()) {
	authors, books, shelves := model.Define[Author]("author"), model.Define[Book]("book"), model.Define[Shelf]("shelf")
	module.New("library", authors, books)
	module.New("furniture", shelves)
	graph := must(model.NewGraph(authors, books, shelves))
	links := must(link.Install(graph, link.Between(link.Many(books), link.One(shelves))))

	ctx, dir := context.Background(), must(os.MkdirTemp("", "example"))
	d := must(sqlite.Open(filepath.Join(dir, "shop.db")))
	must(schema.New(graph.Models()).Migrate(ctx, d, schema.Options{}))
	store := newStore(d, graph)
	check(module.For[Author](store, authors).Create(ctx,
		&Author{Record: id("austen"), Name: "Jane Austen"}, &Author{Record: id("eliot"), Name: "George Eliot"}, &Author{Record: id("woolf"), Name: "Virginia Woolf"}))
	check(module.For[Book](store, books).Create(ctx,
		&Book{Record: id("emma"), Title: "Emma", Pages: 474, AuthorID: "austen"},
		&Book{Record: id("persuasion"), Title: "Persuasion", Pages: 249, AuthorID: "austen"},
		&Book{Record: id("middlemarch"), Title: "Middlemarch", Pages: 880, AuthorID: "eliot"},
		&Book{Record: id("romola"), Title: "Romola", Pages: 600, AuthorID: "eliot"}))
	check(module.For[Shelf](store, shelves).Create(ctx, &Shelf{Record: id("s1"), Name: "Window"}, &Shelf{Record: id("s2"), Name: "Cellar"}))
	must(link.NewManager(store, links).Create(ctx,
		link.Pair{books: "emma", shelves: "s1"}, link.Pair{books: "middlemarch", shelves: "s1"}, link.Pair{books: "romola", shelves: "s2"}))
	return query.New(graph, d, query.Limits{}), func() {
		_ = d.Close()
		_ = os.RemoveAll(dir)
	}
}

func id(text string) model.Record { return model.Record{ID: text} }

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

// Fields and filters follow the relation from a book to its author and the link
// to its shelf alike.
func ExampleEngine_Graph() {
	engine, closeShop := bookshop()
	defer closeShop()

	res, err := engine.Graph(context.Background(), query.Request{
		Entity:  "book",
		Fields:  []string{"title", "author.name", "shelf.name"},
		Filters: query.Filters{"shelf.name": "Window", "pages": query.Filters{"$gt": 300}},
		Order:   []string{"-pages"},
		Count:   true,
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(res.Data))
	fmt.Println(res.Rows, "of", *res.Metadata.Count)
	// Output:
	// [{"title":"Middlemarch","author":{"name":"George Eliot"},"shelf":{"name":"Window"}},{"title":"Emma","author":{"name":"Jane Austen"},"shelf":{"name":"Window"}}]
	// 2 of 2
}

// Conditions under a list apply to some record of it, which $some spells out;
// $none and $every apply to all of them.
func ExampleFilters() {
	engine, closeShop := bookshop()
	defer closeShop()

	long := query.Filters{"pages": query.Filters{"$gte": 600}}
	for _, filters := range []query.Filters{
		{"books": query.Filters{"$some": query.Filters{"pages": query.Filters{"$lt": 300}}}},
		{"books": query.Filters{"$none": long}},
		{"books": query.Filters{"$every": long}},
		{"books": query.Filters{"$every": long, "$some": query.Filters{}}},
		{"books": query.Filters{"shelf": nil}},
		{"$or": []query.Filters{{"name": query.Filters{"$like": "Jane%"}}, {"books.title": "Romola"}}},
	} {
		res, err := engine.Graph(context.Background(), query.Request{Entity: "author", Fields: []string{"name"}, Filters: filters})
		if err != nil {
			panic(err)
		}
		fmt.Println(string(res.Data))
	}
	// Output:
	// [{"name":"Jane Austen"}]
	// [{"name":"Jane Austen"},{"name":"Virginia Woolf"}]
	// [{"name":"George Eliot"},{"name":"Virginia Woolf"}]
	// [{"name":"George Eliot"}]
	// [{"name":"Jane Austen"}]
	// [{"name":"Jane Austen"},{"name":"George Eliot"}]
}

// Fields, filters and sort keys may end in an aggregate over a list.
func ExampleRequest_aggregates() {
	engine, closeShop := bookshop()
	defer closeShop()

	res, err := engine.Graph(context.Background(), query.Request{
		Entity:  "author",
		Fields:  []string{"name", "books.$count", "books.$sum.pages"},
		Filters: query.Filters{"books": query.Filters{"$count": query.Filters{"$gte": 1}}},
		Order:   []string{"-books.$max.pages"},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(res.Data))
	// Output:
	// [{"name":"George Eliot","books.$count":2,"books.$sum.pages":1480},{"name":"Jane Austen","books.$count":2,"books.$sum.pages":723}]
}

// Metadata.Next of one page is After of the next.
func ExampleRequest_pages() {
	engine, closeShop := bookshop()
	defer closeShop()

	r := query.Request{Entity: "book", Fields: []string{"title"}, Order: []string{"author.name", "-pages"}, Limit: 3}
	for {
		res, err := engine.Graph(context.Background(), r)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(res.Data))
		if r.After = res.Metadata.Next; r.After == "" {
			break
		}
	}
	// Output:
	// [{"title":"Middlemarch"},{"title":"Romola"},{"title":"Emma"}]
	// [{"title":"Persuasion"}]
}

// Lists narrows a to-many path without affecting which records are returned.
func ExampleRequest_lists() {
	engine, closeShop := bookshop()
	defer closeShop()

	res, err := engine.Graph(context.Background(), query.Request{
		Entity: "author",
		Fields: []string{"name", "books.title"},
		Lists:  map[string]query.Nested{"books": {Order: []string{"-pages"}, Limit: 1}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(res.Data))
	// Output:
	// [{"name":"Jane Austen","books":[{"title":"Emma"}]},{"name":"George Eliot","books":[{"title":"Middlemarch"}]},{"name":"Virginia Woolf","books":[]}]
}
