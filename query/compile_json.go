package query

import (
	"fmt"
	"strings"
)

// document returns the JSON of a node's record, and what the FROM item that has
// the record must be joined with for it.
func (c *compiler) document(n *node) (doc, joins string) {
	if n.content != nil {
		return c.dialect.json.column(c.column(n.scope.alias, n.content.Name)), ""
	}
	pairs, joins := c.pairs(n)
	doc, join := c.dialect.json.record(pairs, "", n.row())
	return doc, joins + join
}

// row returns the alias of a node's record when it is joined for its JSON: r4
// for t4.
func (n *node) row() string { return "r" + n.scope.alias[1:] }

// pairs returns the keys and values of a node's record, and the joins that the
// values need.
func (c *compiler) pairs(n *node) (pairs []pair, joins string) {
	pairs = make([]pair, 0, len(n.columns)+len(n.aggregates)+len(n.virtuals)+len(n.children))
	for _, col := range n.columns {
		pairs = append(pairs, pair{key: col.name, value: c.value(col.value), kind: col.value.kind(), raw: col.raw})
	}
	for _, a := range n.aggregates {
		pairs = append(pairs, pair{key: a.name, value: c.value(a.value), kind: a.value.kind()})
	}
	for _, v := range n.virtuals {
		pairs = append(pairs, pair{key: v.name, value: c.value(v.key)})
	}
	for _, k := range n.children {
		value, join := c.child(k)
		pairs = append(pairs, pair{key: k.name, value: value, document: true})
		joins += join
	}
	return pairs, joins
}

// child returns the JSON at the end of an edge: a record or null, or an array;
// and the joins that it needs.
func (c *compiler) child(n *node) (value, joins string) {
	if n.scope.row != noRow {
		return c.document(n)
	}
	if n.scope.edge.Many {
		return c.array(n), ""
	}
	unique := n.content == nil && single(n.scope.edge, c.withDeleted)
	if unique && !c.oneRecord && c.dialect.joinsToOne {
		return c.joinedChild(n)
	}
	from, conditions := c.from(n.scope)
	if unique {
		pairs, joins := c.pairs(n)
		return c.dialect.json.record(pairs, from+joins+c.where(conditions), n.row())
	}
	doc, joins := c.document(n)
	return "(SELECT " + doc + " FROM " + from + joins + c.where(conditions) + c.first(n.scope) + ")", ""
}

// joinedChild returns the record at the end of a to-one edge, whose tables are
// joined to that of the record where the edge starts.
func (c *compiler) joinedChild(n *node) (doc, joins string) {
	var found []string
	for i, h := range n.scope.edge.Hops {
		alias, on := n.scope.hops[i], c.on(n.scope, i)
		if i == len(n.scope.edge.Hops)-1 {
			on = append(on, c.visible(n.scope)...)
		}
		joins += " LEFT JOIN " + c.dialect.quote(h.Model.Table) + " " + alias + " ON " + strings.Join(on, " AND ")
		found = append(found, c.column(alias, h.Model.Key[0])+" IS NOT NULL")
	}
	doc, more := c.document(n)
	return "CASE WHEN " + strings.Join(found, " AND ") + " THEN " + doc + " END", joins + more
}

// array returns the JSON array of the records at the end of an edge.
func (c *compiler) array(n *node) string {
	from, conditions := c.from(n.scope)
	if n.where != nil && !n.where.empty() {
		conditions = append(conditions, c.conjuncts(n.where, byIndex)...)
	}
	order, joins := c.orderNested(n)
	doc, more := c.document(n)
	switch {
	case n.limit > 0:
		order += fmt.Sprintf(" LIMIT %d", n.limit)
	case c.maxList > 0:
		order += fmt.Sprintf(" LIMIT %d", c.maxList+1)
	case n.offset:
		order += c.dialect.noLimit
	}
	if n.offset {
		order += " OFFSET " + c.bind(argument{source: fromListOffset, text: n.path})
	}
	rows := listRows{doc, from + joins + more + c.where(conditions), order}
	if n.limit > 0 || c.maxList <= 0 {
		return c.dialect.json.array(rows)
	}
	return c.dialect.json.boundedArray(rows, c.maxList, literal(longList+n.path+">"))
}
