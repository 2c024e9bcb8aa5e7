package demo_test

import (
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// build is done once: making the graph changes the models.
var build = sync.OnceValues(func() (*shop.Blueprint, error) { return shop.Build(shop.Config{}) })

// emptyShop is a shop without records in a database.
type emptyShop struct{ *shop.Shop }

func open(t testing.TB, d db.DB) *emptyShop {
	t.Helper()
	b, err := build()
	if err != nil {
		t.Fatal(err)
	}
	s := b.On(d)
	// The tables alone: countries and currencies are the demo's to find missing.
	if _, err := schema.New(b.Graph.Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return &emptyShop{s}
}

// seed makes a demo of so many orders.
func (s *emptyShop) seed(t testing.TB, orders int) *demo.Result {
	t.Helper()
	res, err := demo.Seed(t.Context(), s.Shop, demo.Options{Orders: orders})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// one is the first column of the one row of a statement.
func one[T any](t testing.TB, s *emptyShop, sql string, args ...any) T {
	t.Helper()
	v, ok, err := db.One[T](t.Context(), s.Store.DB, sql, args...)
	if err != nil || !ok {
		t.Fatalf("%s: %v, a row: %t", sql, err, ok)
	}
	return v
}
