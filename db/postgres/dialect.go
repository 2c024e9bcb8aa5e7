package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

type dialect struct{}

func (dialect) Name() string             { return "postgres" }
func (dialect) Placeholder(n int) string { return "$" + strconv.Itoa(n) }
func (dialect) InOrder(n int) string     { return "$" + strconv.Itoa(n) }
func (dialect) MaxArgs() int             { return 65000 }

func (dialect) Quote(identifier string) string {
	return `"` + strings.ReplaceAll(identifier, `"`, `""`) + `"`
}

func (dialect) Add(a, b string) string { return "(" + a + " + " + b + ")" }

func (dialect) Subtract(a, b string) string { return "(" + a + " - " + b + ")" }
func (dialect) Sum(expr string) string      { return "sum(" + expr + ")" }

func (dialect) List(column string, n int) string {
	return column + " = ANY($" + strconv.Itoa(n) + ")"
}

func (dialect) Elements(list, alias string) string {
	return "unnest(" + list + ") AS " + alias + "(value)"
}

// types are the names of the column types.
var types = [...]string{
	db.Text: "text", db.Int: "bigint", db.Float: "double precision", db.Decimal: "numeric",
	db.Bool: "boolean", db.Time: "timestamptz", db.JSON: "jsonb", db.TextList: "text[]",
}

func (dialect) Typed(placeholder string, t db.ColumnType) string {
	return "CAST(" + placeholder + " AS " + types[t] + ")"
}

// Tuples reads JSON and lists as text, which Cell converts.
func (d dialect) Tuples(n int, columns ...db.ColumnType) string {
	list := make([]string, len(columns))
	for i, t := range columns {
		if t == db.JSON || t == db.TextList {
			t = db.Text
		}
		list[i] = "c" + strconv.Itoa(i) + " " + types[t]
	}
	return "json_to_recordset(" + d.Placeholder(n) + "::json) AS x(" + strings.Join(list, ", ") + ")"
}

func (dialect) Cell(i int, t db.ColumnType) string {
	c := "x.c" + strconv.Itoa(i)
	switch t {
	case db.JSON:
		return c + "::jsonb"
	case db.TextList:
		return "CASE WHEN " + c + " IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(" + c + "::json)) END"
	}
	return c
}

func (dialect) Analyze(tables ...string) string { return "ANALYZE " + strings.Join(tables, ", ") }

func (dialect) NotASCII(column string) string { return column + " ~ '[^[:ascii:]]'" }

func (dialect) ForUpdate(of string) string {
	// Rows that refer to a locked one can still be written: they lock it themselves, in
	// share mode, before whoever writes them wants it for itself.
	if of == "" {
		return " FOR NO KEY UPDATE"
	}
	return " FOR NO KEY UPDATE OF " + of
}

// Exclusive takes an advisory lock, of the current schema alone.
func (dialect) Exclusive(name string) string {
	return "SELECT pg_advisory_xact_lock(hashtextextended('gorgon " + name + " ' || current_schema(), 0))"
}

// Numbers takes n values from the column's sequence.
func (d dialect) Numbers(ctx context.Context, c db.Conn, table, column string, n int) ([]int64, error) {
	const take = "SELECT nextval(pg_get_serial_sequence($1, $2)::regclass) FROM generate_series(1, $3::int)"
	return db.Collect[int64](ctx, c, take, d.Quote(table), column, int64(n))
}

// SkipNumbers moves the column's sequence forward, never back. The move stays
// when the transaction is rolled back; gaps in the numbers do no harm.
func (d dialect) SkipNumbers(ctx context.Context, c db.Conn, table, column string) error {
	skip := fmt.Sprintf(`SELECT setval(s.name, s.most) FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS name, (SELECT max(%s) FROM %s) AS most) s
		WHERE s.most > coalesce(pg_sequence_last_value(s.name), 0)`, d.Quote(column), d.Quote(table))
	_, err := db.Collect[int64](ctx, c, skip, d.Quote(table), column)
	return err
}
