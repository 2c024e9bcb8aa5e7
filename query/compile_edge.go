package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// from joins the tables on the way to a scope. The conditions tie the first of
// them to the record where the edge starts.
func (c *compiler) from(s *scope) (from string, conditions []string) {
	if s.edge.ListFrom != "" {
		return c.fromList(s)
	}
	for i, h := range s.edge.Hops {
		alias := s.hops[i]
		on := c.on(s, i)
		if i == 0 {
			from = c.dialect.quote(h.Model.Table) + " " + alias
			conditions = on
			continue
		}
		from += " JOIN " + c.dialect.quote(h.Model.Table) + " " + alias + " ON " + strings.Join(on, " AND ")
	}
	return from, append(conditions, c.visible(s)...)
}

// visible returns the conditions that a record of the scope must meet to be seen.
// They are compiled once: a sort key is written in several places, not all of
// which use its joins, and PostgreSQL rejects arguments that nothing uses.
func (c *compiler) visible(s *scope) []string {
	if s.visible == nil {
		return nil
	}
	out, ok := c.visibles[s]
	if !ok {
		if c.visibles == nil {
			c.visibles = map[*scope][]string{}
		}
		out = c.conjuncts(s.visible, byIndex)
		c.visibles[s] = out
	}
	return out
}

// fromList follows a column of ids: the column is unnested with positions, and
// the target joined on each id.
func (c *compiler) fromList(s *scope) (from string, conditions []string) {
	ids := c.dialect.list.unnest(c.column(s.parent.alias, s.edge.ListFrom), s.alias+"i")
	on := s.alias + "i." + c.dialect.element + " = " + c.column(s.alias, s.edge.Target().On[0].Column)
	if c.hides(s, 0) {
		on += " AND " + c.column(s.alias, "deleted_at") + " IS NULL"
	}
	return ids + " JOIN " + c.table(s) + " ON " + on, c.visible(s)
}

// on returns the conditions that join hop i: on its columns, and that its row
// is not deleted.
func (c *compiler) on(s *scope, i int) []string {
	h := s.edge.Hops[i]
	var out []string
	for _, o := range h.On {
		column := c.column(s.hops[i], o.Column)
		if o.Null {
			out = append(out, column+" IS NULL")
			continue
		}
		out = append(out, column+" = "+c.onValue(s, o))
	}
	if c.hides(s, i) {
		out = append(out, c.column(s.hops[i], "deleted_at")+" IS NULL")
	}
	return out
}

func (c *compiler) onValue(s *scope, o model.On) string {
	if o.AsOf && s.parent.asOf {
		return c.bind(argument{source: fromVersion})
	}
	if o.Of == "" {
		return c.dialect.constant(o.Value)
	}
	alias := ""
	if hop, ok := model.ArrivalHop(o.Row); ok {
		alias = s.parent.hops[hop]
	} else if o.Row == model.FromRow {
		alias = s.parent.alias
	} else {
		alias = s.hops[o.Row]
	}
	return c.column(alias, o.Of)
}

// hides reports whether deleted rows of hop i are left out. WithDeleted brings
// them back, except for dismissed link rows on the way: those never connect.
func (c *compiler) hides(s *scope, i int) bool {
	if !s.edge.Hops[i].Model.SoftDeletes() {
		return false
	}
	throughLink := i == 0 && len(s.edge.Hops) > 1 && s.edge.Kind == model.Stored
	return !c.withDeleted || throughLink
}

// first limits a to-one edge to its first row where no unique key of the
// database does: a live row before a deleted one, then by key.
func (c *compiler) first(s *scope) string {
	if single(s.edge, c.withDeleted) {
		return ""
	}
	order := ""
	if c.withDeleted && s.model.SoftDeletes() {
		order = "(" + c.column(s.alias, "deleted_at") + " IS NOT NULL), "
	}
	return " ORDER BY " + order + c.key(s) + " LIMIT 1"
}

// single reports whether an edge leads to at most one record by the database's
// own constraints: each hop is joined on a whole key.
func single(e *model.Edge, withDeleted bool) bool {
	for _, h := range e.Hops {
		if !joinsOnKey(h, withDeleted) {
			return false
		}
	}
	return true
}

func joinsOnKey(h model.Hop, withDeleted bool) bool {
	has := func(columns []string) bool {
		for _, c := range columns {
			found := false
			for _, on := range h.On {
				found = found || on.Column == c && !on.Listed
			}
			if !found {
				return false
			}
		}
		return len(columns) > 0
	}
	if has(h.Model.Key) {
		return true
	}
	if withDeleted {
		return false // unique indexes cover live rows only
	}
	for _, i := range h.Model.Indexes {
		if i.Unique && i.Where == "" && has(i.Columns) {
			return true
		}
	}
	return false
}
