package query

import "strings"

// sortValue is the SQL of a sort key, and the joins it needs. Where a relation
// on its way could lead to more than one row, the value is a subquery that
// takes the first; a join would double records.
func (c *compiler) sortValue(s sort) (value, joins string) {
	direct := true
	for _, j := range s.joins {
		direct = direct && single(j.edge, c.withDeleted) && j.edge.ListFrom == ""
	}
	if !direct {
		value = c.comparable(s.value)
		for i := len(s.joins) - 1; i >= 0; i-- {
			j := s.joins[i]
			from, conditions := c.from(j)
			value = "(SELECT " + value + " FROM " + from + c.where(conditions) + c.first(j) + ")"
		}
		return c.dialect.collate(value, s.value.kind()), ""
	}
	for _, j := range s.joins {
		from, conditions := c.from(j)
		if len(j.edge.Hops) > 1 {
			from = "(" + from + ")"
		}
		joins += " LEFT JOIN " + from + " ON " + strings.Join(conditions, " AND ")
	}
	value = c.comparable(s.value)
	if m := s.value.measure; m != nil && m.function == "$count" && len(s.joins) > 0 {
		// A record that is absent has no list: that is null, not a list of none.
		value = "CASE WHEN " + c.key(s.joins[len(s.joins)-1]) + " IS NOT NULL THEN " + value + " END"
	}
	return value, joins
}

// direction is the tail of a sort key. PostgreSQL's own order of nulls is
// ours: last ascending, first descending.
func (c *compiler) direction(s sort) string {
	nullable := len(s.joins) > 0 || s.value.nullable()
	return c.dialect.direction(s.desc, nullable)
}

// orderInside is the order of the page's own query.
func (c *compiler) orderInside(n *node, r *Request) string {
	if r.KeepOrder {
		return c.position(n)
	}
	keys := make([]string, len(n.order))
	for i, s := range n.order {
		expr := c.sorted(s)
		keys[i] = expr + c.direction(s)
	}
	return strings.Join(keys, ", ")
}

// sorted is a sort key inside the page's query: an exposed one by its name.
func (c *compiler) sorted(s sort) string {
	if s.name != "" {
		return c.dialect.collate(c.dialect.quote(s.name), s.value.kind())
	}
	expr, _ := c.sortValue(s)
	return expr
}

// orderOutside repeats the page's order where its rows are turned into JSON.
func (c *compiler) orderOutside(n *node, r *Request) string {
	if r.KeepOrder {
		return c.position(n)
	}
	keys := make([]string, len(n.order))
	for i, s := range n.order {
		expr := c.exposed(n, s)
		keys[i] = expr + c.direction(s)
	}
	return strings.Join(keys, ", ")
}

// exposed is a sort key seen from outside the page.
func (c *compiler) exposed(n *node, s sort) string {
	if s.name != "" {
		return c.dialect.collate(n.scope.alias+"."+c.dialect.quote(s.name), s.value.kind())
	}
	return c.comparable(s.value)
}

// position orders by the place of the primary key in the filter's list.
func (c *compiler) position(n *node) string {
	ids := c.bind(argument{source: fromSlot, slot: c.plan.keys, convert: textList})
	return c.dialect.list.position(c.key(n.scope), ids)
}

// orderNested is the order of a nested list, with the joins it needs.
func (c *compiler) orderNested(n *node) (order, joins string) {
	if n.scope.edge.ListFrom != "" && !n.arranged {
		return n.scope.alias + "i." + c.dialect.ordinal, ""
	}
	keys := make([]string, len(n.order))
	for i, s := range n.order {
		expr, join := c.sortValue(s)
		joins += join
		keys[i] = expr + c.direction(s)
	}
	return strings.Join(keys, ", "), joins
}

// keys is the JSON array of a record's sort keys, for the cursor.
func (c *compiler) keys(n *node) string {
	values := make([]pair, len(n.order))
	for i, s := range n.order {
		value := n.scope.alias + "." + c.dialect.quote(s.name)
		if s.name == "" {
			value = c.value(s.value) // only here: PostgreSQL refuses arguments bound for nothing
		}
		values[i] = pair{value: value, kind: s.value.kind()}
	}
	return c.dialect.json.tuple(values)
}

// after are the conditions that a record comes behind the cursor's: for some
// key it is behind while all keys before are equal. The first key's bound is
// repeated alone, since databases can use it with an index.
func (c *compiler) after(n *node) []string {
	var ways, equal []string
	for i, s := range n.order {
		expr, _ := c.sortValue(s)
		null := c.cursor[i]
		value := ""
		if !null {
			value = c.bind(argument{source: fromSlot, slot: c.cursorSlot + i, convert: c.dialect.convert("$eq", s.value.kind()), path: "after"})
		}
		if behind := behind(expr, value, s, null, len(s.joins) > 0 || s.value.nullable()); behind != "" {
			ways = append(ways, strings.Join(append(equal[:len(equal):len(equal)], behind), " AND "))
		}
		if null {
			equal = append(equal, expr+" IS NULL")
		} else {
			equal = append(equal, expr+" = "+value)
		}
	}
	out := []string{"(" + strings.Join(ways, " OR ") + ")"}
	if first := n.order[0]; !c.cursor[0] && len(first.joins) == 0 && !first.value.nullable() {
		expr, _ := c.sortValue(first)
		op := " >= "
		if first.desc {
			op = " <= "
		}
		value := c.bind(argument{source: fromSlot, slot: c.cursorSlot, convert: c.dialect.convert("$eq", first.value.kind()), path: "after"})
		out = append(out, expr+op+value)
	}
	return out
}

// behind is the condition that a key comes behind the cursor's value; "" when
// nothing can.
func behind(expr, value string, s sort, null, nullable bool) string {
	switch {
	case null && s.desc:
		return expr + " IS NOT NULL"
	case null:
		return ""
	case s.desc:
		return expr + " < " + value
	case nullable:
		return "(" + expr + " > " + value + " OR " + expr + " IS NULL)"
	}
	return expr + " > " + value
}
