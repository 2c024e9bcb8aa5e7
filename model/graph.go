package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A Graph is a set of models and the edges between them. It is built once, when
// the program starts, and is safe for concurrent use after that.
type Graph struct {
	models   []*Model
	byEntity map[string]*Model
	byTable  map[string]*Model
	byName   map[string]*Model
	byType   map[reflect.Type]*Model
	edges    map[*Model]map[string]*Edge
	order    map[*Model][]*Edge
}

// NewGraph returns a graph of the models, with an edge for each of their
// relations and a model for each of their pivot tables. It returns an error if
// two models share a name, a table or an entity, or if a relation refers to a
// struct that none of the models has.
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
	for _, m := range models {
		if err := g.checkDerived(m); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// connecting guards models while a graph connects them, because several
// goroutines may create graphs of the same models. The first graph completes the
// references and indexes of a model; later ones do not change it.
var connecting sync.Mutex

// AddModel adds a model without connecting its relations, as for a link table.
func (g *Graph) AddModel(m *Model) error {
	if other := g.byTable[m.Table]; other != nil {
		return fmt.Errorf("model %s: table %q already belongs to model %s", m.Name, m.Table, other.Name)
	}
	if g.byName[m.Name] != nil {
		return fmt.Errorf("model %s is defined twice", m.Name)
	}
	for _, e := range m.Entities {
		if other := g.byEntity[e]; other != nil {
			return fmt.Errorf("model %s: entity %q already names model %s", m.Name, e, other.Name)
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

// AddEdge adds an edge to its From model. It returns an error if the model has a
// field or an edge of that name, or if the edge uses a secret column.
func (g *Graph) AddEdge(e *Edge) error {
	if e.From.Field(e.Name) != nil {
		return fmt.Errorf("edge %s of %s: the model has a field of that name", e.Name, e.From)
	}
	if s := e.secret(); s != "" {
		return fmt.Errorf("edge %s of %s uses the secret column %s, and would show which records share a value", e.Name, e.From, s)
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

// Model returns the model that has the entity name. If there is none, the error
// is a fault of type InvalidData that suggests similar names.
func (g *Graph) Model(entity string) (*Model, error) {
	if m := g.byEntity[entity]; m != nil {
		return m, nil
	}
	names := slices.Sorted(maps.Keys(g.byEntity))
	return nil, fault.New(fault.InvalidData, "there is no entity %q%s", entity, fault.DidYouMean(entity, names))
}

// Named returns the model with the name, such as "order_claim", or nil.
func (g *Graph) Named(name string) *Model { return g.byName[name] }

// Table returns the model of the table, or nil.
func (g *Graph) Table(table string) *Model { return g.byTable[table] }

// TypeOf returns the model of the struct type, or nil.
func (g *Graph) TypeOf(t reflect.Type) *Model { return g.byType[t] }

// Models returns all models, in the order in which they were added.
func (g *Graph) Models() []*Model { return g.models }

// Edge returns the edge of m with the name, or nil.
func (g *Graph) Edge(m *Model, name string) *Edge { return g.edges[m][name] }

// Edges returns the edges of m, in the order in which they were added.
func (g *Graph) Edges(m *Model) []*Edge { return g.order[m] }

// Names returns the sorted names of the fields and edges of m that a query can
// select. It leaves out secret fields.
func (g *Graph) Names(m *Model) []string {
	names := slices.Collect(maps.Keys(g.edges[m]))
	for _, f := range m.Readable() {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return names
}
