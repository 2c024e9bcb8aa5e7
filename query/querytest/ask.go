package querytest

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Request is a random request that the world can answer; the same for the same
// numbers. The first number decides its shape, the second its values: which
// text a filter compares with, how far an offset goes. Requests of one shape
// share a plan.
func (w *World) Request(shape, values uint64) query.Request {
	a := asker{newDice(w.Seed, shape+1), newDice(w.Seed^values, ^shape), w, 10}
	m := pick(a.dice, w.roots)
	at := place{graph: w.Graph, model: m}
	r := query.Request{Entity: m.Name, Fields: a.fields(at, 4), WithDeleted: a.chance(25), Count: a.chance(30)}
	if a.chance(75) {
		r.Filters = a.object(at, 3)
	}
	if versioned(w.Graph, m) && a.chance(40) {
		r.Version = int64(a.values.between(1, 3))
	}
	r.Lists = a.lists(at, r.Fields)
	if ids := w.Data[m.Table]; len(ids) > 0 && m.PrimaryKey() != "" && a.chance(8) {
		a.listKeys(m, &r)
		return r
	}
	r.Order = a.order(at)
	a.page(&r)
	return r
}

// asker makes one request.
type asker struct {
	dice        // decides the shape
	values dice // decides the values
	world  *World
	edges  int // how many relations the request may still follow
}

func (a *asker) page(r *query.Request) {
	if a.chance(35) {
		r.Limit = a.between(1, 6)
	}
	if a.chance(15) {
		r.Offset = a.values.between(1, 4)
	}
	if a.chance(5) {
		r.Limit = query.All
	}
}

// listKeys asks for records by their keys, in the order of those.
func (a *asker) listKeys(m *model.Model, r *query.Request) {
	var keys []string
	for _, row := range some(a.values, a.world.Data[m.Table], a.values.between(1, 5)) {
		keys = append(keys, row[m.PrimaryKey()].(string))
	}
	if r.Filters == nil {
		r.Filters = query.Filters{}
	}
	r.Filters[m.PrimaryKey()] = keys
	if a.chance(30) {
		r.Filters[m.PrimaryKey()] = query.Filters{"$in": keys}
	}
	r.KeepOrder, r.RequireKeys = a.chance(80), a.chance(30)
}

// fields are some paths from here, each at most depth relations long.
func (a *asker) fields(at place, depth int) []string {
	var out []string
	for range a.between(1, 4) {
		out = append(out, a.path(at, depth))
	}
	return out
}

func (a *asker) path(at place, depth int) string {
	edges := at.edges()
	switch {
	case len(edges) > 0 && depth > 0 && a.edges > 0 && a.chance(55):
		a.edges--
		edge := pick(a.dice, edges)
		return edge.Name + a.below(at.via(edge), edge, depth-1)
	case a.chance(25):
		return "*"
	}
	f := pick(a.dice, at.columns())
	if f.Kind == model.Decimal && a.chance(40) {
		return "raw_" + f.Name
	}
	return f.Name
}

// below is the rest of a path behind a relation.
func (a *asker) below(at place, edge *model.Edge, depth int) string {
	switch {
	case edge.Content != "" || a.chance(10):
		return pick(a.dice, []string{"", ".*"})
	case edge.Many && a.chance(25):
		return "." + a.aggregate(at)
	}
	return "." + a.path(at, depth)
}

// aggregate is the end of a path behind a list.
func (a *asker) aggregate(at place) string {
	var ends []string
	for _, f := range at.columns() {
		if f.Kind.Numeric() {
			ends = append(ends, "$sum."+f.Name)
		}
		if f.Kind.Ordered() {
			ends = append(ends, "$min."+f.Name, "$max."+f.Name)
		}
	}
	if len(ends) == 0 || a.chance(40) {
		return "$count"
	}
	return pick(a.dice, ends)
}

func (a *asker) order(at place) []string {
	var keys []string
	for range a.IntN(2) * a.between(1, 3) {
		keys = append(keys, pick(a.dice, []string{"", "-"})+a.sortable(at, 3))
	}
	return keys
}

// sortable is a path to something that can be sorted by.
func (a *asker) sortable(at place, depth int) string {
	var columns []string
	for _, f := range at.columns() {
		if f.Kind != model.JSON && f.Kind != model.TextList {
			columns = append(columns, f.Name)
		}
	}
	edges := at.edges()
	if len(edges) == 0 || depth == 0 || a.edges <= 0 || a.chance(50) {
		return pick(a.dice, columns)
	}
	a.edges--
	edge := pick(a.dice, edges)
	if edge.Many {
		return edge.Name + "." + a.aggregate(at.via(edge))
	}
	return edge.Name + "." + a.sortable(at.via(edge), depth-1)
}

// lists narrows some of the lists among the fields.
func (a *asker) lists(root place, fields []string) map[string]query.Nested {
	out := map[string]query.Nested{}
	for _, f := range fields {
		at, names := root, strings.Split(f, ".")
		for i, name := range names {
			edge := at.relation(name)
			if edge == nil || i+1 < len(names) && strings.HasPrefix(names[i+1], "$") {
				break
			}
			at = at.via(edge)
			if edge.Many && a.chance(40) {
				out[strings.Join(names[:i+1], ".")] = a.list(at)
			}
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (a *asker) list(at place) query.Nested {
	var l query.Nested
	if a.chance(50) {
		l.Filters = a.object(at, 1)
	}
	l.Order = a.order(at)
	if a.chance(50) {
		l.Limit = a.between(1, 3)
	}
	if a.chance(25) {
		l.Offset = a.values.between(1, 2)
	}
	return l
}
