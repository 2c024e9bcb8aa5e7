package query

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/gorgon-commerce/gorgon/model"
)

// conjuncts returns the parts of a condition that must all hold; null counts as
// false.
func (c *compiler) conjuncts(k *cond, a access) []string {
	all := k.flat(nil)
	if c.dialect.prefersIn {
		slices.SortStableFunc(all, func(a, b *cond) int { return a.cost() - b.cost() })
	}
	keyed := c.keyed(all, a)
	out := make([]string, len(all))
	for i, part := range all {
		switch {
		case !slices.Contains(keyed, part):
			out[i] = c.cond(part)
		case isSearch(part):
			out[i] = c.inCandidates() + " AND " + c.cond(part)
		default:
			out[i] = c.inKeys(part)
		}
	}
	return out
}

// flat appends the conditions that c joins with and.
func (c *cond) flat(out []*cond) []*cond {
	if c.op != opAll {
		return append(out, c)
	}
	for _, child := range c.children {
		out = child.flat(out)
	}
	return out
}

func (c *compiler) cond(k *cond) string {
	switch k.op {
	case opAll:
		return c.joined(k.children, " AND ", "TRUE")
	case opAny:
		return c.joined(k.children, " OR ", "FALSE")
	case opNot:
		return "NOT (" + c.cond(k.children[0]) + ")"
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

func (c *compiler) joined(children []*cond, with, empty string) string {
	if len(children) == 0 {
		return empty
	}
	parts := make([]string, len(children))
	for i, k := range children {
		parts[i] = c.cond(k)
	}
	return "(" + strings.Join(parts, with) + ")"
}

// inner returns the conditions on the record at a quantifier's end.
func (c *compiler) inner(k *cond, test string) []string {
	if len(k.children) == 0 {
		return nil
	}
	if test != "" {
		return []string{"(" + c.cond(k.children[0]) + ")" + test}
	}
	return c.conjuncts(k.children[0], byIndex)
}

func (c *compiler) exists(end *scope, conditions []string) string {
	from, on := c.from(end)
	return "EXISTS (SELECT 1 FROM " + from + c.where(append(on, conditions...)) + ")"
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
	case "$eq", "$ne":
		if k.left.anyCase() {
			return left + map[string]string{"$eq": " IN (", "$ne": " NOT IN ("}[k.compare] + c.slot(k, k.compare) + ", " + c.lowerSlot(k) + ")"
		}
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

// slot binds the condition's value, converted for a comparison with the column.
func (c *compiler) slot(k *cond, op string) string {
	convert := c.dialect.convert(op, k.left.kind())
	if k.left.anyCase() && (op == "$in" || op == "$nin") {
		convert = withLower(convert)
	}
	return c.bind(argument{source: fromSlot, slot: k.slot, convert: normal(k.left, convert), path: k.path})
}

// normal returns a converter that first brings texts into the form in which the
// column has them.
func normal(o operand, convert converter) converter {
	if o.inJSON || o.field == nil || o.field.Secret || o.field.Kind != model.Text && o.field.Kind != model.TextList {
		return convert
	}
	return func(v any) (any, error) { return convert(normalTexts(v)) }
}

// normalTexts returns a value with its texts in normal form C.
func normalTexts(v any) any {
	abnormal := func(v any) bool {
		s, ok := plain(v).(string)
		return ok && !norm.NFC.IsNormalString(s)
	}
	if abnormal(v) {
		return norm.NFC.String(plain(v).(string))
	}
	if texts, ok := v.([]string); ok && !slices.ContainsFunc(texts, func(s string) bool { return !norm.NFC.IsNormalString(s) }) {
		return v
	}
	if listLen(v) == 0 || !slices.ContainsFunc(toList(v), abnormal) {
		return v
	}
	list := slices.Clone(toList(v))
	for i, e := range list {
		if abnormal(e) {
			list[i] = norm.NFC.String(plain(e).(string))
		}
	}
	return list
}

// lowerSlot binds the condition's value in lower case: what was imported may have
// another spelling, and is found by that.
func (c *compiler) lowerSlot(k *cond) string {
	return c.bind(argument{source: fromSlot, slot: k.slot, convert: normal(k.left, lower(c.dialect.convert("$eq", k.left.kind()))), path: k.path})
}

// lower returns a converter of texts to lower case.
func lower(convert converter) converter {
	return func(v any) (any, error) {
		v, err := convert(v)
		if s, ok := v.(string); ok {
			return strings.ToLower(s), err
		}
		return v, err
	}
}

// withLower returns a converter of lists that have each text in lower case, too.
func withLower(convert converter) converter {
	return func(v any) (any, error) {
		given := []any{v}
		if listLen(v) > 0 {
			given = toList(v)
		}
		list := slices.Clone(given)
		for _, each := range given {
			if s, ok := plain(each).(string); ok {
				list = append(list, strings.ToLower(s))
			}
		}
		return convert(list)
	}
}

// anyCase reports whether the column's texts are the same if they differ only in
// case.
func (o operand) anyCase() bool {
	return o.field != nil && o.field.AnyCase && o.aggregate == nil && !o.inJSON
}

// member completes a list condition: negation, and a null among the values.
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

// jsonComparison compares the value at a path of a JSON column. A value of a
// different JSON type than the one it is compared with counts as null.
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
			exists := c.dialect.document.exists(column, path)
			if k.compare == "$in" {
				return "(" + in + " OR NOT " + exists + ")"
			}
			return "(NOT (" + in + ") AND " + exists + ")"
		}
		return c.member(k, left, in)
	case "$like", "$ilike", "$re":
		return c.dialect.text.match(k.compare, left, slot)
	case "$fulltext":
		return c.dialect.fullText(left, slot)
	}
	return left + symbols[k.compare] + slot + c.dialect.casts[kind]
}

// search returns the condition that each word of the text is in some searchable
// column, of the record or at the end of a searched relation.
func (c *compiler) search(k *cond) string {
	words := c.bind(argument{source: fromSlot, slot: k.slot, convert: func(v any) (any, error) { return wordPatterns(normalTexts(v)) }, path: k.path})
	word := c.dialect.word
	var alternatives []string
	for _, s := range k.search {
		var hits []string
		for _, o := range s.columns {
			hits = append(hits, "coalesce("+c.dialect.text.contains(c.value(o), o.kind(), word)+", FALSE)")
		}
		hit := strings.Join(hits, " OR ")
		if s.end != nil {
			hit = c.exists(s.end, []string{"(" + hit + ")"})
		}
		alternatives = append(alternatives, hit)
	}
	return "NOT EXISTS (SELECT 1 FROM " + c.dialect.text.words(words) + " WHERE NOT (" + strings.Join(alternatives, " OR ") + "))"
}
