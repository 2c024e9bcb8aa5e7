package query

import "strings"

// sortValue returns the SQL of a sort key and the joins it needs. Where a
// relation on its path could lead to more than one row, the value is a subquery
// that takes the first: a join would repeat records.
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
	if m := s.value.aggregate; m != nil && (m.function == "$count" || m.function == total) && len(s.joins) > 0 {
		// Without a record there is no list to count or add up: null, not 0.
		value = "CASE WHEN " + c.key(s.joins[len(s.joins)-1]) + " IS NOT NULL THEN " + value + " END"
	}
	return value, joins
}

func (c *compiler) direction(s sort) string {
	nullable := len(s.joins) > 0 || s.value.nullable()
	return c.dialect.direction(s.desc, nullable)
}

// orderInside returns the order of the page's own subquery.
func (c *compiler) orderInside(n *node, r *Request) string {
	if r.KeepOrder {
		return "listed.position"
	}
	keys := make([]string, len(n.order))
	for i, s := range n.order {
		expr := c.sorted(s)
		keys[i] = expr + c.direction(s)
	}
	return strings.Join(keys, ", ")
}

// sorted returns a sort key inside the page's subquery: by its name if it is
// exposed.
func (c *compiler) sorted(s sort) string {
	if s.name != "" {
		return c.dialect.collate(c.dialect.quote(s.name), s.value.kind())
	}
	expr, _ := c.sortValue(s)
	return expr
}

// orderOutside returns the page's order again, where its rows become JSON.
func (c *compiler) orderOutside(n *node, r *Request) string {
	if r.KeepOrder {
		return n.scope.alias + "." + c.position()
	}
	keys := make([]string, len(n.order))
	for i, s := range n.order {
		expr := c.exposed(n, s)
		keys[i] = expr + c.direction(s)
	}
	return strings.Join(keys, ", ")
}

// exposed returns a sort key as the page exposes it.
func (c *compiler) exposed(n *node, s sort) string {
	if s.name != "" {
		return c.dialect.collate(n.scope.alias+"."+c.dialect.quote(s.name), s.value.kind())
	}
	return c.comparable(s.value)
}

// positions returns a join with the index of each primary key in the filter's
// list. It exists once for all records, so that long lists cost no more than
// short ones for each.
func (c *compiler) positions(n *node) string {
	ids := c.bind(argument{source: fromSlot, slot: c.plan.keys, convert: textList})
	return " JOIN " + c.dialect.list.positions(ids, "listed") + " ON listed.value = " + c.key(n.scope)
}

// position is the column of the page that exposes the index.
func (c *compiler) position() string { return c.dialect.quote("~position") }

// orderNested returns the order of a nested list and the joins it needs.
func (c *compiler) orderNested(n *node) (order, joins string) {
	if n.scope.edge.ListFrom != "" && !n.ordered {
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

// keys returns the JSON array of a record's sort keys, for the cursor.
func (c *compiler) keys(n *node) string {
	values := make([]pair, len(n.order))
	for i, s := range n.order {
		value := n.scope.alias + "." + c.dialect.quote(s.name)
		if s.name == "" {
			value = c.value(s.value) // not before: it may bind an argument, and PostgreSQL rejects unused ones
		}
		values[i] = pair{value: value, kind: s.value.kind()}
	}
	return c.dialect.json.tuple(values)
}

// after returns the conditions that a record comes after the cursor's: for some
// key it does, and all keys before are equal. The bound of the first key is
// repeated by itself, since databases can use an index for it.
func (c *compiler) after(n *node) []string {
	var ways, equal []string
	for i, s := range n.order {
		expr, _ := c.sortValue(s)
		null := c.cursor[i]
		value := ""
		if !null {
			value = c.bind(argument{source: fromSlot, slot: c.cursorSlot + i, convert: c.dialect.convert("$eq", s.value.kind()), path: "after"})
		}
		if after := comesAfter(expr, value, s, null, len(s.joins) > 0 || s.value.nullable()); after != "" {
			ways = append(ways, strings.Join(append(equal[:len(equal):len(equal)], after), " AND "))
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

// comesAfter returns the condition that a key comes after the cursor's value;
// "" when no key can.
func comesAfter(expr, value string, s sort, null, nullable bool) string {
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
