package query_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/query"
)

// A request can be decoded from JSON, also in the form of Medusa's query.graph.
func ExampleRequest_UnmarshalJSON() {
	engine, closeShop := bookshop()
	defer closeShop()

	var r query.Request
	err := json.Unmarshal([]byte(`{
		"entity": "shelves",
		"fields": ["name", "books.title"],
		"filters": {"books": {"author": {"name": "George Eliot"}}},
		"pagination": {"skip": 0, "take": 1, "order": {"name": "DESC"}}
	}`), &r)
	if err != nil {
		panic(err)
	}
	res, err := engine.Graph(context.Background(), r)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(res.Data), *res.Metadata.Count)
	// Output:
	// [{"name":"Window","books":[{"title":"Emma"},{"title":"Middlemarch"}]}] 2
}

// The struct type selects the fields. A pointer to a struct is a to-one relation,
// a slice of them a to-many relation.
func ExampleList() {
	engine, closeShop := bookshop()
	defer closeShop()

	type BookRow struct {
		Title string `json:"title"`
		Shelf *struct {
			Name string `json:"name"`
		} `json:"shelf"`
	}
	rows, page, err := query.List[BookRow](context.Background(), engine, "book",
		query.Where(query.Filters{"author.name": "Jane Austen"}), query.OrderBy("title"), query.WithCount())
	if err != nil {
		panic(err)
	}
	for _, row := range rows {
		fmt.Print(row.Title)
		if row.Shelf != nil {
			fmt.Print(" on the shelf ", row.Shelf.Name)
		}
		fmt.Println()
	}
	fmt.Println(*page.Count)
	// Output:
	// Emma on the shelf Window
	// Persuasion
	// 2
}

func ExampleGet() {
	engine, closeShop := bookshop()
	defer closeShop()

	type AuthorRow struct {
		Name  string `json:"name"`
		Books []struct {
			Title string `json:"title"`
		} `json:"books"`
	}
	author, err := query.Get[AuthorRow](context.Background(), engine, "author", "austen")
	fmt.Println(author, err)
	_, err = query.Get[AuthorRow](context.Background(), engine, "author", "shelley")
	fmt.Println(err)
	// Output:
	// {Jane Austen [{Emma} {Persuasion}]} <nil>
	// author id not found: shelley
}

// Check finds a type that does not fit its entity when the program starts.
func ExampleCheck() {
	engine, closeShop := bookshop()
	defer closeShop()

	type Misspelled struct {
		Titel string `json:"titel"`
	}
	type BookRow struct {
		Title string `json:"title"`
	}
	type NotAList struct {
		Books *BookRow `json:"books"`
	}
	fmt.Println(query.Check[Misspelled](engine, "book"))
	fmt.Println(query.Check[NotAList](engine, "author"))
	// Output:
	// fields: book has no field or relation "titel" (in titel); did you mean title?
	// author.books is a list, but the struct's field is *query_test.BookRow
}

// Explain shows how a request is executed: one statement, however many relations
// it follows.
func ExampleEngine_Explain() {
	engine, closeShop := bookshop()
	defer closeShop()

	x, err := engine.Explain(query.Request{
		Entity:  "author",
		Fields:  []string{"name", "books.title", "books.shelf.name"},
		Filters: query.Filters{"books.title": "Emma"},
	})
	if err != nil {
		panic(err)
	}
	fmt.Print(x.Plan)
	fmt.Println(x.Args, "argument")
	// Output:
	// author (author t0)
	//   fields name
	//   where some books (title $eq value 1)
	//   order by id
	//   books -> list of book, relation, over book t2 (author_id)
	//     fields title
	//     order by id
	//     shelf -> one shelf, stored, over library_book_furniture_shelf t3 (book_id), shelf t4 (id)
	//       fields name
	// 1 argument
}

// Each streams any number of records in constant memory.
func ExampleEngine_Each() {
	engine, closeShop := bookshop()
	defer closeShop()

	r := query.Request{Entity: "book", Fields: []string{"title"}, Order: []string{"title"}}
	err := engine.Each(context.Background(), r, func(record []byte) error {
		fmt.Println(string(record))
		return nil
	})
	if err != nil {
		panic(err)
	}
	// Output:
	// {"title":"Emma"}
	// {"title":"Middlemarch"}
	// {"title":"Persuasion"}
	// {"title":"Romola"}
}

func ExampleEngine_Lookup() {
	engine, closeShop := bookshop()
	defer closeShop()

	found, ok := engine.Lookup("shelf", "books.author.name")
	fmt.Println(ok, found.Model, found.Field.Kind, len(found.Edges), found.Many)
	_, ok = engine.Lookup("shelf", "books.publisher")
	fmt.Println(ok)
	// Output:
	// true author text 2 false
	// false
}
