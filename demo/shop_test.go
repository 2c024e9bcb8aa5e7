package demo_test

import (
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// house is what all tests share: making the graph changes the models.
type house struct {
	graph  *model.Graph
	links  []*link.Definition
	schema *schema.Schema
}

var build = sync.OnceValues(func() (*house, error) {
	var models []*model.Model
	for _, m := range gorgon.Modules {
		models = append(models, m.Models...)
	}
	g, err := model.NewGraph(append(models, link.Journal())...)
	if err != nil {
		return nil, err
	}
	links, err := link.Install(g, gorgon.Links...)
	return &house{g, links, schema.New(g.Models())}, err
})

// shop is an empty shop in a database.
type shop struct {
	demo.Shop
	query *query.Engine
}

func open(t testing.TB, d db.DB) *shop {
	t.Helper()
	h, err := build()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.schema.Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	s := &module.Store{DB: d, Graph: h.graph}
	return &shop{demo.Shop{Store: s, Links: link.NewManager(s, h.links)}, query.New(h.graph, d, query.Limits{})}
}

// seed makes a demo of so many orders.
func (s *shop) seed(t testing.TB, orders int) *demo.Result {
	t.Helper()
	res, err := demo.Seed(t.Context(), s.Shop, demo.Options{Orders: orders})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// one is the first column of the one row of a statement.
func one[T any](t testing.TB, s *shop, sql string, args ...any) T {
	t.Helper()
	v, ok, err := db.One[T](t.Context(), s.Store.DB, sql, args...)
	if err != nil || !ok {
		t.Fatalf("%s: %v, a row: %t", sql, err, ok)
	}
	return v
}
