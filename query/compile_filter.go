package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// conjuncts are the parts of a condition that must all hold; null counts as
// false. whole says that every record is tried, unless a condition keeps that
// from being necessary.
func (c *compiler) conjuncts(k *cond, whole bool) []string {
	all := k.flat(nil)
	if c.dialect.prefersIn {
		slices.SortStableFunc(all, func(a, b *cond) int { return a.cost() - b.cost() })
	}
	lists := c.lists(all, whole)
	out := make([]string, len(all))
	for i, part := range all {
		if slices.Contains(lists, part) {
			out[i] = c.among(part)
		} else {
			out[i] = c.cond(part)
		}
	}
	return out
}

func (c *cond) flat(out []*cond) []*cond {
	if c.op != opAll {
		return append(out, c)
	}
	for _, kid := range c.kids {
		out = kid.flat(out)
	}
	return out
}

func (c *compiler) cond(k *cond) string {
	switch k.op {
	case opAll:
		return c.joined(k.kids, " AND ", "TRUE")
	case opAny:
		return c.joined(k.kids, " OR ", "FALSE")
	case opNot:
		return "NOT (" + c.cond(k.kids[0]) + ")"
	case opCompare:
		return c.comparison(k)
	case opSome:
		return c.exists(k.end, c.inner(k, ""))
	case opNone:
		return "NOT " + c.exists(k.end, c.inner(k, ""))
	case opEvery:
		return "NOT " + c.exists(k.end, c.inner(k, " IS NOT TRUE"))
	}
	return c.search(k)
}

func (c *compiler) joined(kids []*cond, with, none string) string {
	if len(kids) == 0 {
		return none
	}
	parts := make([]string, len(kids))
	for i, k := range kids {
		parts[i] = c.cond(k)
	}
	return "(" + strings.Join(parts, with) + ")"
}

// inner are the conditions on the record at a quantifier's end.
func (c *compiler) inner(k *cond, test string) []string {
	if len(k.kids) == 0 {
		return nil
	}
	if test != "" {
		return []string{"(" + c.cond(k.kids[0]) + ")" + test}
	}
	return c.conjuncts(k.kids[0], false)
}

func (c *compiler) exists(end *scope, conditions []string) string {
	from, way := c.from(end)
	return "EXISTS (SELECT 1 FROM " + from + c.where(append(way, conditions...)) + ")"
}

func (c *compiler) comparison(k *cond) string {
	left := c.comparable(k.left)
	if k.left.inJSON {
		return c.jsonComparison(k, left)
	}
	kind := k.left.kind()
	switch k.compare {
	case "$eqnull":
		return left + " IS NULL"
	case "$nenull":
		return left + " IS NOT NULL"
	case "$exists":
		return "(" + left + " IS NOT NULL) = " + c.slot(k, "$exists")
	case "$in", "$nin":
		return c.member(k, left, c.dialect.list.member(left, kind, c.slot(k, k.compare)))
	case "$contains", "$overlap", "$contained":
		return c.dialect.list.compare(k.compare, left, c.slot(k, k.compare))
	case "$like", "$ilike", "$re":
		return c.dialect.text.match(k.compare, left, c.slot(k, k.compare))
	case "$fulltext":
		return c.dialect.fullText(left, c.slot(k, k.compare))
	}
	return left + symbols[k.compare] + c.slot(k, k.compare)
}

var symbols = map[string]string{"$eq": " = ", "$ne": " <> ", "$gt": " > ", "$gte": " >= ", "$lt": " < ", "$lte": " <= "}

// slot binds the condition's value, turned into what the column compares with.
func (c *compiler) slot(k *cond, op string) string {
	return c.bind(argument{source: fromSlot, slot: k.slot, convert: c.dialect.convert(op, k.left.kind()), path: k.path})
}

// member completes a list condition for a null among the values.
func (c *compiler) member(k *cond, left, in string) string {
	switch {
	case k.compare == "$in" && k.hasNull:
		return "(" + in + " OR " + left + " IS NULL)"
	case k.compare == "$in":
		return in
	case k.hasNull:
		return "(NOT (" + in + ") AND " + left + " IS NOT NULL)"
	}
	return "NOT (" + in + ")"
}

// jsonComparison compares the value at a path of a JSON column. A value of
// another JSON type than the one it is compared with is as null.
func (c *compiler) jsonComparison(k *cond, column string) string {
	path := c.bind(argument{source: fromConstant, text: c.dialect.document.path(k.left.json)})
	switch k.compare {
	case "$eqnull":
		return "NOT " + c.dialect.document.exists(column, path)
	case "$nenull":
		return c.dialect.document.exists(column, path)
	case "$exists":
		return c.dialect.document.exists(column, path) + " = " + c.slot(k, "$exists")
	}
	kind := jsonKind(condition{class: k.class})
	if kind == model.Decimal {
		kind = c.dialect.jsonNumber
	}
	left := c.dialect.document.value(column, path, k.class)
	slot := c.bind(argument{source: fromSlot, slot: k.slot, convert: c.dialect.convert(k.compare, kind), path: k.path})
	switch k.compare {
	case "$in", "$nin":
		in := c.dialect.list.member(left, kind, slot)
		if k.hasNull {
			left = c.dialect.document.exists(column, path)
			if k.compare == "$in" {
				return "(" + in + " OR NOT " + left + ")"
			}
			return "(NOT (" + in + ") AND " + left + ")"
		}
		return c.member(k, left, in)
	case "$like", "$ilike", "$re":
		return c.dialect.text.match(k.compare, left, slot)
	case "$fulltext":
		return c.dialect.fullText(left, slot)
	}
	return left + symbols[k.compare] + slot + c.dialect.casts[kind]
}

// search wants each word of the text in some searchable column, here or at the
// end of a searched relation.
func (c *compiler) search(k *cond) string {
	words := c.bind(argument{source: fromSlot, slot: k.slot, convert: wordPatterns, path: k.path})
	word := c.dialect.word
	var places []string
	for _, s := range k.search {
		var hits []string
		for _, o := range s.columns {
			hits = append(hits, "coalesce("+c.dialect.text.contains(c.value(o), o.kind(), word)+", FALSE)")
		}
		hit := strings.Join(hits, " OR ")
		if s.end != nil {
			hit = c.exists(s.end, []string{"(" + hit + ")"})
		}
		places = append(places, hit)
	}
	return "NOT EXISTS (SELECT 1 FROM " + c.dialect.text.words(words) + " WHERE NOT (" + strings.Join(places, " OR ") + "))"
}
