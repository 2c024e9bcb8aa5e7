package query

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// sqliteJSON joins JSON as text: SQLite would parse a subquery's document again
// at every level. Columns that hold no JSON go through json_object, which
// quotes them; its closing brace is cut off, and the documents follow.
type sqliteJSON struct{}

func (j sqliteJSON) record(pairs []pair, from, _ string) (doc, join string) {
	if from == "" {
		return j.object(pairs), ""
	}
	return "(SELECT " + j.object(pairs) + " FROM " + from + ")", ""
}

// array orders the rows in the subquery, from which group_concat takes them;
// an ORDER BY of its own would cost more.
func (sqliteJSON) array(r listRows) string {
	return "(SELECT concat('[', group_concat(doc, ','), ']') FROM (" + r.query() + "))"
}

func (sqliteJSON) boundedArray(r listRows, most int, message string) string {
	return fmt.Sprintf("(SELECT CASE WHEN count(*) > %d THEN fail(%s) ELSE concat('[', group_concat(doc, ','), ']') END FROM (%s))", most, message, r.query())
}

// object relies on functions taking 1,000 arguments, which no model reaches.
func (j sqliteJSON) object(pairs []pair) string {
	size, plain := 48, 0
	for _, p := range pairs {
		size += len(p.key) + len(p.value) + 24
		if !isJSON(p) {
			plain++
		}
	}
	var b strings.Builder
	b.Grow(size)
	before := "concat('{"
	switch plain {
	case 0:
	case len(pairs):
		j.plainObject(&b, pairs)
		return b.String()
	default:
		b.WriteString("concat(rtrim(")
		j.plainObject(&b, pairs)
		before = ", '}'), '," // no plain value ends in a brace, so exactly one is cut
	}
	for _, p := range pairs {
		if isJSON(p) {
			b.WriteString(before)
			b.WriteString(strings.ReplaceAll(quoteJSON(p.key), "'", "''"))
			b.WriteString(":', ")
			j.fragment(&b, p)
			before = ", ',"
		}
	}
	b.WriteString(", '}')")
	return b.String()
}

// plainObject writes the pairs that are not JSON yet, for the database to quote.
func (sqliteJSON) plainObject(b *strings.Builder, pairs []pair) {
	before := "json_object("
	for _, p := range pairs {
		if !isJSON(p) {
			b.WriteString(before)
			b.WriteString(literal(p.key))
			b.WriteString(", ")
			b.WriteString(p.value)
			before = ", "
		}
	}
	b.WriteByte(')')
}

// isJSON reports whether SQLite stores a value as JSON text, or fragment turns
// it into JSON.
func isJSON(p pair) bool {
	switch p.kind {
	case model.Decimal, model.JSON, model.TextList, model.Bool:
		return true
	}
	return p.document || p.raw
}

// fragment writes a value as JSON text.
func (sqliteJSON) fragment(b *strings.Builder, p pair) {
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

// quoteJSON returns a key as JSON text. Keys are names from descriptors.
func quoteJSON(key string) string {
	b, _ := json.Marshal(key) // a string: cannot fail
	return string(b)
}

func (sqliteJSON) tuple(values []pair) string {
	args := make([]string, len(values))
	for i, v := range values {
		switch v.kind {
		case model.Decimal:
			args[i] = "json(" + v.value + ")"
		case model.Bool:
			args[i] = "CASE " + v.value + " WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"
		default:
			args[i] = v.value
		}
	}
	return "json_array(" + strings.Join(args, ", ") + ")"
}

func (sqliteJSON) column(column string) string { return "coalesce(" + column + ", 'null')" }

type sqliteDocument struct{}

func (sqliteDocument) path(keys []string) string {
	var b strings.Builder
	b.WriteString("$")
	for _, k := range keys {
		b.WriteString(`."` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(k) + `"`)
	}
	return b.String()
}

func (sqliteDocument) exists(column, path string) string {
	return "(coalesce(json_type(" + column + ", " + path + "), 'null') <> 'null')"
}

func (sqliteDocument) value(column, path string, class valueClass) string {
	types := "'text'"
	switch class {
	case isNumber:
		types = "'integer', 'real'"
	case isBool:
		types = "'true', 'false'"
	}
	return "(CASE WHEN json_type(" + column + ", " + path + ") IN (" + types + ") THEN json_extract(" + column + ", " + path + ") END)"
}
