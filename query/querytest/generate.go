package querytest

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Request returns a random valid request, the same for the same numbers. The first
// number decides its shape, the second its values: the text that a filter compares
// with, how large an offset is. Requests of one shape share a plan.
func (w *World) Request(shape, values uint64) query.Request {
	g := generator{newDice(w.Seed, shape+1), newDice(w.Seed^values, ^shape), w, 10}
	m := pick(g.dice, w.roots)
	at := scope{graph: w.Graph, model: m}
	r := query.Request{Entity: m.Name, Fields: g.fields(at, 4), WithDeleted: g.chance(25), Count: g.chance(30)}
	if g.chance(75) {
		r.Filters = g.object(at, 3)
	}
	if versioned(w.Graph, m) && g.chance(40) {
		r.Version = int64(g.values.between(1, 3))
	}
	r.Lists = g.lists(at, r.Fields)
	r.Visible = g.visible()
	if ids := w.Data[m.Table]; len(ids) > 0 && m.PrimaryKey() != "" && g.chance(8) {
		g.listKeys(m, &r)
		return r
	}
	r.Order = g.order(at)
	g.page(&r)
	return r
}

// visible returns conditions on the records of some models, most often on their
// own columns or that they have a visible parent.
func (g *generator) visible() map[string]query.Filters {
	if !g.chance(35) {
		return nil
	}
	out := map[string]query.Filters{}
	for range g.between(1, 3) {
		m := pick(g.dice, g.world.roots)
		at, edges := scope{graph: g.world.Graph, model: m}, g.world.Graph.Edges(m)
		if len(edges) > 0 && g.chance(40) {
			out[m.Name] = query.Filters{pick(g.dice, edges).Name: map[string]any{}}
			continue
		}
		out[m.Name] = g.object(at, 2)
	}
	return out
}

// generator generates one request.
type generator struct {
	dice        // decides the shape
	values dice // decides the values
	world  *World
	edges  int // the number of relations that the request may still follow
}

func (g *generator) page(r *query.Request) {
	if g.chance(35) {
		r.Limit = g.between(1, 6)
	}
	if g.chance(15) {
		r.Offset = g.values.between(1, 4)
	}
	if g.chance(5) {
		r.Limit = query.All
	}
}

// listKeys requests records by their keys, mostly in the order of the keys.
func (g *generator) listKeys(m *model.Model, r *query.Request) {
	var keys []string
	for _, row := range some(g.values, g.world.Data[m.Table], g.values.between(1, 5)) {
		keys = append(keys, row[m.PrimaryKey()].(string))
	}
	if r.Filters == nil {
		r.Filters = query.Filters{}
	}
	r.Filters[m.PrimaryKey()] = keys
	if g.chance(30) {
		r.Filters[m.PrimaryKey()] = query.Filters{"$in": keys}
	}
	r.KeepOrder, r.RequireKeys = g.chance(80), g.chance(30)
}

// fields returns some paths, each at most depth relations long.
func (g *generator) fields(at scope, depth int) []string {
	var out []string
	for range g.between(1, 4) {
		out = append(out, g.path(at, depth))
	}
	return out
}

func (g *generator) path(at scope, depth int) string {
	edges := at.edges()
	switch {
	case len(edges) > 0 && depth > 0 && g.edges > 0 && g.chance(55):
		g.edges--
		edge := pick(g.dice, edges)
		return edge.Name + g.below(at.via(edge), edge, depth-1)
	case g.chance(25):
		return "*"
	}
	f := pick(g.dice, at.columns())
	if f.Kind == model.Decimal && g.chance(40) {
		return "raw_" + f.Name
	}
	return f.Name
}

// below returns the rest of a path after a relation.
func (g *generator) below(at scope, edge *model.Edge, depth int) string {
	switch {
	case edge.Content != "" || g.chance(10):
		return pick(g.dice, []string{"", ".*"})
	case edge.Many && g.chance(25):
		return "." + g.aggregate(at)
	}
	return "." + g.path(at, depth)
}

// aggregate returns the end of a path over a list.
func (g *generator) aggregate(at scope) string {
	var ends []string
	for _, f := range at.columns() {
		if f.Kind.Numeric() {
			ends = append(ends, "$sum."+f.Name)
		}
		if f.Kind.Ordered() {
			ends = append(ends, "$min."+f.Name, "$max."+f.Name)
		}
	}
	if len(ends) == 0 || g.chance(40) {
		return "$count"
	}
	return pick(g.dice, ends)
}

func (g *generator) order(at scope) []string {
	var keys []string
	for range g.IntN(2) * g.between(1, 3) {
		keys = append(keys, pick(g.dice, []string{"", "-"})+g.sortable(at, 3))
	}
	return keys
}

// sortable returns a path that can be sorted by.
func (g *generator) sortable(at scope, depth int) string {
	var columns []string
	for _, f := range at.columns() {
		if f.Kind != model.JSON && f.Kind != model.TextList {
			columns = append(columns, f.Name)
		}
	}
	edges := at.edges()
	if len(edges) == 0 || depth == 0 || g.edges <= 0 || g.chance(50) {
		return pick(g.dice, columns)
	}
	g.edges--
	edge := pick(g.dice, edges)
	if edge.Many {
		return edge.Name + "." + g.aggregate(at.via(edge))
	}
	return edge.Name + "." + g.sortable(at.via(edge), depth-1)
}

// lists narrows some of the lists in fields.
func (g *generator) lists(root scope, fields []string) map[string]query.Nested {
	out := map[string]query.Nested{}
	for _, f := range fields {
		at, names := root, strings.Split(f, ".")
		for i, name := range names {
			edge := at.relation(name)
			if edge == nil || i+1 < len(names) && strings.HasPrefix(names[i+1], "$") {
				break
			}
			at = at.via(edge)
			if edge.Many && g.chance(40) {
				out[strings.Join(names[:i+1], ".")] = g.list(at)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (g *generator) list(at scope) query.Nested {
	var l query.Nested
	if g.chance(50) {
		l.Filters = g.object(at, 1)
	}
	l.Order = g.order(at)
	if g.chance(50) {
		l.Limit = g.between(1, 3)
	}
	if g.chance(25) {
		l.Offset = g.values.between(1, 2)
	}
	return l
}
