package query

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// postgresJSON builds records from joined rows, whose columns are the keys:
// row_to_json takes half the time of json_build_object, and a join lets the
// planner choose how to find the records of a page. What is joined is a plain
// SELECT that PostgreSQL merges into the query around it.
type postgresJSON struct{ names db.Dialect }

func (j postgresJSON) record(pairs []pair, from, alias string) (doc, join string) {
	switch {
	case !fitColumns(pairs) && from == "":
		return j.object(pairs), ""
	case !fitColumns(pairs):
		return "(SELECT " + j.object(pairs) + " FROM " + from + ")", ""
	case from == "":
		join = " CROSS JOIN LATERAL (SELECT " + j.columns(pairs) + ") " + alias
	default:
		join = " LEFT JOIN LATERAL (SELECT " + j.columns(pairs) + " FROM " + from + ") " + alias + " ON TRUE"
	}
	return "row_to_json(" + alias + ")", join
}

// fitColumns reports whether the keys can be names of columns: PostgreSQL cuts
// names at 63 bytes, and a row has at most 1,600 columns.
func fitColumns(pairs []pair) bool {
	for _, p := range pairs {
		if len(p.key) > 63 {
			return false
		}
	}
	return len(pairs) <= 1600
}

func (j postgresJSON) columns(pairs []pair) string {
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
		b.WriteString(j.output(p))
		b.WriteString(" AS ")
		b.WriteString(j.names.Quote(p.key))
	}
	return b.String()
}

// output returns a value as it appears in a record. Times are in UTC, the time
// zone of every connection.
func (postgresJSON) output(p pair) string {
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

// object builds a record whose keys cannot be names of columns. A large one is
// split into several objects, whose texts are joined.
func (j postgresJSON) object(pairs []pair) string {
	if len(pairs) <= maxPairs {
		return j.smallObject(pairs)
	}
	var parts []string
	for len(pairs) > 0 {
		n := min(maxPairs, len(pairs))
		parts = append(parts, "left(right("+j.smallObject(pairs[:n])+"::text, -1), -1)")
		pairs = pairs[n:]
	}
	return "('{' || " + strings.Join(parts, " || ',' || ") + " || '}')::json"
}

func (j postgresJSON) smallObject(pairs []pair) string {
	args := make([]string, len(pairs))
	for i, p := range pairs {
		args[i] = literal(p.key) + ", " + j.output(p)
	}
	return "json_build_object(" + strings.Join(args, ", ") + ")"
}

func (postgresJSON) array(r listRows) string { return "array_to_json(ARRAY(" + r.query() + "))" }

// boundedArray fails by reading the message as a number. The OFFSET keeps the
// list from being evaluated twice.
func (postgresJSON) boundedArray(r listRows, most int, message string) string {
	return fmt.Sprintf("(SELECT CASE WHEN cardinality(list) > %d THEN (%s || cardinality(list))::int::text::json ELSE array_to_json(list) END FROM (SELECT ARRAY(%s) AS list OFFSET 0) bounded)",
		most, message, r.query())
}

func (j postgresJSON) tuple(values []pair) string {
	args := make([]string, len(values))
	for i, v := range values {
		args[i] = j.output(v)
	}
	return "json_build_array(" + strings.Join(args, ", ") + ")"
}

func (postgresJSON) column(column string) string { return column }

type postgresDocument struct{}

func (postgresDocument) path(keys []string) string {
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(k) + `"`
	}
	return "{" + strings.Join(quoted, ",") + "}"
}

func (postgresDocument) exists(column, path string) string {
	return "(coalesce(jsonb_typeof(" + column + " #> " + path + "::text[]), 'null') <> 'null')"
}

func (postgresDocument) value(column, path string, class valueClass) string {
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
