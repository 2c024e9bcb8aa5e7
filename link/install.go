package link

import (
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// maxName leaves room, within PostgreSQL's 63 bytes, for nothing more.
const maxName = 58

func hashName(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // a hash takes all
	return fmt.Sprintf("%08x", h.Sum32())
}

// Install adds the links to a graph that holds the models of their ends. A
// definition that cannot be (an end that is no model of the graph, a column
// that is missing, a name that is taken) is an error that names it. It answers
// the links as they are in this graph, for NewManager.
func Install(g *model.Graph, definitions ...Definition) ([]*Definition, error) {
	installed := make([]*Definition, len(definitions))
	for i, d := range definitions {
		installed[i] = &d
		if err := d.install(g); err != nil {
			return nil, fmt.Errorf("link %s: %w", &d, err)
		}
	}
	return installed, nil
}

// String names the link by its ends.
func (d *Definition) String() string {
	if d.kind == stored {
		return d.Left.Model.Name + " - " + d.Right.Model.Name
	}
	return d.Left.Model.Name + "." + d.field
}

func (d *Definition) install(g *model.Graph) error {
	for i, e := range d.ends() {
		if d.kind == virtual && i == 1 {
			continue
		}
		if e.Model == nil || g.Named(e.Model.Name) != e.Model {
			return fmt.Errorf("its %s end is no model of the program; add the module that has it", [2]string{"left", "right"}[i])
		}
		if e.Model.PrimaryKey() == "" {
			return fmt.Errorf("%s has no single primary key to link by", e.Model)
		}
	}
	switch d.kind {
	case readOnly:
		return d.installReadOnly(g)
	case virtual:
		return d.installVirtual(g)
	}
	return d.installStored(g)
}

func (d *Definition) installStored(g *model.Graph) error {
	if d.Left.Model == d.Right.Model {
		return fmt.Errorf("both ends are %s; a link joins two models", d.Left.Model)
	}
	if err := d.buildRows(); err != nil {
		return err
	}
	if err := g.AddModel(d.rows); err != nil {
		return err
	}
	for i, e := range d.ends() {
		if err := d.addEdges(g, *e, *d.ends()[1-i]); err != nil {
			return err
		}
	}
	return nil
}

// buildRows makes the model of the link table.
func (d *Definition) buildRows() error {
	m := &model.Model{Name: d.TableName(), Module: "link", Table: d.TableName(), Prefix: d.prefix, Entities: d.entities, Key: []string{"id"}}
	for _, e := range d.ends() {
		m.AddField(&model.Field{Name: e.Column, References: &model.Reference{Model: e.Model, Column: e.Model.PrimaryKey(), OnDelete: "CASCADE"}})
	}
	m.AddField(&model.Field{Name: "id"})
	for _, c := range d.columns {
		if m.Field(c.Name) != nil || slices.Contains([]string{"created_at", "updated_at", "deleted_at"}, c.Name) {
			return fmt.Errorf("extra column %q is a column of every link table", c.Name)
		}
		m.AddField(c)
	}
	for _, name := range []string{"created_at", "updated_at", "deleted_at"} {
		m.AddField(&model.Field{Name: name, Kind: model.Time, Null: name == "deleted_at"})
	}
	left, right := d.Left.Column, d.Right.Column
	if left == right {
		return fmt.Errorf("both ends have the column %q; give one another name with Key", left)
	}
	// The cardinality: an end of which there is one is unique among live rows by the other's key.
	m.Unique(left, right)
	d.index(m, left, !d.Right.List)
	d.index(m, right, !d.Left.List)
	d.rows = m
	return nil
}

func (d *Definition) index(m *model.Model, column string, unique bool) {
	if unique {
		m.Unique(column)
	} else if column == d.Right.Column {
		m.Index(column) // the pair's index begins with the left column
	}
}

// addEdges adds what the model at e gains: the way to the other end, under
// each of its names, and to the link rows; and for a row the way to e.
func (d *Definition) addEdges(g *model.Graph, e, other End) error {
	rows := model.Hop{Model: d.rows, On: []model.On{{Column: e.Column, Row: model.FromRow, Of: e.Model.PrimaryKey()}}}
	target := model.Hop{Model: other.Model, On: []model.On{{Column: other.Model.PrimaryKey(), Row: 0, Of: other.Column}}}
	for _, name := range other.Names {
		if err := g.AddEdge(&model.Edge{Name: name, From: e.Model, To: other.Model, Many: other.List, Kind: model.Stored,
			Link: d.rows.Table, Hops: []model.Hop{rows, target}}); err != nil {
			return err
		}
	}
	if err := g.AddEdge(&model.Edge{Name: other.RowName, From: e.Model, To: d.rows, Many: other.List, Kind: model.Stored,
		Link: d.rows.Table, Hops: []model.Hop{rows}}); err != nil {
		return err
	}
	back := model.Hop{Model: e.Model, On: []model.On{{Column: e.Model.PrimaryKey(), Row: model.FromRow, Of: e.Column}}}
	return g.AddEdge(&model.Edge{Name: e.Within, From: d.rows, To: e.Model, Kind: model.Stored, Link: d.rows.Table, Hops: []model.Hop{back}})
}

func (d *Definition) installReadOnly(g *model.Graph) error {
	from, to := d.Left.Model, d.Right.Model
	f := from.Field(d.column)
	if f == nil {
		return fmt.Errorf("%s has no column %q", from, d.column)
	}
	list := f.Kind == model.TextList
	on := model.On{Column: to.PrimaryKey(), Row: model.FromRow, Of: d.column, Listed: list}
	e := &model.Edge{Name: d.field, From: from, To: to, Many: list, Kind: model.ReadOnly, Hops: []model.Hop{{Model: to, On: []model.On{on}}}}
	if list {
		e.ListFrom = d.column
	}
	if err := g.AddEdge(e); err != nil {
		return err
	}
	if list && len(d.inverses) > 0 {
		return fmt.Errorf("%s is a list of ids: it has no inverse", d.column)
	}
	for _, name := range d.inverses {
		back := model.On{Column: d.column, Row: model.FromRow, Of: to.PrimaryKey()}
		if err := g.AddEdge(&model.Edge{Name: name, From: to, To: from, Many: true, Kind: model.ReadOnly,
			Hops: []model.Hop{{Model: from, On: []model.On{back}}}}); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(from.Indexes, func(i model.Index) bool { return i.Columns[0] == d.column && i.Where == "" }) && !list {
		from.Index(d.column)
	}
	return nil
}

func (d *Definition) installVirtual(g *model.Graph) error {
	f := d.Left.Model.Field(d.column)
	if f == nil || f.Kind != model.Text {
		return fmt.Errorf("%s has no text column %q", d.Left.Model, d.column)
	}
	return g.AddEdge(&model.Edge{Name: d.field, From: d.Left.Model, Kind: model.ReadOnly,
		Virtual: &model.Virtual{Column: d.column, Resolve: d.resolve}})
}
