package diagram

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// shown reports whether a model has a box: it is no link table, and no pivot
// table that only its two ends know.
func shown(g *model.Graph, m *model.Model) bool {
	return m.Module != "link" && (!pivot(g, m) || led(g, m))
}

// pivot reports whether a many-to-many relation goes through the table of m.
func pivot(g *model.Graph, m *model.Model) bool {
	for _, from := range g.Models() {
		for _, p := range from.Pivots(g) {
			if p.Table == m {
				return true
			}
		}
	}
	return false
}

// led reports whether a relation leads to m.
func led(g *model.Graph, m *model.Model) bool {
	for _, from := range g.Models() {
		for _, e := range g.Edges(from) {
			if e.Kind == model.Relation && e.To == m {
				return true
			}
		}
	}
	return false
}

// related is a relation of two models. The one that has the column is from.
type related struct {
	from, to *model.Model
	line     Line
}

// relations returns the relations of a graph, each one once. A relation that
// leads on along others, over three tables or more, is left out.
func relations(g *model.Graph) []*related {
	var all []*related
	known := map[string]*related{}
	for _, m := range g.Models() {
		if !shown(g, m) {
			continue
		}
		for _, e := range g.Edges(m) {
			if e.Kind != model.Relation || e.To == nil || len(e.Hops) > 2 || !shown(g, e.To) {
				continue
			}
			name, r := heldBy(e)
			if known[name] == nil {
				known[name] = r
				all = append(all, r)
				continue
			}
			known[name].join(e)
		}
	}
	return all
}

// heldBy returns the relation that an edge is a direction of, and a name that
// both directions share.
func heldBy(e *model.Edge) (name string, r *related) {
	on := e.Hops[0].On[0]
	switch {
	case len(e.Hops) == 2:
		table, far := e.Hops[0].Model.Table, e.Hops[1].On[0].Of
		r = &related{e.From, e.To, Line{Kind: relation, Field: e.Name, FromMany: true, ToMany: e.Many, Table: table}}
		return table + " " + min(on.Column, far) + " " + max(on.Column, far), r
	case on.Column == e.To.PrimaryKey():
		r = &related{e.From, e.To, Line{Kind: relation, Field: e.Name, FromMany: !unique(e.From, on.Of), ToMany: e.Many, Column: on.Of}}
	default:
		r = &related{e.To, e.From, Line{Kind: relation, Inverse: e.Name, FromMany: e.Many, Column: on.Column}}
	}
	return strings.Join([]string{r.from.Name, r.line.Column, r.to.Name}, " "), r
}

// join adds the other direction, or another name for the same one.
func (r *related) join(e *model.Edge) {
	l := &r.line
	back := e.From == r.to && (r.from != r.to || l.Table != "" || e.Hops[0].On[0].Column == l.Column)
	switch {
	case back && l.Inverse == "":
		l.Inverse = e.Name
		l.FromMany = e.Many
	case !back && l.Field == "":
		l.Field = e.Name
	}
}

// unique reports whether no two records share the value of a column.
func unique(m *model.Model, column string) bool {
	for _, i := range m.Indexes {
		if i.Unique && len(i.Columns) == 1 && i.Columns[0] == column && i.Where == "" {
			return true
		}
	}
	return m.PrimaryKey() == column
}
