package querytest

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/model"
)

// World is a random schema with random rows.
type World struct {
	Seed  uint64
	Graph *model.Graph
	Data  Data
	roots []*model.Model // the models that are entities
}

// NewWorld returns the world of a seed. The names of its tables begin with prefix, so
// that one database can hold several worlds.
func NewWorld(seed uint64, prefix string) (*World, error) {
	b := &builder{dice: newDice(seed, 0), prefix: prefix, data: Data{}, ids: map[*model.Model][]string{}}
	b.models = b.makeModels()
	b.ends = b.models
	if b.chance(40) {
		b.versioned()
	}
	for range b.between(len(b.ends), 3*len(b.ends)) {
		b.connect()
	}
	g, err := model.NewGraph(b.models...)
	if err != nil {
		return nil, err
	}
	for _, e := range b.edges {
		if err := g.AddEdge(e); err != nil {
			return nil, err
		}
	}
	b.derive(g)
	b.fill()
	w := &World{Seed: seed, Graph: g, Data: b.data}
	for _, m := range g.Models() {
		if len(m.Entities) > 0 {
			w.roots = append(w.roots, m)
		}
	}
	return w, nil
}

// derive gives models fields that are derived from decimals: their own, and those
// at the end of a list.
func (b *builder) derive(g *model.Graph) {
	for _, m := range b.models {
		if own := decimalColumns(m); len(own) > 0 && b.chance(50) {
			m.Derive("difference", model.Derivation{Column: own[0], Minus: own[len(own)-1]})
		}
		for i, e := range g.Edges(m) {
			if !e.Many || e.To == nil || e.Content != "" || !b.chance(30) {
				continue
			}
			if of := decimalColumns(e.To); len(of) > 0 {
				m.Derive(fmt.Sprintf("total%d", i), model.Derivation{Column: of[0], Over: e.Name})
			}
		}
	}
}

// decimalColumns returns the columns that a field can be derived from.
func decimalColumns(m *model.Model) (names []string) {
	for _, f := range m.Fields {
		if f.Kind == model.Decimal && !f.Null && !f.Secret {
			names = append(names, f.Name)
		}
	}
	return names
}

// builder builds a world.
type builder struct {
	dice
	prefix string
	models []*model.Model
	ends   []*model.Model // those that random edges connect
	edges  []*model.Edge
	data   Data
	ids    map[*model.Model][]string // the primary keys of a model, and dangling ones
	fills  []func()                  // fill columns that refer to other rows, once all rows exist
}

// makeModels returns models with columns of every kind.
func (b *builder) makeModels() []*model.Model {
	var models []*model.Model
	for i := range b.between(2, 6) {
		m := b.model(fmt.Sprintf("m%d", i))
		m.AddField(&model.Field{Name: "text1", Null: b.chance(40), Searchable: b.chance(50)})
		for k := model.Text; k <= model.TextList; k++ {
			for n := range b.IntN(2) + b.IntN(2) {
				name := fmt.Sprintf("%s%d", kindWords[k], n+2)
				m.AddField(&model.Field{Name: name, Kind: k, Null: b.chance(60), Searchable: k == model.Text && b.chance(30)})
			}
		}
		if b.chance(30) { // only oddNames has this name
			m.AddField(&model.Field{Name: "secret", Kind: pick(b.dice, []model.Kind{model.Text, model.Int, model.Decimal}), Null: true, Secret: true})
		}
		if b.chance(3) {
			b.widen(m)
		}
		if b.chance(75) {
			m.AddField(&model.Field{Name: "deleted_at", Kind: model.Time, Null: true})
		}
		for _, f := range m.Fields {
			if f.Kind.Ordered() && !f.Secret && b.chance(50) {
				m.Index(f.Name)
			}
		}
		m.SearchIndex = m.Searchable() && i%3 != 2
		counted(m, i)
		models = append(models, m)
	}
	return models
}

// counted has the records of the i-th model counted, of some by a column.
func counted(m *model.Model, i int) {
	m.Counted = m.SoftDeletes() && i%4 != 3
	for _, f := range m.Fields {
		if m.Counted && i%2 == 0 && !f.Null && !f.Secret && (f.Kind == model.Text || f.Kind == model.Bool) && f.Name != m.PrimaryKey() {
			m.CountBy(f.Name)
			return
		}
	}
}

// widen gives a model more columns than PostgreSQL's functions have arguments.
func (b *builder) widen(m *model.Model) {
	for n := range 120 {
		m.AddField(&model.Field{Name: fmt.Sprintf("wide%d", n), Kind: model.Kind(n % 8), Null: n%3 == 0})
	}
}

var kindWords = map[model.Kind]string{
	model.Text: "text", model.Int: "int", model.Float: "float", model.Decimal: "decimal",
	model.Bool: "bool", model.Time: "time", model.JSON: "json", model.TextList: "list",
}

// model returns an empty model with a key.
func (b *builder) model(name string) *model.Model {
	key := "id"
	if b.chance(15) {
		key = "code"
	}
	m := &model.Model{Name: name, Table: b.prefix + name, Module: "world", Entities: []string{name}, Key: []string{key}}
	m.AddField(&model.Field{Name: key})
	return m
}

func (b *builder) edge(e *model.Edge) { b.edges = append(b.edges, e) }

// free returns a name that no field or edge of the model has.
func (b *builder) free(m *model.Model, name string) string {
	for i := 0; ; i++ {
		try := name
		if i > 0 {
			try = fmt.Sprintf("%s_%d", name, i)
		}
		taken := m.Field(try) != nil
		for _, e := range b.edges {
			taken = taken || e.From == m && e.Name == try
		}
		if !taken {
			return try
		}
	}
}

// by returns a hop to the rows of m whose column equals a column of an earlier row.
func by(m *model.Model, column string, row int, of string) model.Hop {
	return model.Hop{Model: m, On: []model.On{{Column: column, Row: row, Of: of}}}
}
