package query

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// postgres joins to-one records, since its planner then chooses between lookups
// and a hash of a small table. EXISTS is a join to it, which it can start from
// either end.
func postgres(names db.Dialect) *dialect {
	return &dialect{
		names: names,
		spelling: spelling{
			leadingJoin:  "JOIN", // the planner knows how many rows there are
			noLimit:      " LIMIT ALL",
			booleans:     map[bool]string{true: "TRUE", false: "FALSE"},
			casts:        map[model.Kind]string{model.Decimal: "::numeric", model.Bool: "::boolean", model.Text: "::text"},
			decimalSum:   "trim_scale(sum(%s))",
			decimalMinus: "trim_scale(%s - %s)",
			zero:         "0",
			jsonNumber:   model.Decimal,
			element:      "element", ordinal: "ordinal", word: "w.word",
			joinsToOne: true,
		},
		json:     postgresJSON{names},
		document: postgresDocument{},
		list:     postgresList{},
		text:     postgresText{},
		search:   postgresSearch{},
		searches: postgresSearches,
		convert:  valueConverter,
		estimate: estimatePostgres,
		explain:  explainPostgres,
	}
}

// estimatePostgres returns the number of rows that the planner expects.
func estimatePostgres(ctx context.Context, c db.Conn, sql string, args []any) (int64, error) {
	text, _, err := db.One[string](ctx, c, "EXPLAIN (FORMAT JSON) "+sql, args...)
	if err != nil {
		return 0, err
	}
	var plans []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal([]byte(text), &plans); err != nil || len(plans) != 1 {
		return 0, fmt.Errorf("query: reading the planner's estimate: %w", err)
	}
	return int64(plans[0].Plan.Rows), nil
}

func explainPostgres(ctx context.Context, c db.Conn, sql string, args []any) (string, error) {
	lines, err := db.Collect[string](ctx, c, "EXPLAIN "+sql, args...)
	return strings.Join(lines, "\n"), err
}

type postgresList struct{}

func (postgresList) unnest(column, alias string) string {
	return "unnest(" + column + ") WITH ORDINALITY AS " + alias + "(element, ordinal)"
}

// arrays are the types of list arguments. Decimals are sent as text: pgx has no
// array of them.
var arrays = map[model.Kind]string{
	model.Text: "::text[]", model.Int: "::bigint[]", model.Float: "::float8[]", model.Decimal: "::text[]::numeric[]",
	model.Bool: "::boolean[]", model.Time: "::timestamptz[]", model.TextList: "::text[]",
}

func (postgresList) member(left string, k model.Kind, list string) string {
	return left + " = ANY(" + list + arrays[k] + ")"
}

var arrayOperators = map[string]string{"$contains": " @> ", "$overlap": " && ", "$contained": " <@ "}

func (postgresList) compare(op, left, list string) string {
	return left + arrayOperators[op] + list + "::text[]"
}

func (postgresList) positions(list, alias string) string {
	return "(SELECT value, min(at) AS position FROM unnest(" + list + "::text[]) WITH ORDINALITY AS l(value, at) GROUP BY value) " + alias
}

type postgresText struct{}

func (postgresText) match(op, left, pattern string) string {
	switch op {
	case "$like":
		return left + " LIKE " + pattern
	case "$ilike":
		return left + ` COLLATE "default" ILIKE ` + pattern
	}
	return left + " ~ " + pattern
}

func (postgresText) words(list string) string { return "unnest(" + list + "::text[]) AS w(word)" }

func (postgresText) contains(expr string, k model.Kind, word string) string {
	if k != model.Text {
		expr = "(" + expr + ")::text"
	}
	return "(" + expr + ` COLLATE "default" ILIKE ` + word + ")"
}
