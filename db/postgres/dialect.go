package postgres

import (
	"context"
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

func (dialect) List(column string, n int) string {
	return column + " = ANY($" + strconv.Itoa(n) + ")"
}

// Numbers takes n values of the column's own sequence.
func (d dialect) Numbers(ctx context.Context, c db.Conn, table, column string, n int) ([]int64, error) {
	const take = "SELECT nextval(pg_get_serial_sequence($1, $2)::regclass) FROM generate_series(1, $3::int)"
	return db.Collect[int64](ctx, c, take, d.Quote(table), column, int64(n))
}
