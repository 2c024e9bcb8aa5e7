package medusa_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// place is the position of a record: its model, and the edge that leads there.
type place struct {
	graph *model.Graph
	model *model.Model
	edge  *model.Edge // nil at the root and for the row of an overlay
	row   bool        // the row of an overlay, which a star before it includes
}

func (p place) overlay() *model.Overlay {
	if p.edge == nil {
		return nil
	}
	return p.edge.Overlay
}

// column returns the field with a name, including those that an overlay adds. For a raw_…
// column it returns the decimal.
func (p place) column(name string) *model.Field {
	if o := p.overlay(); o != nil {
		for _, f := range o.Fields {
			if f.Field.Name == name {
				return f.Field
			}
		}
	}
	if f := p.model.Visible(name); f != nil {
		return f
	}
	if of, ok := strings.CutPrefix(name, "raw_"); ok {
		if f := p.column(of); f != nil && f.Kind == model.Decimal {
			return f
		}
	}
	return nil
}

// step returns the place at the end of a relation. ok is false if there is no relation
// with the name.
func (p place) step(name string) (next place, ok bool) {
	if o := p.overlay(); o != nil {
		if o.Row == name {
			return place{graph: p.graph, model: p.edge.Hops[o.RowHop].Model, row: true}, true
		}
		for _, e := range o.Edges {
			if e.Name == name {
				return place{graph: p.graph, model: e.To, edge: e}, true
			}
		}
	}
	if e := p.graph.Edge(p.model, name); e != nil {
		return place{graph: p.graph, model: e.To, edge: e}, true
	}
	return place{}, false
}

// content reports whether a JSON column replaces the record in results.
func (p place) content() bool { return p.edge != nil && p.edge.Content != "" }

// stub returns the column of p that has the id of the record at the end of a relation, or
// "".
func (p place) stub(name string) string {
	next, ok := p.step(name)
	if !ok || next.edge == nil || next.edge.Many || len(next.edge.Hops) != 1 || len(next.edge.Hops[0].On) != 1 {
		return ""
	}
	on := next.edge.Hops[0].On[0]
	if on.Column != next.model.PrimaryKey() {
		return ""
	}
	return on.Of
}

// isStub reports whether a relation is shown only by its id, or is null.
func isStub(p place, key string, value any) bool {
	r, ok := value.(map[string]any)
	return (value == nil || ok && len(r) == 1 && r["id"] != nil) && p.stub(key) != ""
}

// elements returns the records of a value: those of a list that are not null, or the
// only one.
func elements(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return slices.DeleteFunc(slices.Clone(v), func(e any) bool { return e == nil })
	}
	return []any{value}
}

// placed converts the records of an answer that are placing rows (a row of order_item with
// its item, or of order_shipping with its method) into the form that they have elsewhere,
// and in our results everywhere: the item or method, with the row as its detail.
func placed(p place, record any, found func()) any {
	r, ok := record.(map[string]any)
	if !ok {
		return record
	}
	if turned := turn(p, r); turned != nil {
		found()
		r = turned
	}
	out := map[string]any{}
	for key, value := range r {
		out[key] = value
		if next, ok := p.step(key); ok && p.column(key) == nil && !next.content() {
			out[key] = each(value, func(e any) any { return placed(next, e, found) })
		}
	}
	return out
}

// turn returns the record that a placing row places, or nil if r is not such a row.
func turn(p place, r map[string]any) map[string]any {
	o := p.overlay()
	if o == nil || o.Row == "" {
		return nil
	}
	row := place{graph: p.graph, model: p.edge.Hops[o.RowHop].Model, row: true}
	if id, _ := r["id"].(string); !strings.HasPrefix(id, row.model.Prefix+"_") {
		return nil
	}
	detail, out := maps.Clone(r), map[string]any{}
	for key, value := range r {
		if next, ok := row.step(key); ok && next.model == p.model {
			placed, _ := value.(map[string]any)
			maps.Copy(out, placed)
			delete(detail, key)
		}
	}
	out[o.Row] = detail
	return out
}
