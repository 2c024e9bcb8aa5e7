package schema

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// engine is what differs between the databases when tables are made.
type engine interface {
	// column is the column of a field, with its type and the default, in its
	// canonical form ("" is none).
	column(f *model.Field, value string) (*schema.Column, error)
	// predicate makes the attribute of a partial index.
	predicate(p string) schema.Attr
	// inspect reads the tables of those names.
	inspect(ctx context.Context, d db.DB, tables []string) (*schema.Schema, error)
	// diff lists what turns a table as it is into the table as it shall be.
	diff(is, shall *schema.Table) ([]schema.Change, error)
	// statements are the changes in SQL, in an order that works.
	statements(ctx context.Context, changes []schema.Change) ([]statement, error)
	// relations is the SQL that lists the names in use.
	relations() string
	// lock keeps other replicas out until the transaction ends.
	lock(ctx context.Context, c db.Conn) error
}

func engineOf(d db.DB) (engine, error) {
	switch name := d.Dialect().Name(); name {
	case "postgres":
		return postgresEngine{}, nil
	case "sqlite":
		return sqliteEngine{}, nil
	default:
		return nil, fmt.Errorf("schema: there are no tables for the dialect %q", name)
	}
}

// statement is one piece of SQL and the table that it works on.
type statement struct {
	table, sql string
	change     schema.Change // where it comes from; nil when that does not matter
	rebuilds   bool          // part of making the table anew; foreign keys must be off
}

// inspectTables has Atlas read tables. Atlas speaks database/sql, past our
// layer; when it fails, asking again through the layer finds out whether the
// database is away, and says so in our words.
func inspectTables(ctx context.Context, d db.DB, open func(schema.ExecQuerier) (migrate.Driver, error), tables []string) (*schema.Schema, error) {
	inspect := func() (*schema.Schema, error) {
		conn, err := d.SQL().Conn(ctx)
		if err != nil {
			return nil, err
		}
		defer conn.Close() //nolint:errcheck // goes back to the pool
		driver, err := open(conn)
		if err != nil {
			return nil, err
		}
		return driver.InspectSchema(ctx, "", &schema.InspectOptions{Mode: schema.InspectSchemas | schema.InspectTables, Tables: tables})
	}
	found, err := inspect()
	if err != nil {
		if _, _, away := db.One[int64](ctx, d, "SELECT 1"); away != nil {
			return nil, away
		}
		return nil, fmt.Errorf("schema: reading the tables: %w", err)
	}
	return found, nil
}

// plan has Atlas write the statements of changes, without a schema's name
// before the table's: the connection says which schema is meant.
func plan(ctx context.Context, planner migrate.PlanApplier, changes []schema.Change) ([]*migrate.Change, error) {
	options := func(o *migrate.PlanOptions) { o.SchemaQualifier, o.Indent = new(string), "  " }
	p, err := planner.PlanChanges(ctx, "", changes, options)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return p.Changes, nil
}

// source is the table that a change of Atlas works on, or nil.
func source(c schema.Change) *schema.Table {
	switch c := c.(type) {
	case *schema.AddTable:
		return c.T
	case *schema.ModifyTable:
		return c.T
	case *schema.AddIndex:
		return c.I.Table
	}
	return nil
}

// adopt takes over into the table as it shall be every index that is not ours:
// whoever made it wants it, as long as its columns stay.
func adopt(is, shall *schema.Table) {
	for _, i := range is.Indexes {
		gone := func(c *schema.Column) bool {
			_, stays := shall.Column(c.Name)
			return !stays && mentions(i, c)
		}
		if !strings.HasPrefix(i.Name, ours) && !slices.ContainsFunc(is.Columns, gone) {
			shall.Indexes = append(shall.Indexes, i)
		}
	}
}

// mentions reports whether an index has to do with a column: as one of its
// parts, or by a word in an expression or its condition.
func mentions(i *schema.Index, c *schema.Column) bool {
	var texts []string
	for _, p := range i.Parts {
		if p.C == c {
			return true
		}
		if x, ok := p.X.(*schema.RawExpr); ok {
			texts = append(texts, x.X)
		}
	}
	for _, a := range i.Attrs {
		switch p := a.(type) {
		case *postgres.IndexPredicate:
			texts = append(texts, p.P)
		case *sqlite.IndexPredicate:
			texts = append(texts, p.P)
		}
	}
	word := regexp.MustCompile(`(?i)\b` + regexp.QuoteMeta(c.Name) + `\b`)
	return slices.ContainsFunc(texts, word.MatchString)
}
