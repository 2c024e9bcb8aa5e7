package sqlite

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

type dialect struct{}

func (dialect) Name() string             { return "sqlite" }
func (dialect) Placeholder(n int) string { return "?" + strconv.Itoa(n) }
func (dialect) InOrder(int) string       { return "?" }
func (dialect) MaxArgs() int             { return 32000 }

func (dialect) Quote(identifier string) string {
	return `"` + strings.ReplaceAll(identifier, `"`, `""`) + `"`
}

func (dialect) Add(a, b string) string { return "(decimal_add(" + a + ", " + b + ") COLLATE decimal)" }

func (dialect) Subtract(a, b string) string {
	return "(decimal_sub(" + a + ", " + b + ") COLLATE decimal)"
}
func (dialect) Sum(expr string) string { return "decimal_sum(" + expr + ")" }

func (dialect) List(column string, n int) string {
	return fmt.Sprintf("%s IN (SELECT value FROM json_each(?%d))", column, n)
}

func (dialect) Elements(list, alias string) string { return "json_each(" + list + ") AS " + alias }

func (dialect) Typed(placeholder string, _ db.ColumnType) string { return placeholder }

func (d dialect) Tuples(n int, _ ...db.ColumnType) string {
	return "jsonb_each(" + d.Placeholder(n) + ") AS x"
}

func (dialect) Cell(i int, _ db.ColumnType) string { return "(x.value->>'c" + strconv.Itoa(i) + "')" }

func (dialect) Analyze(...string) string { return "PRAGMA analysis_limit = 0; ANALYZE" }

func (dialect) NotASCII(column string) string {
	return column + " GLOB '*[^' || char(1) || '-' || char(127) || ']*'"
}

func (dialect) ForUpdate(string) string { return "" }
func (dialect) Exclusive(string) string { return "" }

// Numbers counts in the table gorgon_serial, because SQLite has sequences for
// rowids only. It creates the table on first use. The single writer makes the
// count safe.
func (d dialect) Numbers(ctx context.Context, c db.Conn, table, column string, n int) ([]int64, error) {
	// Continue after the highest number in the table, which an import may have filled.
	count := fmt.Sprintf(`INSERT INTO gorgon_serial (name, last) VALUES (?1, coalesce((SELECT max(%[1]s) FROM %[2]s), 0) + ?2)
		ON CONFLICT (name) DO UPDATE SET last = max(last, coalesce((SELECT max(%[1]s) FROM %[2]s), 0)) + ?2 RETURNING last`, d.Quote(column), d.Quote(table))
	last, _, err := db.One[int64](ctx, c, count, table+"."+column, n)
	if err != nil && strings.Contains(err.Error(), "no such table: gorgon_serial") {
		if _, err = c.Exec(ctx, "CREATE TABLE IF NOT EXISTS gorgon_serial (name text PRIMARY KEY, last integer NOT NULL) STRICT"); err == nil {
			last, _, err = db.One[int64](ctx, c, count, table+"."+column, n)
		}
	}
	if err != nil {
		return nil, err
	}
	numbers := make([]int64, n)
	for i := range numbers {
		numbers[i] = last - int64(n) + 1 + int64(i)
	}
	return numbers, nil
}

// SkipNumbers does nothing: Numbers looks for the highest number each time.
func (dialect) SkipNumbers(context.Context, db.Conn, string, string) error { return nil }
