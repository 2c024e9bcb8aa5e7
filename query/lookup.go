package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Found describes what a path of a request leads to. Its slice must not be
// changed: calls of Lookup share it.
type Found struct {
	Model *model.Model  // of the records at the end of the path, or of the column; nil after a virtual link
	Field *model.Field  // the column; nil when the path ends in records
	Edges []*model.Edge // the relations on the path, in order
	Many  bool          // the last relation leads to a list

	Computed bool   // the path ends in a computed field
	Anywhere bool   // which needs no Request.Context
	end      *scope // of the records at the end; nil at the entity itself
}

// Columns returns the names of the columns of the records at the end of the path:
// what * selects. It is empty if the path ends in a column, a JSON document or a
// virtual link.
func (f Found) Columns() []string {
	if f.Field != nil || f.Model == nil {
		return nil
	}
	at := &scope{model: f.Model, row: noRow}
	if f.end != nil {
		at = f.end
	}
	if at.edge != nil && at.edge.Content != "" {
		return nil
	}
	var out []string
	for _, f := range at.model.Readable() {
		out = append(out, f.Name)
	}
	if overlay := overlayOf(at); overlay != nil {
		for _, o := range overlay.Fields {
			if at.model.Visible(o.Field.Name) == nil {
				out = append(out, o.Field.Name)
			}
		}
	}
	return out
}

// What Lookup keeps: paths that exist, which hostile callers can make up too,
// since relations lead in circles.
const (
	maxLookups    = 4096
	maxLookupPath = 256 // bytes
)

// Lookup follows a dotted path, such as items.variant.sku, from an entity. A
// last segment * stands for all columns. An aggregate is not looked into: the
// path ends before it. ok reports whether the entity and every name exist.
func (e *Engine) Lookup(entity, path string) (found Found, ok bool) {
	if len(path) > maxLookupPath || strings.Contains(path, "$") { // after $, any text is accepted
		return e.follow(entity, path)
	}
	var buf [maxLookupPath + 64]byte
	key := append(append(append(buf[:0], entity...), 0), path...)
	if found, ok = e.lookups.get(key); ok {
		return found, true
	}
	if found, ok = e.follow(entity, path); ok {
		found.Edges = slices.Clip(found.Edges)
		e.lookups.put(string(key), found)
	}
	return found, ok
}

func (e *Engine) follow(entity, path string) (found Found, ok bool) {
	m, err := e.graph.Model(entity)
	if err != nil {
		return found, false
	}
	r := &resolver{graph: e.graph, computed: e.computed, limits: e.limits}
	at := &scope{model: m, row: noRow}
	found.Model = m
	for path != "" {
		var name string
		name, path, _ = strings.Cut(path, ".")
		switch {
		case name == "*":
			return found, path == "" && found.Field == nil
		case at == nil:
			return found, false // nothing comes after a column or a virtual link
		case strings.HasPrefix(name, "$"):
			return found, true
		}
		if at, ok = r.step(at, name, &found); !ok {
			return found, false
		}
	}
	return found, true
}

// step follows one name. It returns a nil scope where the path must end.
func (r *resolver) step(at *scope, name string, found *Found) (*scope, bool) {
	if o, ok, _ := r.operand(at, name); ok { // only conditions of a request have errors
		found.Field = o.field
		return nil, true
	}
	if overlay := overlayOf(at); overlay != nil && overlay.Row == name {
		row := rowScope(at)
		found.Model, found.Many, found.end = row.model, false, row
		return row, true
	}
	if e := r.edge(at, name); e != nil {
		found.Edges, found.Model, found.Many = append(found.Edges, e), e.To, e.Many
		found.end = &scope{model: e.To, edge: e, parent: at, row: noRow}
		computed := r.computed[at.model][name]
		found.Computed, found.Anywhere = computed.Edge == e, computed.Edge == e && computed.anywhere
		if e.Virtual != nil || e.Content != "" {
			return nil, true
		}
		return found.end, true
	}
	if base, raw := strings.CutPrefix(name, "raw_"); raw {
		if o, ok, _ := r.operand(at, base); ok && o.kind() == model.Decimal {
			found.Field = o.field
			return nil, true
		}
	}
	return nil, false
}
