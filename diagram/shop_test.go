package diagram_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// The bookshop of these tests has four modules that know nothing of one another.

type book struct {
	model.Record
	Title    string     `json:"title"`
	Page     string     `json:"page"`
	RoomIDs  []string   `json:"room_ids"`
	SeriesID *string    `json:"series_id"`
	Series   *series    `json:"series,omitzero" model:"belongs"`
	Chapters []*chapter `json:"chapters,omitzero" model:"many=book_id"`
	Authors  []*author  `json:"authors,omitzero" model:"through=book_author.book_id.author_id"`
}

type series struct {
	model.Record
	Name  string  `json:"name"`
	Books []*book `json:"books,omitzero" model:"many=series_id"`
}

type chapter struct {
	model.Record
	BookID   string     `json:"book_id"`
	Book     *book      `json:"book,omitzero" model:"belongs"`
	PartOfID *string    `json:"part_of_id"`
	PartOf   *chapter   `json:"part_of,omitzero" model:"belongs"`
	Parts    []*chapter `json:"parts,omitzero" model:"many=part_of_id"`
}

type author struct {
	model.Record
	Name  string  `json:"name"`
	Books []*book `json:"books,omitzero" model:"through=book_author.author_id.book_id"`
}

type shelf struct {
	model.Base
	RoomID string `json:"room_id"`
}

type room struct {
	model.Record
	Floor int64 `json:"floor"`
}

type staff struct {
	model.Record
	Name string `json:"name"`
}

type bookshop struct {
	graph *model.Graph
	links []*link.Definition
}

func noPages(context.Context, []string) (map[string]model.RawJSON, error) { return nil, nil }

// newBookshop returns a graph with links of every kind.
func newBookshop(t *testing.T) bookshop {
	t.Helper()
	books, chapters, authors, seriess := model.Define[book]("book"), model.Define[chapter]("chapter"), model.Define[author]("author"), model.Define[series]("series").Named("series")
	shelves, rooms, people := model.Define[shelf]("shelf"), model.Define[room]("room"), model.Define[staff]("staff").Named("staff")
	module.New("library", books, chapters, authors, seriess)
	module.New("furniture", shelves)
	module.New("building", rooms)
	module.New("people", people)
	g, err := model.NewGraph(books, chapters, authors, seriess, shelves, rooms, people)
	if err != nil {
		t.Fatal(err)
	}
	links, err := link.Install(g,
		link.Between(link.Many(books), link.One(shelves).Cascade()).Columns(link.Column{Name: "place", Kind: model.Int, Default: "1"}, link.Column{Name: "note", Kind: model.Text}),
		link.Between(link.Many(books).As("related_to").Named("related_to"), link.Many(books).As("related").Named("related")).Table("book_related"),
		link.Between(link.One(rooms), link.Many(books).Named("books").Beyond("chapters", "chapters")).Table("room_book"),
		link.ReadOnly(shelves, "room_id", rooms).Inverse("shelves"),
		link.ReadOnly(books, "room_ids", rooms).As("seen_in"),
		link.Virtual(books, "page", "article", noPages),
	)
	if err != nil {
		t.Fatal(err)
	}
	return bookshop{g, links}
}

func (s bookshop) around(t *testing.T, name string) diagram.Diagram {
	t.Helper()
	d, err := diagram.Around(s.graph, s.links, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
