package query_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/query"
)

// planned returns a request as a shop's dashboard makes it: nine relations with
// all their columns, a filter and a sort over links.
func planned(limit int) query.Request {
	return query.Request{
		Entity: "order",
		Fields: []string{"id", "display_id", "email", "customer.*", "cart.*", "fulfillments.*", "payment_collections.*",
			"items.*", "items.variant.*", "items.product.*", "promotions.*", "region.*", "sales_channel.*"},
		Filters: query.Filters{"customer.email": "ada@shop.example", "payment_collections.status": "completed"},
		Order:   []string{"-id"},
		Limit:   limit,
	}
}

// shopEngine returns an engine for the built-in modules and links.
func shopEngine(tb testing.TB) *query.Engine {
	tb.Helper()
	g, err := gorgon.New(gorgon.Config{}).Graph()
	if err != nil {
		tb.Fatal(err)
	}
	return query.New(g, dbtest.SQLite(tb), query.Limits{})
}

// BenchmarkPlanCold plans and compiles a new shape each time.
func BenchmarkPlanCold(b *testing.B) {
	e := shopEngine(b)
	b.ReportAllocs()
	limit := 0
	for b.Loop() {
		limit = limit%10_000 + 1
		if err := e.Prepare(planned(limit)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlanCached finds a cached plan.
func BenchmarkPlanCached(b *testing.B) {
	e, r := shopEngine(b), planned(20)
	b.ReportAllocs()
	for b.Loop() {
		if err := e.Prepare(r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookup looks up the paths of a request, as package api does for the
// parameter fields.
func BenchmarkLookup(b *testing.B) {
	e, paths := shopEngine(b), planned(20).Fields
	b.ReportAllocs()
	for b.Loop() {
		for _, path := range paths {
			if _, ok := e.Lookup("order", path); !ok {
				b.Fatal(path)
			}
		}
	}
}

func TestACachedPlanDoesNotAllocate(t *testing.T) {
	e, r := shopEngine(t), planned(20)
	n := testing.AllocsPerRun(100, func() {
		if err := e.Prepare(r); err != nil {
			t.Fatal(err)
		}
	})
	if n != 0 {
		t.Errorf("looking up a plan made %v allocations", n)
	}
}

func TestPrepareFindsMistakes(t *testing.T) {
	e := shopEngine(t)
	for _, r := range []query.Request{
		{Entity: "ordr", Fields: []string{"id"}},
		{Entity: "order", Fields: []string{"customer.emial"}},
		{Entity: "order", Fields: []string{"id"}, Filters: query.Filters{"customer.emial": "x"}},
		{Entity: "order", Fields: []string{"id"}, Limit: -7},
	} {
		if err := e.Prepare(r); err == nil {
			t.Errorf("%+v was accepted", r)
		}
	}
	if err := e.Prepare(planned(20)); err != nil {
		t.Error(err)
	}
}
