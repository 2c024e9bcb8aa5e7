package querytest

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Item belongs to the module shop.
type Item struct {
	model.Record
	Title    string         `json:"title" model:"searchable"`
	Rank     *int64         `json:"rank"`
	Price    *money.Amount  `json:"price"`
	Variants []*ItemVariant `json:"variants" model:"many=item_id"`
}

// ItemVariant is a variant of an Item.
type ItemVariant struct {
	model.Record
	SKU    *string `json:"sku"`
	ItemID string  `json:"item_id"`
	Item   *Item   `json:"item" model:"belongs"`
}

// Brand belongs to the module brandy. It has no searchable column.
type Brand struct {
	model.Record
	Name  string `json:"name"`
	Score *int64 `json:"score"`
}

// Tag belongs to the module tagger.
type Tag struct {
	model.Record
	Value string `json:"value"`
}

// Gear belongs to the module gearbox.
type Gear struct {
	model.Record
	Name string `json:"name"`
}

// Author belongs to the module blog.
type Author struct {
	model.Record
	Name  string  `json:"name"`
	Posts []*Post `json:"posts" model:"many=author_id"`
}

// Post belongs to the module blog. It refers to a brand and to items by id.
type Post struct {
	model.Record
	Title    *string       `json:"title"`
	N        int64         `json:"n"`
	Meta     model.RawJSON `json:"meta"`
	BrandID  *string       `json:"brand_id"`
	ItemIDs  []string      `json:"item_ids"`
	AuthorID *string       `json:"author_id"`
	Author   *Author       `json:"author" model:"belongs"`
}

// Fixture is a model graph with rows for it.
type Fixture struct {
	Graph *model.Graph
	Data  Data
}

// NewFixture returns the models, links and rows of the conformance tests.
func NewFixture() (*Fixture, error) {
	item, variant := model.Define[Item]("item"), model.Define[ItemVariant]("item_variant")
	brand, tag, gear := model.Define[Brand]("brand"), model.Define[Tag]("tag"), model.Define[Gear]("gear")
	author, post := model.Define[Author]("author"), model.Define[Post]("post")
	g, err := model.NewGraph(item, variant, brand, tag, gear, author, post)
	if err != nil {
		return nil, err
	}
	itemBrand := linkTable(item, brand, &model.Field{Name: "note", Null: true}, &model.Field{Name: "pos", Kind: model.Int, Default: "7"})
	itemTag, itemGear, postItem := linkTable(item, tag), linkTable(item, gear), linkTable(post, item)
	for _, link := range []*model.Model{itemBrand, itemTag, itemGear, postItem} {
		if err := g.AddModel(link); err != nil {
			return nil, err
		}
	}
	edges := linkEdges(itemBrand, end{item, "items", true}, end{brand, "brand", false})
	edges = append(edges, linkEdges(itemTag, end{item, "items", true}, end{tag, "tags", true})...)
	edges = append(edges, linkEdges(itemGear, end{item, "item", false}, end{gear, "gears", true})...)
	edges = append(edges, linkEdges(postItem, end{post, "post", false}, end{item, "item", false})...)
	edges = append(edges, readOnly(post, brand, item)...)
	for _, e := range edges {
		if err := g.AddEdge(e); err != nil {
			return nil, err
		}
	}
	return &Fixture{g, fixtureData()}, nil
}

// readOnly returns the edges by the keys in a post: of a brand, and of a list of
// items.
func readOnly(post, brand, item *model.Model) []*model.Edge {
	column := func(target *model.Model, column, of string) []model.Hop {
		return []model.Hop{{Model: target, On: []model.On{{Column: column, Row: model.FromRow, Of: of}}}}
	}
	picked := []model.Hop{{Model: item, On: []model.On{{Column: "id", Row: model.FromRow, Of: "item_ids", Listed: true}}}}
	return []*model.Edge{
		{Name: "brand", From: post, To: brand, Kind: model.ReadOnly, Hops: column(brand, "id", "brand_id")},
		{Name: "picked", From: post, To: item, Kind: model.ReadOnly, Many: true, ListFrom: "item_ids", Hops: picked},
		{Name: "post", From: brand, To: post, Kind: model.ReadOnly, Hops: column(post, "brand_id", "id")},
		{Name: "article", From: brand, To: post, Kind: model.ReadOnly, Many: true, Hops: column(post, "brand_id", "id")},
		{Name: "articles", From: brand, To: post, Kind: model.ReadOnly, Many: true, Hops: column(post, "brand_id", "id")},
	}
}

// rows returns the rows of one table, given its columns and the values of each row.
// Every row has timestamps and is live.
func rows(columns []string, values ...[]any) []Row {
	var out []Row
	created := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	for i, row := range values {
		at := created.Add(time.Duration(i) * time.Hour)
		r := Row{"created_at": at, "updated_at": at, "deleted_at": nil}
		for j, c := range columns {
			r[c] = row[j]
		}
		out = append(out, r)
	}
	return out
}

func fixtureData() Data {
	price := money.MustParse
	return Data{
		"item": rows([]string{"id", "title", "rank", "price"},
			[]any{"i1", "One Shirt", int64(3), price("10")}, []any{"i2", "Two Shirt", int64(1), price("20.5")},
			[]any{"i3", "Three Hat", int64(2), nil}, []any{"i4", "Four", nil, nil}),
		"item_variant": rows([]string{"id", "sku", "item_id"},
			[]any{"v1", "S-1", "i1"}, []any{"v2", "S-2", "i1"}, []any{"v3", "S-3", "i2"}),
		"brand": rows([]string{"id", "name", "score"},
			[]any{"b1", "Acme", int64(5)}, []any{"b2", "Zed", int64(1)}, []any{"b3", "Mid", nil}),
		"tag":    rows([]string{"id", "value"}, []any{"t1", "red"}, []any{"t2", "blue"}, []any{"t3", "gone"}),
		"gear":   rows([]string{"id", "name"}, []any{"g1", "G1"}, []any{"g2", "G2"}),
		"author": rows([]string{"id", "name"}, []any{"a1", "Ann"}, []any{"a2", "Bob"}),
		"post": rows([]string{"id", "title", "n", "meta", "brand_id", "item_ids", "author_id"},
			[]any{"p1", "P1", int64(1), map[string]any{"x": 1.0, "tags": []any{"a", "b"}}, "b1", []string{"i2", "i1"}, "a1"},
			[]any{"p2", "P2", int64(2), nil, "dangling", []string{"i1", "nope"}, "a1"},
			[]any{"p3", nil, int64(3), nil, nil, nil, nil}, []any{"p4", "P4", int64(4), nil, "b1", []string{}, "a2"}),
		"item_brand": rows([]string{"id", "item_id", "brand_id", "note", "pos"},
			[]any{"l1", "i1", "b1", "hello", int64(7)}, []any{"l2", "i2", "b1", nil, int64(7)},
			[]any{"l3", "i3", "b2", nil, int64(7)}, []any{"l4", "i4", "missing", nil, int64(7)}),
		"post_item": rows([]string{"id", "post_id", "item_id"}, []any{"l1", "p1", "i1"}, []any{"l2", "p2", "i2"}),
		"item_tag": rows([]string{"id", "item_id", "tag_id"}, []any{"l1", "i1", "t2"}, []any{"l2", "i1", "t1"},
			[]any{"l3", "i2", "t1"}, []any{"l4", "i3", "nonexist"}, []any{"l5", "i1", "nonexist2"}),
		"item_gear": rows([]string{"id", "item_id", "gear_id"}, []any{"l1", "i1", "g1"}, []any{"l2", "i1", "g2"}),
	}
}
