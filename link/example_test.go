package link_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// A bookshop has three modules that know nothing of one another.

type Book struct {
	model.Record
	Title string  `json:"title"`
	Page  *string `json:"page"` // on the publisher's site
}

type Shelf struct {
	model.Record
	Name   string  `json:"name"`
	RoomID *string `json:"room_id"`
}

type Room struct {
	model.Record
	Floor int64 `json:"floor"`
}

type bookshop struct {
	Books, Shelves, Rooms *model.Model

	store *module.Store
	links *link.Manager
	query *query.Engine
	close func()
}

func newModules() *bookshop {
	b := &bookshop{Books: model.Define[Book]("book"), Shelves: model.Define[Shelf]("shelf"), Rooms: model.Define[Room]("room")}
	module.New("library", b.Books)
	module.New("furniture", b.Shelves)
	module.New("building", b.Rooms)
	return b
}

// open does what an App does with modules and links: it builds a graph, tables,
// a manager and a query engine. The records are two books, two shelves and one
// room.
func (b *bookshop) open(definitions ...link.Definition) *bookshop {
	ctx := context.Background()
	dir := must(os.MkdirTemp("", "example"))
	d := must(sqlite.Open(filepath.Join(dir, "shop.db")))
	graph := must(model.NewGraph(b.Books, b.Shelves, b.Rooms))
	installed := must(link.Install(graph, definitions...))
	must(schema.New(graph.Models()).Migrate(ctx, d, schema.Options{}))

	made, noon := 0, time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	b.store = module.NewStore(d, graph).From(module.Source{
		NewID: func(prefix string) string { made++; return fmt.Sprintf("%s_%d", prefix, made) },
		Now:   func() time.Time { noon = noon.Add(time.Minute); return noon },
	})
	b.links, b.query = link.NewManager(b.store, installed), query.New(graph, d, query.Limits{})
	b.close = func() {
		_ = d.Close()
		_ = os.RemoveAll(dir)
	}
	check(module.For[Book](b.store, b.Books).Create(ctx, &Book{Record: id("emma"), Title: "Emma", Page: new("emma.html")}, &Book{Record: id("faust"), Title: "Faust"}))
	check(module.For[Room](b.store, b.Rooms).Create(ctx, &Room{Record: id("cellar"), Floor: -1}))
	check(module.For[Shelf](b.store, b.Shelves).Create(ctx, &Shelf{Record: id("s1"), Name: "Novels", RoomID: new("cellar")}, &Shelf{Record: id("s2"), Name: "Plays"}))
	return b
}

func (b *bookshop) ask(r query.Request) {
	fmt.Println(string(must(b.query.Graph(context.Background(), r)).Data))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

// A link is defined in one line, written as pairs, and read from both ends.
func Example() {
	b := newModules()
	b.open(link.Between(link.Many(b.Books), link.One(b.Shelves)))
	defer b.close()
	ctx := context.Background()

	rows := must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}, link.Pair{b.Books: "faust", b.Shelves: "s1"}))
	fmt.Println(rows[0].Link, rows[0].Keys)

	b.ask(query.Request{Entity: "book", Fields: []string{"title", "shelf.name"}})
	b.ask(query.Request{Entity: "shelf", Fields: []string{"name", "books.title"}})

	// A book can be on one shelf only.
	_, err := b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s2"})
	fmt.Println(err)
	_, err = b.links.Create(ctx, link.Pair{b.Books: "ulysses", b.Shelves: "s2"})
	fmt.Println(err)
	// Output:
	// library_book_furniture_shelf map[book_id:emma shelf_id:s1]
	// [{"title":"Emma","shelf":{"name":"Novels"}},{"title":"Faust","shelf":{"name":"Novels"}}]
	// [{"name":"Novels","books":[{"title":"Emma"},{"title":"Faust"}]},{"name":"Plays","books":[]}]
	// cannot link book "emma" to shelf "s2": book "emma" is linked to shelf "s1", and it can have only one; dismiss that link first
	// cannot link book - shelf: there is no book with the id "ulysses"
}

// A link can have extra columns, which queries reach through its rows.
func ExampleDefinition_Columns() {
	b := newModules()
	b.open(link.Between(link.Many(b.Books), link.Many(b.Shelves)).Columns(
		link.Column{Name: "note", Kind: model.Text},
		link.Column{Name: "copies", Kind: model.Int, Default: "1"}))
	defer b.close()
	ctx, pair := context.Background(), link.Pair{b.Books: "emma", b.Shelves: "s1"}

	row := must(b.links.CreateWith(ctx, link.Entry{Pair: pair, Data: link.Data{"note": "top row"}}))[0]
	fmt.Println(row.ID, row.Data)
	row = must(b.links.CreateWith(ctx, link.Entry{Pair: pair, Data: link.Data{"copies": 3}}))[0]
	fmt.Println(row.ID, row.Data)

	b.ask(query.Request{Entity: "book", Fields: []string{"title", "shelf_link.copies"}, Filters: query.Filters{"shelf_link": query.Filters{"copies": query.Filters{"$gte": 2}}}})
	b.ask(query.Request{Entity: "book_shelf", Fields: []string{"note", "book.title", "shelf.name"}})
	_, err := b.links.CreateWith(ctx, link.Entry{Pair: pair, Data: link.Data{"copies": "many"}})
	fmt.Println(err)
	// Output:
	// link_1 map[copies:1 note:top row]
	// link_1 map[copies:3 note:top row]
	// [{"title":"Emma","shelf_link":[{"copies":3}]}]
	// [{"note":"top row","book":{"title":"Emma"},"shelf":{"name":"Novels"}}]
	// library_book_furniture_shelf.copies is of kind integer; a value of type string does not fit
}

// Dismissed rows are kept, so the history of a link can be queried.
func ExampleManager_Dismiss() {
	b := newModules()
	b.open(link.Between(link.Many(b.Books), link.One(b.Shelves)))
	defer b.close()
	ctx := context.Background()

	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}))
	gone := must(b.links.Dismiss(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}))
	fmt.Println(len(gone), len(must(b.links.Dismiss(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}))))
	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s2"}))

	b.ask(query.Request{Entity: "book", Fields: []string{"shelf.name"}, Filters: query.Filters{"id": "emma"}})
	b.ask(query.Request{Entity: "book_shelf", Fields: []string{"shelf.name", "deleted_at"}, Order: []string{"created_at"}, WithDeleted: true})
	// Output:
	// 1 0
	// [{"shelf":{"name":"Plays"}}]
	// [{"deleted_at":"2026-01-31T12:05:00.000Z","shelf":{"name":"Novels"}},{"deleted_at":null,"shelf":{"name":"Plays"}}]
}

// An empty id stands for any record.
func ExampleManager_List() {
	b := newModules()
	b.open(link.Between(link.Many(b.Books), link.Many(b.Shelves)))
	defer b.close()
	ctx := context.Background()

	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}, link.Pair{b.Books: "emma", b.Shelves: "s2"}, link.Pair{b.Books: "faust", b.Shelves: "s2"}))
	for _, row := range must(b.links.List(ctx, link.Pair{b.Books: "", b.Shelves: "s2"})) {
		fmt.Println(row.ID, row.Keys["book_id"])
	}
	// Output:
	// link_2 emma
	// link_3 faust
}

// Set replaces the records that a record is linked to.
func ExampleManager_Set() {
	b := newModules()
	b.open(link.Between(link.Many(b.Books), link.Many(b.Shelves)))
	defer b.close()
	ctx, shelves := context.Background(), link.Pair{b.Books: "emma", b.Shelves: ""}

	for _, ids := range [][]string{{"s1"}, {"s1", "s2"}, {"s2"}, nil} {
		check(b.links.Set(ctx, shelves, ids...))
		fmt.Println("shelves:", ids)
		for _, row := range must(b.links.List(ctx, shelves)) {
			fmt.Println(row.ID, row.Keys["shelf_id"])
		}
	}
	// Output:
	// shelves: [s1]
	// link_1 s1
	// shelves: [s1 s2]
	// link_1 s1
	// link_2 s2
	// shelves: [s2]
	// link_2 s2
	// shelves: []
}

// Links follow their records: deleting a record with any service dismisses its
// links, and restoring it brings them back. A link that was dismissed before
// stays dismissed.
func Example_following() {
	b := newModules()
	b.open(link.Between(link.One(b.Shelves), link.Many(b.Books)))
	defer b.close()
	ctx, shelves := context.Background(), module.For[Shelf](b.store, b.Shelves)
	onShelf := func() {
		b.ask(query.Request{Entity: "book", Fields: []string{"title", "shelf.name"}})
	}

	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}, link.Pair{b.Books: "faust", b.Shelves: "s1"}))
	must(b.links.Dismiss(ctx, link.Pair{b.Books: "faust", b.Shelves: "s1"}))
	check(shelves.SoftDelete(ctx, "s1"))
	onShelf()
	check(shelves.Restore(ctx, "s1"))
	onShelf()

	// A book that has moved to another shelf in the meantime is a conflict.
	check(shelves.SoftDelete(ctx, "s1"))
	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s2"}))
	fmt.Println(shelves.Restore(ctx, "s1"))
	// Output:
	// [{"title":"Emma","shelf":null},{"title":"Faust","shelf":null}]
	// [{"title":"Emma","shelf":{"name":"Novels"}},{"title":"Faust","shelf":null}]
	// cannot restore the link of shelf "s1" to book "emma": book "emma" is linked to shelf "s2" now, and it can have only one; dismiss that link first
}

// Delete is for records that are deleted elsewhere. It soft-deletes the linked
// records at ends that cascade; Restore undoes it.
func ExampleManager_Delete() {
	b := newModules()
	b.open(link.Between(link.One(b.Shelves), link.Many(b.Books).Cascade()))
	defer b.close()
	ctx := context.Background()

	must(b.links.Create(ctx, link.Pair{b.Books: "emma", b.Shelves: "s1"}, link.Pair{b.Books: "faust", b.Shelves: "s1"}))
	must(b.links.Dismiss(ctx, link.Pair{b.Books: "faust", b.Shelves: "s1"}))

	fmt.Println(must(b.links.Delete(ctx, b.Shelves, "s1")))
	b.ask(query.Request{Entity: "book", Fields: []string{"title", "shelf.name"}})
	fmt.Println(must(b.links.Restore(ctx, b.Shelves, "s1")))
	b.ask(query.Request{Entity: "book", Fields: []string{"title", "shelf.name"}})
	// Output:
	// map[book:[emma] furniture_shelf_library_book:[link_1]]
	// [{"title":"Faust","shelf":null}]
	// map[book:[emma] furniture_shelf_library_book:[link_1]]
	// [{"title":"Emma","shelf":{"name":"Novels"}},{"title":"Faust","shelf":null}]
}

// A read-only link uses a column that the model already has.
func ExampleReadOnly() {
	b := newModules()
	b.open(link.ReadOnly(b.Shelves, "room_id", b.Rooms).Inverse("shelves"))
	defer b.close()

	b.ask(query.Request{Entity: "shelf", Fields: []string{"name", "room.floor"}})
	b.ask(query.Request{Entity: "room", Fields: []string{"floor", "shelves.name"}})
	_, err := b.links.Create(context.Background(), link.Pair{b.Shelves: "s2", b.Rooms: "cellar"})
	fmt.Println(err)
	// Output:
	// [{"name":"Novels","room":{"floor":-1}},{"name":"Plays","room":null}]
	// [{"floor":-1,"shelves":[{"name":"Novels"}]}]
	// room and shelf are linked by the column room_id of shelf: update that column instead of creating or dismissing a link
}

// A virtual link leads to records that a function returns.
func ExampleVirtual() {
	b := newModules()
	reviews := func(_ context.Context, pages []string) (map[string]model.RawJSON, error) {
		return map[string]model.RawJSON{"emma.html": model.RawJSON(`{"stars":5}`)}, nil
	}
	b.open(link.Virtual(b.Books, "page", "review", reviews))
	defer b.close()

	b.ask(query.Request{Entity: "book", Fields: []string{"title", "review.*"}})
	// Output:
	// [{"review":{"stars":5},"title":"Emma"},{"review":null,"title":"Faust"}]
}

// Map lists every link, one entry for each direction and name.
func ExampleMap() {
	b := newModules()
	b.open(
		link.Between(link.Many(b.Books), link.One(b.Shelves)),
		link.ReadOnly(b.Shelves, "room_id", b.Rooms).Inverse("shelves"))
	defer b.close()

	for _, d := range link.Map(b.store.Graph) {
		fmt.Printf("%-5s %-7s %-5s %-9s many=%-5t via %s\n", d.From, d.Field, d.To, d.Kind, d.Many, d.Via)
	}
	// Output:
	// book  shelf   shelf stored    many=false via shelf_link
	// shelf books   book  stored    many=true  via book_link
	// shelf room    room  read-only many=false via room_id
	// room  shelves shelf read-only many=true  via room_id
}

// The error for an invalid link says what would be right.
func ExampleInstall() {
	b := newModules()
	graph := must(model.NewGraph(b.Books, b.Shelves))
	_, err := link.Install(graph, link.Between(link.Many(b.Books), link.One(b.Rooms)))
	fmt.Println(err)
	graph = must(model.NewGraph(b.Books, b.Shelves))
	_, err = link.Install(graph, link.Between(link.Many(b.Books), link.One(b.Shelves).Named("title")))
	fmt.Println(err)
	// Output:
	// link book - room: its right end is not a model of the program; add the module that has it
	// link book - shelf: edge title of book: the model has a field of that name; give it another name with Named
}
