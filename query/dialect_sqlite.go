package query

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// sqlite looks to-one records up by index in subqueries: it plans joins worse.
// It can start from the keys that an IN lists, but not from the records of an
// EXISTS.
func sqlite(names db.Dialect) *dialect {
	return &dialect{
		names: names,
		spelling: spelling{
			leadingJoin:      "CROSS JOIN",
			noLimit:          " LIMIT -1",
			booleans:         map[bool]string{true: "1", false: "0"},
			decimalSum:       "decimal_sum(%s)",
			decimalMinus:     "decimal_sub(%s, %s)",
			zero:             "'0'",
			decimalCollation: "decimal",
			jsonNumber:       model.Float, // JSON numbers are floats or integers here
			element:          "value", ordinal: "key", word: "w.value",
			prefersIn: true, nullsFirst: true, counters: true, keepsOrder: true,
		},
		json:     sqliteJSON{},
		document: sqliteDocument{},
		list:     sqliteList{},
		text:     sqliteText{},
		search:   sqliteSearch{},
		searches: sqliteSearches,
		convert:  sqliteConverter,
		explain:  explainSQLite,
	}
}

func explainSQLite(ctx context.Context, c db.Conn, sql string, args []any) (string, error) {
	rows, err := c.Query(ctx, "EXPLAIN QUERY PLAN "+sql, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id, parent, unused int64
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return "", err
		}
		lines = append(lines, detail)
	}
	return strings.Join(lines, "\n"), rows.Err()
}

type sqliteList struct{}

func (sqliteList) unnest(column, alias string) string { return "json_each(" + column + ") " + alias }

func (sqliteList) member(left string, _ model.Kind, list string) string {
	return left + " IN (SELECT value FROM json_each(" + list + "))"
}

func (sqliteList) compare(op, left, list string) string {
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

func (sqliteList) positions(list, alias string) string {
	return "(SELECT value, min(key) AS position FROM json_each(" + list + ") GROUP BY value) " + alias
}

type sqliteText struct{}

func (sqliteText) match(op, left, pattern string) string {
	switch op {
	case "$like":
		return left + " GLOB " + pattern
	case "$ilike":
		return "ilike(" + pattern + ", " + left + ")"
	}
	return "matches(" + pattern + ", " + left + ")"
}

func (sqliteText) words(list string) string { return "json_each(" + list + ") w" }

func (sqliteText) contains(expr string, _ model.Kind, word string) string {
	return "ilike(" + word + ", " + expr + ")"
}

// sqliteConverter sends lists as JSON text, and LIKE patterns as GLOB patterns:
// GLOB is case-sensitive and can use an index.
func sqliteConverter(op string, k model.Kind) converter {
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
			b, err := json.Marshal(storedList(list))
			return string(b), err
		}
	}
	return convert
}

// storedList returns a list with its values as SQLite stores them: times as
// text, booleans as 1 and 0.
func storedList(list any) any {
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

// glob turns a LIKE pattern (% for any run of characters, _ for any one, \ to
// escape the next) into a GLOB pattern.
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
