package link

import "github.com/gorgon-commerce/gorgon/model"

// A Description is a model as queries see it: without secret columns, and with the
// links that other modules know of.
type Description struct {
	Entity      string             `json:"entity"`
	Names       []string           `json:"names"` // all names of the entity, the first one too; none for a pivot table
	Module      string             `json:"module"`
	Table       string             `json:"table"`
	Key         []string           `json:"key"` // the columns of the primary key
	SoftDeletes bool               `json:"soft_deletes"`
	Prefix      string             `json:"prefix"` // of ids, before the _; "" for none
	Fields      []FieldDescription `json:"fields"`
	Relations   []EdgeDescription  `json:"relations"`
	Links       []EdgeDescription  `json:"links"`
}

// A FieldDescription is a column of a Description.
type FieldDescription struct {
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`
	Null       bool     `json:"null"`
	Default    string   `json:"default"`    // or ""
	Enum       []string `json:"enum"`       // the allowed values; empty allows any
	References string   `json:"references"` // table.column; "" for none
}

// An EdgeDescription is a relation or link of a Description.
type EdgeDescription struct {
	Name string             `json:"name"`
	To   string             `json:"to"`      // an entity; "" for records outside the database
	Many bool               `json:"many"`    // whether it is a list
	Kind string             `json:"kind"`    // relation, stored, read-only, or rows for those of a link table
	Held string             `json:"held_by"` // where a link is kept; "" for relations and rows
	Adds []FieldDescription `json:"adds"`    // columns that the records have here in addition
}

// Describe returns the description of a model of a graph.
func Describe(g *model.Graph, m *model.Model) Description { return describe(g, m, Map(g)) }

// DescribeAll returns the descriptions of all models that have a name in queries.
func DescribeAll(g *model.Graph) []Description {
	all, links := []Description{}, Map(g)
	for _, m := range g.Models() {
		if len(m.Entities) > 0 {
			all = append(all, describe(g, m, links))
		}
	}
	return all
}

func describe(g *model.Graph, m *model.Model, links []Direction) Description {
	d := Description{
		Entity: EntityOf(m), Names: m.Entities, Module: m.Module, Table: m.Table, Key: m.Key, SoftDeletes: m.SoftDeletes(), Prefix: m.Prefix,
		Fields: []FieldDescription{}, Relations: []EdgeDescription{}, Links: []EdgeDescription{},
	}
	for _, f := range m.Readable() {
		d.Fields = append(d.Fields, describeField(f))
	}
	held := map[string]string{}
	for _, l := range links {
		if l.From == m.Name {
			held[l.Field] = l.HeldBy()
		}
	}
	for _, e := range g.Edges(m) {
		r := describeEdge(e)
		if r.Held = held[e.Name]; e.Kind == model.Relation {
			d.Relations = append(d.Relations, r)
		} else {
			d.Links = append(d.Links, r)
		}
	}
	return d
}

func describeField(f *model.Field) FieldDescription {
	d := FieldDescription{Name: f.Name, Kind: f.Kind.String(), Null: f.Null, Default: f.Default, Enum: append([]string{}, f.Enum...)}
	if f.References != nil {
		d.References = f.References.Model.Table + "." + f.References.Column
	}
	return d
}

func describeEdge(e *model.Edge) EdgeDescription {
	d := EdgeDescription{Name: e.Name, Many: e.Many, Kind: string(e.Kind), Adds: []FieldDescription{}}
	if e.To != nil {
		d.To = EntityOf(e.To)
	}
	if e.Kind != model.Relation && e.To != nil && e.To.Module == "link" {
		d.Kind = "rows"
	}
	if e.Overlay == nil {
		return d
	}
	for _, f := range e.Overlay.Fields {
		if e.To.Visible(f.Field.Name) == nil && !f.Field.Secret {
			d.Adds = append(d.Adds, describeField(f.Field))
		}
	}
	return d
}

// EntityOf returns the name by which queries address a model.
func EntityOf(m *model.Model) string {
	if len(m.Entities) > 0 {
		return m.Entities[0]
	}
	return m.Name
}

// HeldBy says where the link is kept: "table order_cart" or "column customer_id".
func (d Direction) HeldBy() string {
	if d.Table != "" {
		return "table " + d.Table
	}
	return "column " + d.Via
}
