package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Found is what a path of a request leads to.
type Found struct {
	Model *model.Model  // the records at the end of the path, or those whose column it names; nil behind a virtual link
	Field *model.Field  // the column; nil when the path ends in records
	Edges []*model.Edge // on the way
	Many  bool          // the last edge leads to a list
}

// Lookup follows a dotted path, such as items.variant.sku, from an entity. A
// last part * stands for all columns. ok is false when a name is not known.
// Aggregates are not looked into: the path ends before them.
func (e *Engine) Lookup(entity, path string) (found Found, ok bool) {
	m, err := e.graph.Model(entity)
	if err != nil {
		return found, false
	}
	r := &resolver{graph: e.graph, limits: e.limits}
	at := &scope{model: m, row: noRow}
	found.Model = m
	for path != "" {
		var name string
		name, path, _ = strings.Cut(path, ".")
		switch {
		case name == "*":
			return found, path == "" && found.Field == nil
		case at == nil:
			return found, false // nothing lies behind a column or a virtual link
		case strings.HasPrefix(name, "$"):
			return found, true
		}
		if at, ok = r.step(at, name, &found); !ok {
			return found, false
		}
	}
	return found, true
}

// step follows one name; the scope is nil where the way ends.
func (r *resolver) step(at *scope, name string, found *Found) (*scope, bool) {
	if o, ok := r.operand(at, name); ok {
		found.Field = o.field
		return nil, true
	}
	if overlay := overlayOf(at); overlay != nil && overlay.Row == name {
		row := rowScope(at)
		found.Model, found.Many = row.model, false
		return row, true
	}
	if e := r.edge(at, name); e != nil {
		found.Edges, found.Model, found.Many = append(found.Edges, e), e.To, e.Many
		if e.Virtual != nil || e.Content != "" {
			return nil, true
		}
		return &scope{model: e.To, edge: e, parent: at, row: noRow}, true
	}
	if base, raw := strings.CutPrefix(name, "raw_"); raw {
		if o, ok := r.operand(at, base); ok && o.kind() == model.Decimal {
			found.Field = o.field
			return nil, true
		}
	}
	return nil, false
}
