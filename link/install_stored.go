package link

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

func (d *Definition) installStored(g *model.Graph) error {
	if d.self() && d.Left.Alias == d.Right.Alias {
		return fault.New(fault.InvalidData, "both ends are %s; give them two names with As, one for each direction: link.Many(products).As(\"related_to\"), link.Many(products).As(\"related\")", d.Left.Model)
	}
	for _, e := range d.ends() {
		if err := e.check(); err != nil {
			return err
		}
	}
	if err := d.buildRows(); err != nil {
		return err
	}
	if err := d.addRows(g); err != nil {
		return err
	}
	for i, e := range d.ends() {
		if err := d.addEdges(g, e, d.ends()[1-i]); err != nil {
			return err
		}
	}
	return nil
}

// check checks the end's names and whether it can cascade.
func (e *End) check() error {
	if err := checkNames("the end at "+e.Model.Name, e.Alias); err != nil {
		return err
	}
	if e.Delete && !e.Model.SoftDeletes() {
		return fmt.Errorf("%s cannot cascade: its records have no deleted_at", e.Model)
	}
	return checkNames("the key of "+e.Model.Name, e.Column)
}

// buildRows builds the model of the link table.
func (d *Definition) buildRows() error {
	d.rows = &model.Model{Name: d.TableName(), Module: "link", Table: d.TableName(), Prefix: d.prefix, Entities: d.entities, Key: []string{"id"}}
	left, right := d.Left.Column, d.Right.Column
	if left == right {
		return fmt.Errorf("both ends have the column %q; give one of them another with Key", left)
	}
	fields := []*model.Field{{Name: "id"}}
	for _, e := range d.ends() {
		fields = append(fields, &model.Field{Name: e.Column, References: &model.Reference{Model: e.Model, Column: e.Model.PrimaryKey(), OnDelete: "CASCADE"}})
	}
	fields = append(fields, d.columns...)
	for _, name := range []string{"created_at", "updated_at", "deleted_at"} {
		fields = append(fields, &model.Field{Name: name, Kind: model.Time, Null: name == "deleted_at"})
	}
	for _, f := range fields {
		if err := checkNames("a column", f.Name); err != nil {
			return err
		}
		if d.rows.Field(f.Name) != nil {
			return fmt.Errorf("the link table would have two columns %q; every link table already has the keys of both ends, id, created_at, updated_at and deleted_at", f.Name)
		}
		d.rows.AddField(f)
	}
	d.addIndexes()
	return d.readDefaults()
}

// addIndexes adds the two indexes of a link table, which enforce its
// cardinality: among live rows, a pair is unique, and so is the key of an end
// whose records can be linked to only one record. The first index begins with
// the left key, the second with the right key.
func (d *Definition) addIndexes() {
	left, right := d.Left.Column, d.Right.Column
	if d.alone(0) {
		d.rows.Unique(left)
	} else {
		d.rows.Unique(left, right)
	}
	if d.alone(1) {
		d.rows.Unique(right)
	} else {
		d.rows.Index(right)
	}
}

// readDefaults parses the defaults of the extra columns.
func (d *Definition) readDefaults() error {
	d.defaults = make([]any, len(d.columns))
	for i, f := range d.columns {
		if f.Default == "" {
			continue
		}
		v, err := readDefault(f)
		if err == nil {
			d.defaults[i], err = module.CheckValue(d.rows, f, v)
		}
		if err != nil {
			return fmt.Errorf("column %s: the default %q is not a value of kind %s", f.Name, f.Default, f.Kind)
		}
	}
	return nil
}

func readDefault(f *model.Field) (v any, err error) {
	switch f.Kind {
	case model.Int, model.Float:
		return json.Number(f.Default), nil
	case model.Bool:
		if f.Default == "true" || f.Default == "false" {
			return f.Default == "true", nil
		}
		return nil, strconv.ErrSyntax
	case model.JSON:
		return model.RawJSON(f.Default), nil
	case model.TextList:
		var list []string
		err := json.Unmarshal([]byte(f.Default), &list)
		return list, err
	case model.Time:
		return nil, fmt.Errorf("times cannot have defaults")
	}
	return f.Default, nil
}

// addRows adds the link table to the graph.
func (d *Definition) addRows(g *model.Graph) error {
	if err := checkTable(d.rows.Table); err != nil {
		return err
	}
	if other := g.Table(d.rows.Table); other != nil {
		return fmt.Errorf("its table %q already belongs to %s; give it another name with Table", d.rows.Table, other)
	}
	if err := checkNames("an entity", d.entities...); err != nil {
		return err
	}
	for _, name := range d.entities {
		if other, err := g.Model(name); err == nil {
			return fmt.Errorf("its entity %q is already %s; give it another name with Entities", name, other)
		}
	}
	return g.AddModel(d.rows)
}

// addEdges adds the edges that the model at e gains: to the other end under each
// of its names, past the other end, and to the link rows. It also adds the edge
// from a link row to e.
func (d *Definition) addEdges(g *model.Graph, e, other *End) error {
	rows := model.Hop{Model: d.rows, On: []model.On{{Column: e.Column, Row: model.FromRow, Of: e.Model.PrimaryKey()}}}
	target := model.Hop{Model: other.Model, On: []model.On{{Column: other.Model.PrimaryKey(), Row: 0, Of: other.Column}}}
	back := model.Hop{Model: e.Model, On: []model.On{{Column: e.Model.PrimaryKey(), Row: model.FromRow, Of: e.Column}}}
	for _, name := range other.Names {
		if err := d.addEdge(g, &model.Edge{Name: name, From: e.Model, To: other.Model, Many: other.List, Hops: []model.Hop{rows, target}}, "Named"); err != nil {
			return err
		}
	}
	for _, p := range other.Past {
		beyond, err := beyond(g, other.Model, p, rows, target)
		if err != nil {
			return err
		}
		beyond.From, beyond.Many = e.Model, beyond.Many || other.List
		if err := d.addEdge(g, beyond, "Beyond"); err != nil {
			return err
		}
	}
	if other.RowName != "" {
		if err := d.addEdge(g, &model.Edge{Name: other.RowName, From: e.Model, To: d.rows, Many: other.List, Hops: []model.Hop{rows}}, "Rows"); err != nil {
			return err
		}
	}
	if e.Within != "" {
		return d.addEdge(g, &model.Edge{Name: e.Within, From: d.rows, To: e.Model, Hops: []model.Hop{back}}, "Inside")
	}
	return nil
}

// beyond returns the edge that continues a way with a relation of the model that
// it leads to.
func beyond(g *model.Graph, m *model.Model, p Past, way ...model.Hop) (*model.Edge, error) {
	r := g.Edge(m, p.Relation)
	if r == nil {
		return nil, fmt.Errorf("%s has no relation %q for Beyond%s", m, p.Relation, fault.DidYouMean(p.Relation, g.Names(m)))
	}
	if r.Kind != model.Relation || r.Content != "" || r.Overlay != nil || r.ListFrom != "" {
		return nil, fmt.Errorf("%s.%s is not a plain relation; Beyond can follow one foreign key, or two through a pivot table", m, p.Relation)
	}
	hops := slices.Clone(way)
	for _, hop := range r.Hops {
		on := slices.Clone(hop.On)
		for i := range on {
			if on[i].Row < model.FromRow {
				return nil, fmt.Errorf("%s.%s depends on how %s was reached; Beyond cannot follow it", m, p.Relation, m)
			}
			if on[i].Row += len(way); on[i].Of == "" {
				on[i].Row = 0 // a constant belongs to no row
			}
		}
		hops = append(hops, model.Hop{Model: hop.Model, On: on})
	}
	return &model.Edge{Name: p.Field, To: r.To, Many: r.Many, Hops: hops}, nil
}

func (d *Definition) addEdge(g *model.Graph, e *model.Edge, method string) error {
	e.Kind, e.Link = model.Stored, d.rows.Table
	return addEdge(g, e, method)
}
