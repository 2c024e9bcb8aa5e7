package query

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

type postgres struct{ db db.Dialect }

func (p postgres) quote(identifier string) string { return p.db.Quote(identifier) }
func (p postgres) placeholder(n int) string       { return p.db.Placeholder(n) }

func (postgres) constant(v any) string {
	switch v := v.(type) {
	case string:
		return literal(v)
	case bool:
		return strings.ToUpper(fmt.Sprint(v))
	}
	return fmt.Sprint(v)
}

// JSON is made of joined rows, whose columns are the keys: row_to_json takes
// half the time of json_build_object, and a join lets the planner choose how
// to find the records of a page. What is joined is a plain SELECT that
// PostgreSQL merges into the query around it.

func (d postgres) record(pairs []pair, from, alias string) (doc, join string) {
	switch {
	case !named(pairs) && from == "":
		return d.object(pairs), ""
	case !named(pairs):
		return "(SELECT " + d.object(pairs) + " FROM " + from + ")", ""
	case from == "":
		join = " CROSS JOIN LATERAL (SELECT " + d.columns(pairs) + ") " + alias
	default:
		join = " LEFT JOIN LATERAL (SELECT " + d.columns(pairs) + " FROM " + from + ") " + alias + " ON TRUE"
	}
	return "row_to_json(" + alias + ")", join
}

// joinsOne: the planner chooses between lookups and a hash of a small table.
func (postgres) joinsOne() bool { return true }

func (postgres) list(doc, from, order string) string {
	return "array_to_json(ARRAY(SELECT " + doc + " FROM " + from + " ORDER BY " + order + "))"
}

func (d postgres) columns(pairs []pair) string {
	size := 0
	for _, p := range pairs {
		size += len(p.key) + len(p.value) + 64
	}
	var b strings.Builder
	b.Grow(size)
	for i, p := range pairs {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(d.output(p))
		b.WriteString(" AS ")
		b.WriteString(d.quote(p.key))
	}
	return b.String()
}

// named reports whether the keys can be names of columns: PostgreSQL cuts
// names at 63 bytes, and rows have 1,600 columns at the most.
func named(pairs []pair) bool {
	for _, p := range pairs {
		if len(p.key) > 63 {
			return false
		}
	}
	return len(pairs) <= 1600
}

// output is a value as it stands in a record. Times are in UTC, the time zone
// of every connection.
func (postgres) output(p pair) string {
	switch {
	case p.raw:
		return "CASE WHEN " + p.value + " IS NOT NULL THEN json_build_object('value', trim_scale(" + p.value + ")::text, 'precision', 20) END"
	case p.kind == model.Time && !p.document:
		return "to_char(" + p.value + `, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
	}
	return p.value
}

// maxPairs is how many pairs json_build_object takes: functions have at most
// 100 arguments.
const maxPairs = 50

// object is a record whose keys cannot be names of columns. One of more pairs
// is split into objects, whose texts are joined.
func (d postgres) object(pairs []pair) string {
	if len(pairs) <= maxPairs {
		return d.build(pairs)
	}
	var parts []string
	for len(pairs) > 0 {
		n := min(maxPairs, len(pairs))
		parts = append(parts, "left(right("+d.build(pairs[:n])+"::text, -1), -1)")
		pairs = pairs[n:]
	}
	return "('{' || " + strings.Join(parts, " || ',' || ") + " || '}')::json"
}

func (d postgres) build(pairs []pair) string {
	args := make([]string, len(pairs))
	for i, p := range pairs {
		args[i] = literal(p.key) + ", " + d.output(p)
	}
	return "json_build_object(" + strings.Join(args, ", ") + ")"
}

func (postgres) document(column string) string { return column }

func (d postgres) tuple(values []pair) string {
	args := make([]string, len(values))
	for i, v := range values {
		args[i] = d.output(v)
	}
	return "json_build_array(" + strings.Join(args, ", ") + ")"
}

func (postgres) aggregate(function, expr string, k model.Kind) string {
	if function == "$sum" && k == model.Decimal {
		return "trim_scale(sum(" + expr + "))"
	}
	return function[1:] + "(" + expr + ")"
}

func (postgres) collate(expr string, _ model.Kind) string { return expr }

func (postgres) direction(desc, _ bool) string {
	if desc {
		return " DESC"
	}
	return ""
}

func (postgres) noLimit() string { return " LIMIT ALL" }

func (postgres) position(key, ids string) string {
	return "array_position(" + ids + "::text[], " + key + ")"
}

// arrays are the types of list arguments. Decimals travel as text: pgx has no
// array of them.
var arrays = map[model.Kind]string{
	model.Text: "::text[]", model.Int: "::bigint[]", model.Float: "::float8[]", model.Decimal: "::text[]::numeric[]",
	model.Bool: "::boolean[]", model.Time: "::timestamptz[]", model.TextList: "::text[]",
}

func (postgres) leads() string { return "JOIN" } // the planner knows how many there are

// prefersIn: EXISTS is a join to the planner, which can start from either end.
func (postgres) prefersIn() bool { return false }

func (postgres) member(left string, k model.Kind, list string) string {
	return left + " = ANY(" + list + arrays[k] + ")"
}

func (postgres) lists(op, left, list string) string {
	symbol := map[string]string{"$contains": "@>", "$overlap": "&&", "$contained": "<@"}[op]
	return left + " " + symbol + " " + list + "::text[]"
}

func (p postgres) text(op, left, pattern string) string {
	switch op {
	case "$like":
		return left + " LIKE " + pattern
	case "$ilike":
		return left + ` COLLATE "default" ILIKE ` + pattern
	case "$re":
		return left + " ~ " + pattern
	}
	return "CASE WHEN " + left + " IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM " + p.words(pattern) + " WHERE NOT " +
		p.contains(left, model.Text, p.word()) + ") END"
}

var casts = map[model.Kind]string{model.Decimal: "::numeric", model.Bool: "::boolean", model.Text: "::text"}

func (postgres) cast(value string, k model.Kind) string { return value + casts[k] }

func (postgres) jsonPath(keys []string) string {
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(k) + `"`
	}
	return "{" + strings.Join(quoted, ",") + "}"
}

func (postgres) jsonExists(column, path string) string {
	return "(coalesce(jsonb_typeof(" + column + " #> " + path + "::text[]), 'null') <> 'null')"
}

func (postgres) jsonValue(column, path string, class valueClass) string {
	value := "(" + column + " #>> " + path + "::text[])"
	name, cast := "string", ` COLLATE "C"`
	switch class {
	case isNumber:
		name, cast = "number", "::numeric"
	case isBool:
		name, cast = "boolean", "::boolean"
	}
	return "(CASE jsonb_typeof(" + column + " #> " + path + "::text[]) WHEN '" + name + "' THEN " + value + cast + " END)"
}

func (p postgres) jsonMember(left string, k model.Kind, list string) string {
	return p.member(left, k, list)
}

func (postgres) jsonConverter(op string, k model.Kind) func(any) (any, error) {
	return valueConverter(op, k)
}

func (postgres) converter(op string, k model.Kind) func(any) (any, error) {
	return valueConverter(op, k)
}

func (postgres) unnest(column, alias string) string {
	return "unnest(" + column + ") WITH ORDINALITY AS " + alias + "(element, ordinal)"
}

func (postgres) element(alias string) string { return alias + ".element" }
func (postgres) ordinal(alias string) string { return alias + ".ordinal" }
func (postgres) words(list string) string    { return "unnest(" + list + "::text[]) AS w(word)" }
func (postgres) word() string                { return "w.word" }

func (postgres) contains(expr string, k model.Kind, word string) string {
	if k != model.Text {
		expr = "(" + expr + ")::text"
	}
	return "(" + expr + ` COLLATE "default" ILIKE ` + word + ")"
}

// jsonText is a value as JSON text, for arguments that SQLite reads with
// json_each.
func jsonText(v any) (any, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
