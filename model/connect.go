package model

import (
	"fmt"
	"reflect"
)

// connect adds the edges of a model to the graph: those given to With and those
// of the struct's relations. An edge given to With replaces the relation of the
// same name.
func (g *Graph) connect(m *Model) error {
	if err := m.checkIndexes(); err != nil {
		return err
	}
	if err := m.checkSearch(); err != nil {
		return err
	}
	if err := m.checkCount(); err != nil {
		return err
	}
	byHand := map[string]bool{}
	for _, e := range m.declared {
		byHand[e.Name] = true
		e.complete(m)
		if err := g.AddEdge(e); err != nil {
			return err
		}
	}
	for _, r := range m.relations {
		target := g.byType[r.target]
		if target == nil {
			return fmt.Errorf("model %s: relation %s refers to %s, which is not a model of this graph", m, r.name, r.target)
		}
		if target.PrimaryKey() == "" && (r.how == "belongs" || r.how == "through") {
			return fmt.Errorf("model %s: relation %s refers to %s, which does not have a single-column key", m, r.name, target)
		}
		if m.PrimaryKey() == "" && r.how != "belongs" {
			return fmt.Errorf("model %s: relation %s requires a single-column key; this model has %d key columns", m, r.name, len(m.Key))
		}
		if err := g.setReference(m, target, r); err != nil {
			return err
		}
		if byHand[r.name] {
			continue
		}
		hops, err := g.hops(m, target, r)
		if err != nil {
			return fmt.Errorf("model %s: relation %s: %w", m, r.name, err)
		}
		e := &Edge{Name: r.name, From: m, To: target, Kind: Relation, Hops: hops, Many: r.how == "many" || r.how == "through", Searchable: r.search}
		if err := g.AddEdge(e); err != nil {
			return err
		}
	}
	return nil
}

// checkIndexes returns an error for an index without columns, or over a column
// that the model does not have.
func (m *Model) checkIndexes() error {
	for _, i := range m.Indexes {
		if len(i.Columns) == 0 {
			return fmt.Errorf("model %s: an index has no columns", m)
		}
		for _, c := range i.Columns {
			if m.Field(c) == nil {
				return fmt.Errorf("model %s: an index names %q, which is not a field of the model", m, c)
			}
		}
	}
	return nil
}

// checkCount returns an error for a model that cannot be counted.
func (m *Model) checkCount() error {
	f := m.Field(m.CountedBy)
	switch {
	case m.Counted && !m.SoftDeletes():
		return fmt.Errorf("model %s: records that are counted have deleted_at", m)
	case m.CountedBy != "" && (f == nil || f.Null || f.Kind != Bool && f.Kind != Text):
		return fmt.Errorf("model %s: records are counted by a required column that is boolean or text; %q is not such a column", m, m.CountedBy)
	}
	return nil
}

// complete sets the fields that an edge given to With leaves out, once.
func (e *Edge) complete(from *Model) {
	if e.From != nil {
		return
	}
	e.From = from
	if e.Kind == "" {
		e.Kind = Relation
	}
	if e.To == nil && len(e.Hops) > 0 {
		e.To = e.Target().Model
	}
}

// setReference sets the foreign key of a belongs relation on its field, and adds
// the index that every foreign key column has.
func (g *Graph) setReference(m, target *Model, r relation) error {
	if r.how != "belongs" {
		return nil
	}
	f := m.Field(r.column)
	if f == nil {
		return fmt.Errorf("model %s: relation %s needs a field %s", m, r.name, r.column)
	}
	if !m.indexed(r.column) {
		m.Index(r.column)
	}
	if r.noKey || f.References != nil {
		return nil
	}
	onDelete := r.onDelete
	if onDelete == "" {
		onDelete = "CASCADE"
		if f.Null {
			onDelete = "SET NULL"
		}
	}
	f.References = &Reference{Model: target, Column: target.PrimaryKey(), OnDelete: onDelete}
	return nil
}

// EnsureIndex adds an index over the column, unless an index begins with it
// already. Unlike Index, it may be called while other goroutines create graphs
// of the model, as links by a column do.
func (m *Model) EnsureIndex(column string) {
	connecting.Lock()
	defer connecting.Unlock()
	if !m.indexed(column) {
		m.Index(column)
	}
}

// indexed reports whether some index of the model begins with the column.
func (m *Model) indexed(column string) bool {
	for _, i := range m.Indexes {
		if i.Columns[0] == column && i.Where == "" {
			return true
		}
	}
	return len(m.Key) > 0 && m.Key[0] == column
}

func (g *Graph) hops(m, target *Model, r relation) ([]Hop, error) {
	switch r.how {
	case "belongs":
		return []Hop{{target, []On{{Column: target.PrimaryKey(), Row: FromRow, Of: r.column}}}}, nil
	case "through":
		pivot, err := g.pivot(m, target, r.pivot)
		if err != nil {
			return nil, err
		}
		return []Hop{
			{pivot, []On{{Column: r.pivot[1], Row: FromRow, Of: m.PrimaryKey()}}},
			{target, []On{{Column: target.PrimaryKey(), Row: 0, Of: r.pivot[2]}}},
		}, nil
	}
	if target.Field(r.column) == nil {
		return nil, fmt.Errorf("%s has no field %s", target, r.column)
	}
	if f := target.Field(r.where[0]); r.where[0] != "" && (f == nil || f.Kind != Bool) {
		return nil, fmt.Errorf("%s has no boolean field %s", target, r.where[0])
	}
	on := []On{{Column: r.column, Row: FromRow, Of: m.PrimaryKey()}}
	if r.where[0] != "" {
		on = append(on, On{Column: r.where[0], Value: r.where[1] == "true"})
	}
	return []Hop{{target, on}}, nil
}

// pivot returns the model of a pivot table. If no model has the table, pivot adds
// one with two foreign keys.
func (g *Graph) pivot(m, target *Model, names [3]string) (*Model, error) {
	if p := g.byTable[names[0]]; p != nil {
		if p.Field(names[1]) == nil || p.Field(names[2]) == nil {
			return nil, fmt.Errorf("pivot %s does not have the columns %s and %s", p, names[1], names[2])
		}
		return p, nil
	}
	p := &Model{Name: names[0], Table: names[0], Module: m.Module, Key: []string{names[1], names[2]}}
	for i, end := range []*Model{m, target} {
		p.AddField(&Field{Name: names[i+1], References: &Reference{end, end.PrimaryKey(), "CASCADE"}})
	}
	p.Index(names[2])
	return p, g.AddModel(p)
}

// Relations returns the relations of the model's struct that are one foreign key,
// for code that writes nested records. It does not include many-to-many
// relations, which Pivots returns.
func (m *Model) Relations(g *Graph) []Nested {
	var out []Nested
	for _, r := range m.relations {
		if r.how != "through" {
			out = append(out, Nested{r.name, g.byType[r.target], r.how == "belongs", r.column, r.where[0], r.where[1] == "true", r.path})
		}
	}
	return out
}

// Pivots returns the many-to-many relations of the model's struct.
func (m *Model) Pivots(g *Graph) []Pivot {
	var out []Pivot
	for _, r := range m.relations {
		if r.how == "through" {
			out = append(out, Pivot{r.name, g.byType[r.target], g.byTable[r.pivot[0]], r.pivot[1], r.pivot[2], r.path})
		}
	}
	return out
}

// Nested is a relation that is one foreign key.
type Nested struct {
	Name    string
	Model   *Model
	Belongs bool   // whether Column is on this model; otherwise it is on Model
	Column  string // the foreign key
	Flag    string // a boolean column of Model that selects the relation's records, or ""
	FlagIs  bool   // the value of Flag
	Path    []int  // the index path of the struct field that holds the records
}

// Pivot is a many-to-many relation.
type Pivot struct {
	Name        string
	Model       *Model // the other side
	Table       *Model // the pivot table
	Left, Right string // its columns for the keys of this side and of the other
	Path        []int  // the index path of the struct field that holds the records
}

// Value returns the field of the struct v at the index path of a Field or Nested.
func Value(v reflect.Value, path []int) reflect.Value { return v.FieldByIndex(path) }
