package query

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

type sqlite struct{ db db.Dialect }

func (s sqlite) quote(identifier string) string { return s.db.Quote(identifier) }
func (s sqlite) placeholder(n int) string       { return s.db.Placeholder(n) }

func (sqlite) constant(v any) string {
	switch v := v.(type) {
	case string:
		return literal(v)
	case bool:
		if v {
			return "1"
		}
		return "0"
	}
	return fmt.Sprint(v)
}

// JSON is joined as text: SQLite would parse what a subquery answers anew at
// every level. Columns that hold no JSON go through json_object, which quotes
// them; its closing brace is cut off, and documents follow as they are.

func (d sqlite) record(pairs []pair, from, _ string) (doc, join string) {
	if from == "" {
		return d.object(pairs), ""
	}
	return "(SELECT " + d.object(pairs) + " FROM " + from + ")", ""
}

// joinsOne: tables joined are planned worse than an index lookup each.
func (sqlite) joinsOne() bool { return false }

// list: group_concat takes the rows in the order of the subquery, which costs
// less than an order of its own.
func (sqlite) list(doc, from, order string) string {
	return "(SELECT concat('[', group_concat(doc, ','), ']') FROM (SELECT " + doc + " AS doc FROM " + from + " ORDER BY " + order + "))"
}

// object: functions have at most 1,000 arguments, which no model reaches.
func (d sqlite) object(pairs []pair) string {
	size, plain := 48, 0
	for _, p := range pairs {
		size += len(p.key) + len(p.value) + 24
		if !d.isJSON(p) {
			plain++
		}
	}
	var b strings.Builder
	b.Grow(size)
	before := "concat('{"
	switch plain {
	case 0:
	case len(pairs):
		d.plain(&b, pairs)
		return b.String()
	default:
		b.WriteString("concat(rtrim(")
		d.plain(&b, pairs)
		before = ", '}'), '," // no plain value ends in a brace, so exactly one is cut
	}
	for _, p := range pairs {
		if d.isJSON(p) {
			b.WriteString(before)
			b.WriteString(strings.ReplaceAll(quoteJSON(p.key), "'", "''"))
			b.WriteString(":', ")
			d.fragment(&b, p)
			before = ", ',"
		}
	}
	b.WriteString(", '}')")
	return b.String()
}

// plain writes the pairs that hold no JSON, for the database to quote.
func (d sqlite) plain(b *strings.Builder, pairs []pair) {
	before := "json_object("
	for _, p := range pairs {
		if !d.isJSON(p) {
			b.WriteString(before)
			b.WriteString(literal(p.key))
			b.WriteString(", ")
			b.WriteString(p.value)
			before = ", "
		}
	}
	b.WriteByte(')')
}

// isJSON reports whether a value is JSON text already.
func (sqlite) isJSON(p pair) bool {
	switch p.kind {
	case model.Decimal, model.JSON, model.TextList, model.Bool:
		return true
	}
	return p.document || p.raw
}

// fragment writes a value that is JSON text.
func (sqlite) fragment(b *strings.Builder, p pair) {
	before, after := "coalesce(", ", 'null')"
	switch {
	case p.document:
	case p.raw:
		before, after = "CASE WHEN "+p.value+` IS NOT NULL THEN concat('{"value":"', `, `, '","precision":20}') ELSE 'null' END`
	case p.kind == model.Bool:
		before, after = "CASE ", " WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
	}
	b.WriteString(before)
	b.WriteString(p.value)
	b.WriteString(after)
}

// truth makes JSON's true and false of 1 and 0; other kinds are as they are.
func truth(p pair) string {
	if p.kind == model.Bool {
		return "CASE " + p.value + " WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"
	}
	return p.value
}

// quoteJSON is a key as JSON text. Keys are names of descriptors.
func quoteJSON(key string) string {
	b, _ := json.Marshal(key) // a string: cannot fail
	return string(b)
}

func (sqlite) document(column string) string { return "coalesce(" + column + ", 'null')" }

func (d sqlite) tuple(values []pair) string {
	args := make([]string, len(values))
	for i, v := range values {
		args[i] = truth(v)
		if v.kind == model.Decimal {
			args[i] = "json(" + v.value + ")"
		}
	}
	return "json_array(" + strings.Join(args, ", ") + ")"
}

func (s sqlite) aggregate(function, expr string, k model.Kind) string {
	if function == "$sum" && k == model.Decimal {
		return "decimal_sum(" + expr + ")"
	}
	return function[1:] + "(" + s.collate(expr, k) + ")"
}

func (sqlite) collate(expr string, k model.Kind) string {
	if k == model.Decimal {
		return "(" + expr + " COLLATE decimal)"
	}
	return expr
}

func (sqlite) direction(desc, nullable bool) string {
	switch {
	case desc && nullable:
		return " DESC NULLS FIRST"
	case desc:
		return " DESC"
	case nullable:
		return " NULLS LAST"
	}
	return ""
}

func (sqlite) noLimit() string { return " LIMIT -1" }

func (sqlite) position(key, ids string) string {
	return "(SELECT min(p.key) FROM json_each(" + ids + ") p WHERE p.value = " + key + ")"
}

func (sqlite) leads() string   { return "CROSS JOIN" }
func (sqlite) prefersIn() bool { return true }

func (s sqlite) member(left string, k model.Kind, list string) string {
	return left + " IN (SELECT value FROM json_each(" + list + "))"
}

func (sqlite) lists(op, left, list string) string {
	outer, inner := list, left // every element of outer must be in inner
	if op == "$contained" {
		outer, inner = left, list
	}
	test := "NOT EXISTS (SELECT 1 FROM json_each(" + outer + ") w WHERE w.value NOT IN (SELECT value FROM json_each(" + inner + ")))"
	if op == "$overlap" {
		test = "EXISTS (SELECT 1 FROM json_each(" + outer + ") w WHERE w.value IN (SELECT value FROM json_each(" + inner + ")))"
	}
	return "CASE WHEN " + left + " IS NOT NULL THEN " + test + " END"
}

func (s sqlite) text(op, left, pattern string) string {
	switch op {
	case "$like":
		return left + " GLOB " + pattern
	case "$ilike":
		return "ilike(" + pattern + ", " + left + ")"
	case "$re":
		return "matches(" + pattern + ", " + left + ")"
	}
	return "CASE WHEN " + left + " IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM " + s.words(pattern) + " WHERE NOT " +
		s.contains(left, model.Text, s.word()) + ") END"
}

func (sqlite) cast(value string, _ model.Kind) string { return value }

func (sqlite) jsonPath(keys []string) string {
	var b strings.Builder
	b.WriteString("$")
	for _, k := range keys {
		b.WriteString(`."` + strings.ReplaceAll(k, `"`, `\"`) + `"`)
	}
	return b.String()
}

func (sqlite) jsonExists(column, path string) string {
	return "(coalesce(json_type(" + column + ", " + path + "), 'null') <> 'null')"
}

func (sqlite) jsonValue(column, path string, class valueClass) string {
	types := "'text'"
	switch class {
	case isNumber:
		types = "'integer', 'real'"
	case isBool:
		types = "'true', 'false'"
	}
	return "(CASE WHEN json_type(" + column + ", " + path + ") IN (" + types + ") THEN json_extract(" + column + ", " + path + ") END)"
}

func (s sqlite) jsonMember(left string, k model.Kind, list string) string {
	return s.member(left, k, list)
}

// jsonConverter: numbers in JSON are floats or integers here, so they are
// compared as such.
func (s sqlite) jsonConverter(op string, k model.Kind) func(any) (any, error) {
	if k == model.Decimal {
		k = model.Float
	}
	return s.converter(op, k)
}

// converter: lists are JSON text, times text, and LIKE becomes GLOB, which
// minds case and can use an index.
func (sqlite) converter(op string, k model.Kind) func(any) (any, error) {
	convert := valueConverter(op, k)
	switch {
	case op == "$like":
		return func(v any) (any, error) {
			pattern, err := convert(v)
			if err != nil {
				return nil, err
			}
			return glob(pattern.(string)), nil
		}
	case operatorUses[op].list:
		return func(v any) (any, error) {
			list, err := convert(v)
			if err != nil {
				return nil, err
			}
			return jsonText(wireList(list))
		}
	}
	return convert
}

// wireList is a list as JSON holds it in SQLite: times in their text form,
// truth as 1 and 0.
func wireList(list any) any {
	switch l := list.(type) {
	case []time.Time:
		out := make([]string, len(l))
		for i, t := range l {
			out[i] = t.UTC().Format(model.TimeFormat)
		}
		return out
	case []bool:
		out := make([]int, len(l))
		for i, b := range l {
			if b {
				out[i] = 1
			}
		}
		return out
	}
	return list
}

// glob turns a LIKE pattern (% any run, _ any one, \ the next one literally)
// into a GLOB pattern.
func glob(like string) string {
	var b strings.Builder
	escaped := false
	for _, r := range like {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '%':
			b.WriteByte('*')
		case !escaped && r == '_':
			b.WriteByte('?')
		case strings.ContainsRune("*?[", r):
			b.WriteString("[" + string(r) + "]")
		default:
			b.WriteRune(r)
		}
		escaped = false
	}
	return b.String()
}

func (sqlite) unnest(column, alias string) string { return "json_each(" + column + ") " + alias }
func (sqlite) element(alias string) string        { return alias + ".value" }
func (sqlite) ordinal(alias string) string        { return alias + ".key" }
func (sqlite) words(list string) string           { return "json_each(" + list + ") w" }
func (sqlite) word() string                       { return "w.value" }

func (sqlite) contains(expr string, _ model.Kind, word string) string {
	return "ilike(" + word + ", " + expr + ")"
}
