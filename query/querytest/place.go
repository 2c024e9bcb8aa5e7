package querytest

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// place is where names are looked up: a model, and the edge that leads to it,
// which may overlay it.
type place struct {
	graph *model.Graph
	model *model.Model
	edge  *model.Edge // nil at the root
}

func (p place) overlay() model.Overlay {
	if p.edge == nil || p.edge.Overlay == nil {
		return model.Overlay{}
	}
	return *p.edge.Overlay
}

// columns are what * means here: the overlay's fields, and those of the model
// that it does not replace.
func (p place) columns() []*model.Field {
	var out []*model.Field
	for _, o := range p.overlay().Fields {
		out = append(out, o.Field)
	}
	for _, f := range p.model.Fields {
		if !f.Secret && !slices.ContainsFunc(out, func(o *model.Field) bool { return o.Name == f.Name }) {
			out = append(out, f)
		}
	}
	return out
}

func (p place) column(name string) *model.Field {
	for _, f := range p.columns() {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// edges are the relations here: the overlay's, its row, and those of the model
// that they do not replace.
func (p place) edges() []*model.Edge {
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

func (p place) relation(name string) *model.Edge {
	for _, e := range p.edges() {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// detail is the row that the overlay answers whole, as what it is: a way back
// to a row that was passed.
func (p place) detail() *model.Edge {
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

func (p place) via(e *model.Edge) place { return place{p.graph, e.To, e} }

func (p place) unknown(name string) error {
	names := p.graph.Names(p.model)
	return fault.New(fault.InvalidData, "%s has no field %q%s", p.model, name, fault.DidYouMean(name, names))
}

// record is a row and the way to it.
type record struct {
	row  Row
	edge *model.Edge // by which it was reached; nil at the root
	way  []Row       // the rows of the edge's hops; the last one is row
}

// value is a column's value as it is answered here.
func (r record) value(f *model.Field) any {
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
	return r.row[f.Name]
}
