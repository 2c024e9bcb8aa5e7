package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// sortsFromEnd reports whether the page is found from the end of an edge: its
// first key is an indexed column there, ascending, and nothing narrows the records.
// Descending, records without a value come first, and only trying all of them
// finds those.
func (c *compiler) sortsFromEnd(r *Request, limit int) bool {
	root := c.plan.root
	if limit <= 0 || c.fromRoot || r.KeepOrder || c.findsOnce || c.cursor != nil && c.cursor[0] || !c.unfiltered() {
		return false
	}
	first := root.order[0]
	if first.desc || len(first.joins) != 1 || first.value.aggregate != nil || first.value.overlay != nil || first.value.inJSON {
		return false
	}
	j := first.joins[0]
	if c.withDeleted && j.model.SoftDeletes() {
		return false // its indexes have live records only
	}
	return j.edge.ListFrom == "" && single(j.edge, c.withDeleted) && keyCondition(j.edge) >= 0 && leads(j.model, first.value.field.Name)
}

// unfiltered reports whether there is no condition but on the column that the
// records are counted by.
func (c *compiler) unfiltered() bool {
	root := c.plan.root
	if root.where == nil {
		return true
	}
	return !slices.ContainsFunc(root.where.flat(nil), func(k *cond) bool {
		return k.op != opCompare || k.left.own(root.scope) != root.scope.model.CountedBy
	})
}

// leads reports whether an index begins with a column.
func leads(m *model.Model, column string) bool {
	return m.Key[0] == column || slices.ContainsFunc(m.Indexes, func(i model.Index) bool { return i.Columns[0] == column && i.Where == "" })
}

// pageFromEnd returns the FROM item of a page as two: the records with a value,
// found in the order of the index at the end of the edge, and, if they do not fill
// the page, those without.
func (c *compiler) pageFromEnd(r *Request, limit int) string {
	root := c.plan.root
	first, alias, head := root.order[0], root.scope.alias, c.dialect.quote("~head")
	columns, joins, toEnd := alias+".*", "", ""
	var order, exposed []string
	for i, s := range root.order {
		expr, join := c.sortValue(s)
		if i == 0 {
			toEnd = join
		} else {
			joins += join
			order = append(order, c.sorted(s)+c.direction(s))
		}
		name := s.name
		if name != "" {
			columns += ", " + expr + " AS " + c.dialect.quote(name)
		} else {
			name = s.value.field.Name
		}
		exposed = append(exposed, c.dialect.collate(c.dialect.quote(name), s.value.kind())+c.direction(s))
	}
	value, _ := c.sortValue(first)
	conditions := c.conditions(root.scope, root.where)
	if c.cursor != nil {
		conditions = append(conditions, c.after(root)...)
	}
	from, on := c.fromEnd(first.joins[0])
	on = append(on, value+" IS NOT NULL")
	if c.cursor != nil {
		on = append(on, value+" >= "+c.bind(argument{source: fromSlot, slot: c.cursorSlot, convert: c.dialect.convert("$eq", first.value.kind()), path: "after"}))
	}
	reach := c.bind(argument{source: fromReach, slot: limit})
	var b strings.Builder
	fmt.Fprintf(&b, "(WITH %s AS MATERIALIZED (SELECT %s FROM %s CROSS JOIN %s%s%s ORDER BY %s LIMIT %s)", head, columns, from, c.table(root.scope), joins,
		c.where(append(on, conditions...)), strings.Join(append([]string{value}, order...), ", "), reach)
	fmt.Fprintf(&b, " SELECT * FROM (SELECT * FROM %s UNION ALL SELECT * FROM (SELECT %s FROM %s%s%s%s ORDER BY %s LIMIT %s - (SELECT count(*) FROM %[1]s)) rest) page", head, columns,
		c.table(root.scope), toEnd, joins, c.where(append(conditions, value+" IS NULL")), strings.Join(order, ", "), reach)
	fmt.Fprintf(&b, " ORDER BY %s LIMIT %d", strings.Join(exposed, ", "), limit)
	if r.Offset != 0 {
		b.WriteString(" OFFSET " + c.bind(argument{source: fromOffset}))
	}
	b.WriteString(") " + alias)
	return b.String()
}

// fromEnd joins the tables of an edge backwards, with all conditions that tie them.
func (c *compiler) fromEnd(s *scope) (from string, conditions []string) {
	for i, h := range s.edge.Hops {
		table := c.dialect.quote(h.Model.Table) + " " + s.hops[i]
		if i > 0 {
			table += " CROSS JOIN "
		}
		from = table + from
		conditions = append(conditions, c.on(s, i)...)
	}
	return from, append(conditions, c.visible(s)...)
}
