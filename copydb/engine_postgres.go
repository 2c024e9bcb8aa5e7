package copydb

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// postgresEngine is the engine of PostgreSQL. It works in the current schema.
type postgresEngine struct {
	quote    func(string) string
	deferred []constraint
}

// constraint is a foreign key: its table, and its name.
type constraint struct{ table, name string }

// identity is when the server was started, to the microsecond, with the database and
// the schema. A server's system identifier is also that of its replicas.
func (*postgresEngine) identity() string {
	return "SELECT pg_postmaster_start_time()::text || ' ' || current_database() || ' ' || coalesce(current_schema(), '')"
}

func (*postgresEngine) tables() string {
	return `SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`
}

func (*postgresEngine) text(column string, k model.Kind) string {
	if k == model.Decimal || k == model.JSON {
		return column + "::text"
	}
	return column
}

// begin locks all tables against writers, and makes the foreign keys in back wait
// for settle.
func (e *postgresEngine) begin(ctx context.Context, c db.Conn, all []*model.Model, back []reference) error {
	if _, err := c.Exec(ctx, "LOCK TABLE "+e.list(all)+" IN EXCLUSIVE MODE"); err != nil {
		return err
	}
	for _, r := range back {
		names, err := db.Collect[string](ctx, c, `SELECT conname::text FROM pg_catalog.pg_constraint
			WHERE contype = 'f' AND conrelid = $1::regclass AND confrelid = $2::regclass AND NOT condeferrable`,
			e.quote(r.model.Table), e.quote(r.field.References.Model.Table))
		if err != nil {
			return err
		}
		for _, name := range names {
			k := constraint{e.quote(r.model.Table), e.quote(name)}
			if err := k.alter(ctx, c, "DEFERRABLE INITIALLY DEFERRED"); err != nil {
				return err
			}
			e.deferred = append(e.deferred, k)
		}
	}
	return nil
}

func (k constraint) alter(ctx context.Context, c db.Conn, to string) error {
	_, err := c.Exec(ctx, "ALTER TABLE "+k.table+" ALTER CONSTRAINT "+k.name+" "+to)
	return err
}

func (e *postgresEngine) list(models []*model.Model) string {
	names := make([]string, len(models))
	for i, m := range models {
		names[i] = e.quote(m.Table)
	}
	return strings.Join(names, ", ")
}

// settle checks the foreign keys that waited, and lets them wait no more.
func (e *postgresEngine) settle(ctx context.Context, c db.Conn, _ []*model.Model) error {
	if _, err := c.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
		return err
	}
	for _, k := range e.deferred {
		if err := k.alter(ctx, c, "NOT DEFERRABLE"); err != nil {
			return err
		}
	}
	return nil
}

func (e *postgresEngine) number(ctx context.Context, c db.Conn, table, column string) (int64, error) {
	last := "SELECT greatest(pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass), max(" + e.quote(column) + "), 0) FROM " + e.quote(table)
	n, _, err := db.One[int64](ctx, c, last, e.quote(table), column)
	return n, err
}

func (e *postgresEngine) setNumber(ctx context.Context, c db.Conn, table, column string, n int64) error {
	const set = "SELECT setval(pg_get_serial_sequence($1, $2)::regclass, greatest($3::bigint, 1), $3::bigint > 0)"
	_, err := db.Collect[int64](ctx, c, set, e.quote(table), column, n)
	return err
}
