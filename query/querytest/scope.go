package querytest

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// scope is where names are looked up: a model, and the edge that leads to it, whose
// overlay may change it.
type scope struct {
	graph *model.Graph
	model *model.Model
	edge  *model.Edge // nil at the root
}

func (p scope) overlay() model.Overlay {
	if p.edge == nil || p.edge.Overlay == nil {
		return model.Overlay{}
	}
	return *p.edge.Overlay
}

// columns returns what * selects: the fields of the overlay, and those of the model
// that it does not replace.
func (p scope) columns() []*model.Field {
	var out []*model.Field
	for _, o := range p.overlay().Fields {
		out = append(out, o.Field)
	}
	for _, f := range p.model.Readable() {
		if !slices.ContainsFunc(out, func(o *model.Field) bool { return o.Name == f.Name }) {
			out = append(out, f)
		}
	}
	return out
}

func (p scope) column(name string) *model.Field {
	for _, f := range p.columns() {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// own reports whether a name is a column of the record's own table.
func (p scope) own(name string) bool {
	f := p.column(name)
	return f != nil && f.Derived == nil && !slices.ContainsFunc(p.overlay().Fields, func(o model.OverlayField) bool { return o.Field.Name == name })
}

// edges returns the relations: those of the overlay, its row, and those of the model
// that they do not replace.
func (p scope) edges() []*model.Edge {
	out := slices.Clone(p.overlay().Edges)
	if d := p.detail(); d != nil {
		out = append(out, d)
	}
	for _, e := range p.graph.Edges(p.model) {
		if !slices.ContainsFunc(out, func(o *model.Edge) bool { return o.Name == e.Name }) {
			out = append(out, e)
		}
	}
	return out
}

func (p scope) relation(name string) *model.Edge {
	for _, e := range p.edges() {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// detail returns an edge to the row that the overlay shows, as a way back to a row
// already passed.
func (p scope) detail() *model.Edge {
	o := p.overlay()
	if o.Row == "" {
		return nil
	}
	passed := p.edge.Hops[o.RowHop].Model
	back := model.Hop{Model: passed}
	for _, k := range passed.Key {
		back.On = append(back.On, model.On{Column: k, Row: model.Arrival(o.RowHop), Of: k})
	}
	return &model.Edge{Name: o.Row, From: p.model, To: passed, Kind: model.Relation, Hops: []model.Hop{back}}
}

func (p scope) via(e *model.Edge) scope { return scope{p.graph, e.To, e} }

func (p scope) unknown(name string) error {
	names := p.graph.Names(p.model)
	return fault.New(fault.InvalidData, "%s has no field %q%s", p.model, name, fault.DidYouMean(name, names))
}

// record is a row, with the rows passed on the way to it.
type record struct {
	row  Row
	edge *model.Edge // by which it was reached; nil at the root
	way  []Row       // the rows of the edge's hops; the last one is row
}

// value returns a field's value as the overlay changes it.
func (e *evaluator) value(r record, f *model.Field) any {
	if r.edge != nil && r.edge.Overlay != nil {
		for _, o := range r.edge.Overlay.Fields {
			if o.Field.Name != f.Name {
				continue
			}
			if v := r.way[o.Hop][o.Column]; v != nil || o.Fallback == "" {
				return v
			}
			return r.row[o.Fallback]
		}
	}
	if f.Derived != nil {
		return e.derived(r, f)
	}
	return r.row[f.Name]
}

// derived computes the value of a derived field.
func (e *evaluator) derived(r record, f *model.Field) any {
	d := f.Derived
	if d.Over == "" {
		return decimal(r.row[d.Column]).Sub(decimal(r.row[d.Minus]))
	}
	var sum money.Amount
	for _, linked := range e.follow(r, e.graph.Edge(e.modelOf(f), d.Over)) {
		sum = sum.Add(decimal(linked.row[d.Column]))
	}
	return sum
}

// modelOf returns the model that has a derived field.
func (e *evaluator) modelOf(f *model.Field) *model.Model {
	for _, m := range e.graph.Models() {
		if m.Visible(f.Name) == f {
			return m
		}
	}
	return nil
}

func decimal(v any) money.Amount {
	a, _ := v.(money.Amount) // a derived field is of decimals that are not null
	return a
}
