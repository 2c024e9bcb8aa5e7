package model_test

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

type Brand struct {
	model.Base
	Name    string   `json:"name" model:"searchable"`
	Country *string  `json:"country"`
	Shirts  []*Shirt `json:"shirts,omitzero" model:"many=brand_id"`
}

type Shirt struct {
	model.Base
	BrandID string       `json:"brand_id"`
	Brand   *Brand       `json:"brand,omitzero" model:"belongs"`
	Size    string       `json:"size" model:"enum=s|m|l,default=m"`
	Price   money.Amount `json:"price"`
	Colors  []*Color     `json:"colors,omitzero" model:"through=shirt_color.shirt_id.color_id"`
}

type Color struct {
	model.Record
	Name string `json:"name" model:"unique"`
}

// Define reads a struct into a Model: its fields are columns, JSON keys and names
// in queries.
func Example() {
	brands := model.Define[Brand]("brand").Unique("name")

	fmt.Println(brands.Name, brands.Entities, brands.Table, brands.Key)
	for _, f := range brands.Fields {
		fmt.Println("-", f.Name, f.Kind, f.Null)
	}
	// Output:
	// brand [brand brands] brand [id]
	// - id text false
	// - name text false
	// - country text true
	// - metadata json true
	// - created_at time false
	// - updated_at time false
	// - deleted_at time true
}

// In a graph every relation is an edge: a chain of tables joined on columns. The
// graph has a model for the pivot table of a many-to-many relation.
func ExampleNewGraph() {
	shirts := model.Define[Shirt]("shirt")
	g, err := model.NewGraph(model.Define[Brand]("brand"), shirts, model.Define[Color]("color"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range g.Edges(shirts) {
		way := []string{e.From.Table}
		for _, h := range e.Hops {
			way = append(way, h.Model.Table+" by "+h.On[0].Column)
		}
		fmt.Println(e.Name, "many:", e.Many, "way:", strings.Join(way, " → "))
	}
	fmt.Println(shirts.Field("brand_id").References.OnDelete, shirts.Indexes)
	_, err = g.Model("shirst")
	fmt.Println(err)
	// Output:
	// brand many: false way: shirt → brand by id
	// colors many: true way: shirt → shirt_color by shirt_id → color by id
	// CASCADE [{[brand_id id] false }]
	// there is no entity "shirst"; did you mean shirt, shirts?
}

// An edge that is not a foreign key is given to With: the shirts of the same
// brand.
func ExampleModel_With() {
	shirts := model.Define[Shirt]("shirt")
	shirts.With(&model.Edge{Name: "siblings", To: shirts, Many: true, Hops: []model.Hop{
		{Model: shirts, On: []model.On{{Column: "brand_id", Row: model.FromRow, Of: "brand_id"}}},
	}})
	g, err := model.NewGraph(shirts, model.Define[Brand]("brand"), model.Define[Color]("color"))
	if err != nil {
		fmt.Println(err)
		return
	}
	e := g.Edge(shirts, "siblings")
	fmt.Println(e.Name, "of", e.From, "to", e.To, e.Kind)
	// Output: siblings of shirt to shirt relation
}

// An id names its model and sorts by the time of its creation.
func ExampleNewID() {
	first, second := model.NewID("brand"), model.NewID("brand")
	fmt.Println(len(first), strings.HasPrefix(first, "brand_"), first < second)
	// Output: 32 true true
}
