package query

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// enter returns a new scope at the end of an edge.
func (r *resolver) enter(from *scope, e *model.Edge, path string) (*scope, error) {
	if e.Virtual != nil {
		return nil, fault.New(fault.InvalidData, "%s is not in the database and cannot be used in filters or order", path)
	}
	end := &scope{model: e.To, edge: e, parent: from, row: noRow}
	if len(r.seen) > 0 {
		return end, r.see(end) // the program's own condition has no bounds
	}
	if r.edges++; r.edges > r.limits.MaxEdges {
		return nil, fault.New(fault.InvalidData, "the request follows more than %d relations", r.limits.MaxEdges)
	}
	depth := 0
	for s := end; s.edge != nil; s = s.parent {
		depth++
	}
	if depth > r.limits.MaxDepth {
		return nil, fault.New(fault.InvalidData, "%s goes through more than %d relations", fault.Clip(path), r.limits.MaxDepth)
	}
	return end, r.see(end)
}

// edge returns the edge of that name at a scope, or nil: one of the scope's
// overlay, else one of the model.
func (r *resolver) edge(s *scope, name string) *model.Edge {
	if overlay := overlayOf(s); overlay != nil {
		for _, e := range overlay.Edges {
			if e.Name == name {
				return e
			}
		}
	}
	if e := r.graph.Edge(s.model, name); e != nil {
		return e
	}
	return r.computed[s.model][name].Edge
}

// operand returns the field of that name at a scope; ok reports whether there is
// one.
func (r *resolver) operand(s *scope, name string) (o operand, ok bool, err error) {
	if o := overlayField(overlayOf(s), name); o != nil {
		return operand{scope: s, field: o.Field, overlay: o}, true, nil
	}
	f := s.model.Visible(name)
	if f == nil {
		return operand{}, false, nil
	}
	o, err = r.readable(s, f)
	return o, true, err
}

// readable returns a field of the scope's model, which may be derived.
func (r *resolver) readable(s *scope, f *model.Field) (operand, error) {
	d := f.Derived
	switch {
	case d == nil:
		return operand{scope: s, field: f}, nil
	case d.Over == "":
		of, from := s.model.Field(d.Column), s.model.Field(d.Minus)
		return operand{scope: s, field: f, aggregate: &aggregate{function: minus, of: operand{scope: s, field: of}, minus: operand{scope: s, field: from}}}, nil
	}
	e := r.graph.Edge(s.model, d.Over)
	end := &scope{model: e.To, edge: e, parent: s, row: noRow}
	of := operand{scope: end, field: e.To.Field(d.Column)}
	return operand{scope: s, field: f, aggregate: &aggregate{function: total, end: end, of: of}}, r.see(end)
}

// aggregate resolves an aggregate over an edge.
func (r *resolver) aggregate(s *scope, e *model.Edge, m aggregatePath, path string) (operand, error) {
	path = strings.TrimSuffix(path, "."+m.function)
	if !e.Many {
		return operand{}, fault.New(fault.InvalidData, "%s.%s: %s is one record, not a list: aggregates need a list", path, m.function, path)
	}
	end, err := r.enter(s, e, path)
	if err != nil {
		return operand{}, err
	}
	a := &aggregate{function: m.function, end: end}
	if m.function == "$count" {
		return operand{scope: s, aggregate: a}, nil
	}
	of, ok, err := r.operand(end, m.column)
	if err != nil {
		return operand{}, err
	}
	if !ok {
		return operand{}, r.unknown("aggregate", end, m.column, path+"."+m.function+"."+m.column)
	}
	if k := of.kind(); m.function == "$sum" && !k.Numeric() || !k.Ordered() {
		return operand{}, fault.New(fault.InvalidData, "%s.%s.%s: %s is %s, which has no %s", path, m.function, m.column, m.column, k, m.function[1:])
	}
	a.of = of
	return operand{scope: s, aggregate: a}, nil
}

func (r *resolver) unknown(where string, s *scope, name, path string) error {
	names := r.graph.Names(s.model)
	if overlay := overlayOf(s); overlay != nil {
		for _, o := range overlay.Fields {
			names = append(names, o.Field.Name)
		}
	}
	names = slices.AppendSeq(names, maps.Keys(r.computed[s.model]))
	if s.edge != nil && s.edge.Many {
		names = append(names, "$count", "$sum", "$min", "$max")
	}
	return fault.New(fault.InvalidData, "%s: %s has no field or relation %q (in %s)%s", where, s.model, fault.Clip(name), fault.Clip(path), fault.DidYouMean(fault.Clip(name), names))
}

// overlayOf returns what records gain on their way to the scope, or nil.
func overlayOf(s *scope) *model.Overlay {
	if s.edge == nil || s.row != noRow {
		return nil
	}
	return s.edge.Overlay
}

func overlayField(o *model.Overlay, name string) *model.OverlayField {
	if o == nil {
		return nil
	}
	for i := range o.Fields {
		if o.Fields[i].Field.Name == name {
			return &o.Fields[i]
		}
	}
	return nil
}

// rowScope returns the scope of the overlay's row, which the scope's own join
// already has.
func rowScope(s *scope) *scope {
	if s.overlayRow == nil {
		hop := s.edge.Overlay.RowHop
		s.overlayRow = &scope{model: s.edge.Hops[hop].Model, edge: s.edge, parent: s, row: hop}
	}
	return s.overlayRow
}
