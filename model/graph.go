package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Graph is a set of models and the edges between them. It is built once, at
// start-up, and read by many goroutines after that.
type Graph struct {
	models   []*Model
	byEntity map[string]*Model
	byTable  map[string]*Model
	byName   map[string]*Model
	byType   map[reflect.Type]*Model
	edges    map[*Model]map[string]*Edge
	order    map[*Model][]*Edge
}

// NewGraph makes a graph of the models: their relations become edges, and
// their pivot tables models of their own. Two models with one name, table or
// entity, or a relation to a struct that is no model of the graph, are errors.
func NewGraph(models ...*Model) (*Graph, error) {
	g := &Graph{
		byEntity: map[string]*Model{}, byTable: map[string]*Model{}, byName: map[string]*Model{},
		byType: map[reflect.Type]*Model{}, edges: map[*Model]map[string]*Edge{}, order: map[*Model][]*Edge{},
	}
	for _, m := range models {
		if err := g.AddModel(m); err != nil {
			return nil, err
		}
	}
	connecting.Lock()
	defer connecting.Unlock()
	for _, m := range models {
		if err := g.connect(m); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// connecting keeps apart graphs that are made at one time of the same models:
// the first to connect a model completes it (its references and their
// indexes), and none changes it after that.
var connecting sync.Mutex

// AddModel adds a model whose relations, if any, are connected already.
func (g *Graph) AddModel(m *Model) error {
	if other := g.byTable[m.Table]; other != nil {
		return fmt.Errorf("model %s: table %q belongs to model %s already", m.Name, m.Table, other.Name)
	}
	if g.byName[m.Name] != nil {
		return fmt.Errorf("model %s is defined twice", m.Name)
	}
	for _, e := range m.Entities {
		if other := g.byEntity[e]; other != nil {
			return fmt.Errorf("model %s: entity %q is model %s already", m.Name, e, other.Name)
		}
		g.byEntity[e] = m
	}
	g.models = append(g.models, m)
	g.byTable[m.Table], g.byName[m.Name] = m, m
	if m.Go != nil {
		g.byType[m.Go] = m
	}
	return nil
}

// AddEdge adds an edge to its From model. A name that the model has already,
// as a field or an edge, is an error, and so is an edge that shows a secret.
func (g *Graph) AddEdge(e *Edge) error {
	if e.From.Field(e.Name) != nil {
		return fmt.Errorf("edge %s of %s: the model has a field of that name", e.Name, e.From)
	}
	if s := e.secret(); s != "" {
		return fmt.Errorf("edge %s of %s goes through the secret %s, which would tell who has which", e.Name, e.From, s)
	}
	if g.edges[e.From] == nil {
		g.edges[e.From] = map[string]*Edge{}
	}
	if g.edges[e.From][e.Name] != nil {
		return fmt.Errorf("edge %s of %s is defined twice", e.Name, e.From)
	}
	g.edges[e.From][e.Name] = e
	g.order[e.From] = append(g.order[e.From], e)
	return nil
}

// Model returns the model that queries know by the entity name. An unknown
// name is an invalid_data error that names the nearest ones.
func (g *Graph) Model(entity string) (*Model, error) {
	if m := g.byEntity[entity]; m != nil {
		return m, nil
	}
	names := slices.Sorted(maps.Keys(g.byEntity))
	return nil, fault.New(fault.InvalidData, "there is no entity %q%s", entity, fault.DidYouMean(entity, names))
}

// Named returns the model of that name ("order_claim"), or nil.
func (g *Graph) Named(name string) *Model { return g.byName[name] }

// Table returns the model of that table, or nil.
func (g *Graph) Table(table string) *Model { return g.byTable[table] }

// TypeOf returns the model of that struct type, or nil.
func (g *Graph) TypeOf(t reflect.Type) *Model { return g.byType[t] }

// Models are all models, in the order they were added.
func (g *Graph) Models() []*Model { return g.models }

// Edge returns the edge of that name, or nil.
func (g *Graph) Edge(m *Model, name string) *Edge { return g.edges[m][name] }

// Edges are the edges of a model, in the order they were added.
func (g *Graph) Edges(m *Model) []*Edge { return g.order[m] }

// Names are the names of the model's fields and edges, sorted: what a query
// may ask of it, and so no secrets.
func (g *Graph) Names(m *Model) []string {
	names := slices.Collect(maps.Keys(g.edges[m]))
	for _, f := range m.Fields {
		if !f.Secret {
			names = append(names, f.Name)
		}
	}
	slices.Sort(names)
	return names
}
