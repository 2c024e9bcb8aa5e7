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

// engine is what differs between the databases for migrations.
type engine interface {
	// column returns the column of a field with its type and default. value is
	// the default in canonical form, or "".
	column(f *model.Field, value string) (*schema.Column, error)
	// predicate returns the attribute of a partial index.
	predicate(p string) schema.Attr
	// inspect reads the tables that exist of the given names.
	inspect(ctx context.Context, d db.DB, tables []string) (*schema.Schema, error)
	// diff returns the changes from the existing table to the wanted one.
	diff(have, want *schema.Table) ([]schema.Change, error)
	// statements returns the SQL of the changes, in the order in which it must run.
	statements(ctx context.Context, changes []schema.Change) ([]statement, error)
	// relations returns the query of the names of all tables and views.
	relations() string
	// extras returns the changes that add what a new database needs beside the
	// tables, and missing those that a database lacks: in the transaction of the
	// migration, and after it.
	extras(models []*model.Model) []Change
	missing(ctx context.Context, c db.Conn, models []*model.Model) (now, later []Change, err error)
	// online returns how an index is created and dropped beside writes, outside a
	// transaction. builder waits until no other replica does, and clear drops the
	// indexes that an interruption left unfinished.
	online() (create, drop string)
	builder(ctx context.Context, d db.DB) (release func() error, err error)
	clear(ctx context.Context, d db.DB) error
	// indexes returns the query of the names of all indexes that can be used.
	indexes() string
	// lock makes other replicas wait until the transaction ends.
	lock(ctx context.Context, c db.Conn) error
}

// engineOf returns the engine of a database. It depends on the name because Atlas
// has a driver for each database.
func engineOf(d db.DB) (engine, error) {
	switch name := d.Dialect().Name(); name {
	case "postgres":
		return postgresEngine{}, nil
	case "sqlite":
		return sqliteEngine{}, nil
	default:
		return nil, fmt.Errorf("schema: unsupported dialect %q", name)
	}
}

// statement is an SQL statement and the table that it changes.
type statement struct {
	table, sql string
	change     schema.Change // the change that it is for, or nil
	rebuilds   bool          // whether it is part of rebuilding the table, which needs foreign keys off
}

// inspectTables reads tables with Atlas. Atlas uses database/sql directly, without
// the error conversion of package db. If it fails, a query through package db
// finds out whether the database is unavailable.
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

// plan returns the statements of changes as Atlas writes them. Table names are not
// qualified: the connection determines the schema.
func plan(ctx context.Context, planner migrate.PlanApplier, changes []schema.Change) ([]*migrate.Change, error) {
	options := func(o *migrate.PlanOptions) { o.SchemaQualifier, o.Indent = new(string), "  " }
	p, err := planner.PlanChanges(ctx, "", changes, options)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return p.Changes, nil
}

// source returns the table that a change is of, or nil.
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

// adopt adds to the wanted table the indexes of the existing one that Gorgon did
// not create, so that they stay as long as their columns do.
func adopt(have, want *schema.Table) {
	for _, i := range have.Indexes {
		gone := func(c *schema.Column) bool {
			_, stays := want.Column(c.Name)
			return !stays && mentions(i, c)
		}
		if !strings.HasPrefix(i.Name, ours) && !slices.ContainsFunc(have.Columns, gone) {
			want.Indexes = append(want.Indexes, i)
		}
	}
}

// mentions reports whether an index depends on a column: as one of its parts, or
// because an expression or the condition contains its name.
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
