package medusa

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// source is the Medusa database, in one snapshot.
type source struct {
	dialect db.Dialect
	tx      db.Tx
	schema  string
	tables  map[string]*table
}

// table is a table of the source.
type table struct {
	name    string
	columns map[string]string // type by column: "text", "numeric", "_text"; "enum" for any enum
}

// snapshot makes every statement see the database as the first one saw it.
const snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"

// catalog lists the columns of all tables of the connection's current schema.
const catalog = `SELECT current_schema()::text, r.relname::text, a.attname::text, CASE WHEN t.typtype = 'e' THEN 'enum' ELSE t.typname::text END
	FROM pg_class r
	JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
	JOIN pg_type t ON t.oid = a.atttypid
	WHERE r.relkind IN ('r', 'p') AND NOT r.relispartition
		AND r.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`

// open starts the snapshot and reads the list of tables.
func open(ctx context.Context, d db.DB) (*source, error) {
	if d.Dialect().Name() != "postgres" {
		return nil, fault.New(fault.InvalidData, "a Medusa database is a PostgreSQL database; the URL must have the form postgres://user:password@host:5432/name")
	}
	tx, err := d.Begin(ctx)
	if err != nil {
		return nil, unreadable(err, "")
	}
	s := &source{dialect: d.Dialect(), tx: tx, tables: map[string]*table{}}
	if _, err = tx.Exec(ctx, snapshot); err == nil {
		err = s.readCatalog(ctx)
	}
	if err != nil {
		s.close(ctx)
		return nil, unreadable(err, "")
	}
	return s, nil
}

func (s *source) readCatalog(ctx context.Context) error {
	rows, err := s.tx.Query(ctx, catalog)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name, column, kind string
		if err := rows.Scan(&s.schema, &name, &column, &kind); err != nil {
			return err
		}
		if s.tables[name] == nil {
			s.tables[name] = &table{name: name, columns: map[string]string{}}
		}
		s.tables[name].columns[column] = kind
	}
	return rows.Err()
}

// close ends the snapshot. Nothing was written, so an error does not matter.
func (s *source) close(ctx context.Context) { _ = s.tx.Rollback(context.WithoutCancel(ctx)) }

// quote returns the quoted name of a table, with its schema.
func (s *source) quote(table string) string {
	return s.dialect.Quote(s.schema) + "." + s.dialect.Quote(table)
}

// check returns an error if the source is not a database of the release: it is one of
// another program, is one of ours, or lacks a table or column of a model.
func (s *source) check(g *model.Graph) error {
	switch {
	case s.tables["gorgon_schema"] != nil:
		return fault.New(fault.InvalidData, "the source is a database of Gorgon, not of Medusa; copy it with `gorgon copy --from URL --to URL`")
	case s.tables["mikro_orm_migrations"] == nil || s.tables["order"] == nil || s.tables["cart"] == nil || s.tables["product"] == nil:
		return fault.New(fault.InvalidData, "the source is not a Medusa database: it lacks the tables order, cart, product or mikro_orm_migrations; check the database name in the URL")
	}
	var missing, odd []string
	for _, m := range g.Models() {
		t := s.tables[m.Table]
		if t == nil {
			if moduleOf(m.Table) != "unknown" {
				missing = append(missing, m.Table)
			}
			continue
		}
		for _, f := range fieldsOf(m) {
			switch typ, ok := t.columns[f.Name]; {
			case following[m.Table+"."+f.Name] != "":
			case !ok:
				missing = append(missing, m.Table+"."+f.Name)
			case !slices.Contains(typesOf[f.Kind], typ):
				odd = append(odd, m.Table+"."+f.Name+" ("+typ+")")
			}
		}
	}
	if len(missing) > 0 {
		return fault.New(fault.InvalidData, "the source is not a database of Medusa 2.21: it lacks %s; migrate it to 2.21 first (medusa db:migrate)", few(missing))
	}
	if len(odd) > 0 {
		return fault.New(fault.InvalidData, "the source is not a database of Medusa 2.21: the types of %s differ from those of that release", few(odd))
	}
	return nil
}

// typesOf lists the column types that values of a kind can be read from.
var typesOf = map[model.Kind][]string{
	model.Text:     {"text", "varchar", "bpchar", "uuid", "enum"},
	model.Int:      {"int2", "int4", "int8"},
	model.Float:    {"float4", "float8", "numeric"},
	model.Decimal:  {"numeric", "int2", "int4", "int8", "float4", "float8"},
	model.Bool:     {"bool"},
	model.Time:     {"timestamptz"},
	model.JSON:     {"jsonb", "json"},
	model.TextList: {"_text", "_varchar"},
}

// few lists the first of several names.
func few(names []string) string {
	const most = 5
	slices.Sort(names)
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " and more"
	}
	return strings.Join(names, ", ")
}

// skipped returns the tables that no model has, with their row counts.
func (s *source) skipped(ctx context.Context, g *model.Graph) ([]SkippedTable, error) {
	out := []SkippedTable{}
	for name := range s.tables {
		if g.Table(name) == nil {
			out = append(out, SkippedTable{Table: name, Module: moduleOf(name)})
		}
	}
	slices.SortFunc(out, func(a, b SkippedTable) int { return strings.Compare(a.Table, b.Table) })
	for i := range out {
		n, _, err := db.One[int64](ctx, s.tx, "SELECT count(*) FROM "+s.quote(out[i].Table))
		if err != nil {
			return nil, unreadable(err, out[i].Table)
		}
		out[i].Rows = n
	}
	return out, nil
}

// unreadable returns an error that says that reading the source failed, and where.
func unreadable(err error, table string) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	where := ""
	if table != "" {
		where = ", at its table " + table
	}
	if fault.TypeOf(err) == fault.Unavailable {
		return fault.Wrap(err, fault.Unavailable, "the Medusa database does not respond%s; nothing was written", where)
	}
	return fault.Wrap(err, fault.UnexpectedState, "the Medusa database cannot be read%s: %v; nothing was written", where, err)
}
