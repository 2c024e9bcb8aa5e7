// Package moduletest provides helpers for testing the services of modules on
// both databases.
//
//	var graph = moduletest.Graph(brand.Module)
//
//	func TestRules(t *testing.T) {
//		dbtest.Each(t, func(t *testing.T, d db.DB) {
//			s := moduletest.Open(t, d, graph)
//			service := brand.New(s)
//			moduletest.Refuse(t, s, moduletest.Refusal{
//				Do:    func(ctx context.Context) error { return service.Brands.Create(ctx, &brand.Brand{}) },
//				Words: []string{"brand.name"},
//			})
//		})
//	}
package moduletest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Modules are the modules under test, with their graph.
type Modules struct {
	all   []*module.Module
	graph func() (*model.Graph, error)
}

// Graph returns modules with the graph of their models, which is built once for
// all tests of a package.
func Graph(modules ...*module.Module) *Modules {
	return &Modules{modules, sync.OnceValues(func() (*model.Graph, error) { return model.NewGraph(module.Models(modules...)...) })}
}

// GraphOf is like Graph, for a graph that has more than the models of the
// modules, such as links.
func GraphOf(graph func() (*model.Graph, error), modules ...*module.Module) *Modules {
	return &Modules{modules, graph}
}

// Open creates the tables of the modules in a fresh database, and returns a
// store on them.
func Open(t testing.TB, d db.DB, of *Modules) *module.Store {
	t.Helper()
	g, err := of.graph()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := schema.New(g.Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return module.NewStore(d, g, of.all...)
}

// Create writes records, and stops the test if that fails.
func Create[T any](t testing.TB, records module.Records[T], all ...*T) {
	t.Helper()
	if err := records.Create(t.Context(), all...); err != nil {
		t.Fatalf("create %s: %v", records.Model(), err)
	}
}

// Refusal is a call that must fail, because of a rule.
type Refusal struct {
	Name  string // "" means the words
	Do    func(ctx context.Context) error
	Type  fault.Type // "" means invalid_data
	Words []string   // what the message must contain
}

// Refuse makes the calls and checks that each fails with an error of its type
// and words, and that the number of rows is unchanged.
func Refuse(t testing.TB, s *module.Store, refusals ...Refusal) {
	t.Helper()
	before := rows(t, s)
	for _, r := range refusals {
		name := r.Name
		if name == "" {
			name = strings.Join(r.Words, " ")
		}
		if r.Type == "" {
			r.Type = fault.InvalidData
		}
		check(t, name, r, r.Do(t.Context()))
		for table, n := range rows(t, s) {
			if n != before[table] {
				t.Fatalf("%s: %s has %d rows after the refusal, %d before", name, table, n, before[table])
			}
		}
	}
}

func check(t testing.TB, name string, r Refusal, err error) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != r.Type {
		t.Errorf("%s: error is %v (%s), want one of type %s", name, err, fault.TypeOf(err), r.Type)
		return
	}
	for _, w := range r.Words {
		if !strings.Contains(f.Message, w) {
			t.Errorf("%s: message %q does not say %q", name, f.Message, w)
		}
	}
}

// rows returns the number of rows of every table.
func rows(t testing.TB, s *module.Store) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	for _, m := range s.Graph.Models() {
		n, _, err := db.One[int64](t.Context(), s.DB, "SELECT count(*) FROM "+s.DB.Dialect().Quote(m.Table))
		if err != nil {
			t.Fatal(err)
		}
		out[m.Table] = n
	}
	return out
}
