package query

import (
	"fmt"
	"slices"
	"strings"
)

// page returns the FROM item of the roots. A single record, found by its key,
// needs no derived table and no order: then the item is the table itself, and
// where finds the record in it.
func (c *compiler) page(r *Request, limit int) (from, where string) {
	root := c.plan.root
	if c.oneRecord {
		return c.table(root.scope), c.where(c.conditions(root.scope, root.where))
	}
	if c.sortsFromEnd(r, limit) {
		c.endFirst = true
		return c.pageFromEnd(r, limit), ""
	}
	var b strings.Builder
	alias := root.scope.alias
	b.WriteString("(SELECT " + alias + ".*")
	joins := ""
	if r.KeepOrder {
		b.WriteString(", listed.position AS " + c.position())
		joins = c.positions(root)
	}
	for _, s := range root.order {
		expr, join := c.sortValue(s)
		joins += join
		if s.name != "" {
			b.WriteString(", " + expr + " AS " + c.dialect.quote(s.name))
		}
	}
	table, conditions := c.table(root.scope), []string(nil)
	if c.findsOnce {
		table = c.foundPage(r, limit) + " found " + c.dialect.leadingJoin + " " + table + " ON " + c.sameKey("found", alias)
	} else {
		conditions = c.conditions(root.scope, root.where)
	}
	if c.cursor != nil {
		conditions = append(conditions, c.after(root)...)
	}
	b.WriteString(" FROM " + table + joins + c.where(conditions))
	b.WriteString(" ORDER BY " + c.orderInside(root, r))
	if limit >= 0 {
		fmt.Fprintf(&b, " LIMIT %d", limit)
	}
	if r.Offset != 0 {
		if limit < 0 {
			b.WriteString(c.dialect.noLimit)
		}
		b.WriteString(" OFFSET " + c.bind(argument{source: fromOffset}))
	}
	b.WriteString(") " + alias)
	return b.String(), ""
}

// findsOneRecord reports whether the request finds one record by its key and
// nothing else: no page, no count, no sort over relations.
func (c *compiler) findsOneRecord(r *Request) bool {
	sortsOutside := slices.ContainsFunc(c.plan.root.order, func(s sort) bool { return s.name != "" })
	return c.plan.oneKey && r.Offset == 0 && r.After == "" && !r.Count && !sortsOutside
}

// foundKeys names the WITH table that holds the keys of all matching records.
// It exists when a request with a filter over edges counts: the edges are then
// followed once, for the count and the page.
func (c *compiler) foundKeys() string { return c.dialect.quote("~found") }

// matching returns the FROM item with one row for each matching record.
func (c *compiler) matching() string {
	if c.findsOnce {
		return c.foundKeys()
	}
	root := c.plan.root
	return c.table(root.scope) + c.where(c.conditions(root.scope, root.where))
}

// foundPage returns the FROM item of the found keys that the page is taken
// from. Under an order by key alone, no more than a page of them are needed.
func (c *compiler) foundPage(r *Request, limit int) string {
	root := c.plan.root
	if c.inWindow && limit >= 0 {
		return "(SELECT * FROM " + c.foundKeys() + " LIMIT " + c.bind(argument{source: fromReach, slot: limit}) + ")"
	}
	keys := make([]string, len(root.order))
	for i, s := range root.order {
		if !slices.Contains(root.scope.model.Key, s.value.own(root.scope)) {
			return c.foundKeys()
		}
		keys[i] = c.dialect.quote(s.value.field.Name) + c.direction(s)
	}
	if limit < 0 || r.Offset != 0 || r.After != "" || r.KeepOrder {
		return c.foundKeys()
	}
	return fmt.Sprintf("(SELECT * FROM %s ORDER BY %s LIMIT %d)", c.foundKeys(), strings.Join(keys, ", "), limit)
}

func (c *compiler) keyColumns(alias string) string {
	var out []string
	for _, k := range c.plan.root.scope.model.Key {
		out = append(out, c.column(alias, k))
	}
	return strings.Join(out, ", ")
}

func (c *compiler) sameKey(a, b string) string {
	var out []string
	for _, k := range c.plan.root.scope.model.Key {
		out = append(out, c.column(a, k)+" = "+c.column(b, k))
	}
	return strings.Join(out, " AND ")
}
