package schema

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// sqliteEngine is the engine of SQLite.
type sqliteEngine struct{}

// decimalType includes the collation, so that Atlas compares it too.
const decimalType = "text COLLATE decimal"

func (sqliteEngine) column(f *model.Field, value string) (*schema.Column, error) {
	t, err := sqliteType(f.Kind)
	if err != nil {
		return nil, err
	}
	c := &schema.Column{Type: &schema.ColumnType{Type: t}}
	switch {
	case value == "" || f.Serial:
	case f.Kind == model.Int || f.Kind == model.Float:
		c.Default = &schema.Literal{V: value}
	case f.Kind == model.Bool:
		c.Default = &schema.Literal{V: map[string]string{"true": "1", "false": "0"}[value]}
	default:
		c.Default = &schema.Literal{V: quote(value)}
	}
	return c, nil
}

func sqliteType(k model.Kind) (schema.Type, error) {
	switch k {
	case model.Text, model.Time, model.JSON, model.TextList:
		return &schema.StringType{T: "text"}, nil
	case model.Int, model.Bool:
		return &schema.IntegerType{T: "integer"}, nil
	case model.Float:
		return &schema.FloatType{T: "real"}, nil
	case model.Decimal:
		return &sqlite.UserDefinedType{T: decimalType}, nil
	}
	return nil, fmt.Errorf("kind %d has no type in SQLite", k)
}

func (sqliteEngine) predicate(p string) schema.Attr { return &sqlite.IndexPredicate{P: p} }

func (sqliteEngine) relations() string {
	return "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
}

// lock does nothing: transactions hold the write lock from their start.
func (sqliteEngine) lock(context.Context, db.Conn) error { return nil }

// inspect adds what Atlas does not read: collations, and triggers, which are
// dropped with a table that is rebuilt.
func (sqliteEngine) inspect(ctx context.Context, d db.DB, tables []string) (*schema.Schema, error) {
	s, err := inspectTables(ctx, d, sqlite.Open, tables)
	if err != nil {
		return nil, err
	}
	for _, t := range s.Tables {
		readCollations(t)
	}
	rows, err := d.Query(ctx, "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table, sql string
		if err := rows.Scan(&table, &sql); err != nil {
			return nil, err
		}
		if t, ok := s.Table(table); ok {
			t.Attrs = append(t.Attrs, &trigger{sql: sql})
		}
	}
	return s, rows.Err()
}

// trigger is a trigger, to be created again when its table is rebuilt.
type trigger struct {
	schema.Attr
	sql string
}

var decimalColumn = regexp.MustCompile("(?i)[`\"]([^`\"]+)[`\"] text COLLATE decimal\\b")

// readCollations sets the type decimalType of the columns that have it in the
// statement that created the table.
func readCollations(t *schema.Table) {
	for _, a := range t.Attrs {
		create, ok := a.(*sqlite.CreateStmt)
		if !ok {
			continue
		}
		for _, m := range decimalColumn.FindAllStringSubmatch(create.S, -1) {
			if c, ok := t.Column(m[1]); ok {
				c.Type.Type = &sqlite.UserDefinedType{T: decimalType}
			}
		}
	}
}

func (sqliteEngine) diff(have, want *schema.Table) ([]schema.Change, error) {
	adopt(have, want)
	for _, a := range have.Attrs {
		if t, ok := a.(*trigger); ok {
			want.Attrs = append(want.Attrs, t)
		}
	}
	return sqlite.DefaultDiff.TableDiff(have, want, schema.DiffNormalized())
}

// pragma is the prefix of the statements with which Atlas turns foreign keys off
// and on around a rebuild. They have no effect inside a transaction.
const pragma = "PRAGMA foreign_keys"

func (sqliteEngine) statements(ctx context.Context, changes []schema.Change) ([]statement, error) {
	var out []statement
	for _, c := range changes {
		planned, err := plan(ctx, sqlite.DefaultPlan, []schema.Change{c})
		if err != nil {
			return nil, err
		}
		t := source(c)
		rebuilds := len(planned) > 0 && strings.HasPrefix(planned[0].Cmd, pragma)
		for _, p := range planned {
			if !strings.HasPrefix(p.Cmd, pragma) {
				out = append(out, statement{t.Name, p.Cmd, c, rebuilds})
			}
		}
		for _, a := range t.Attrs {
			if trigger, ok := a.(*trigger); ok && rebuilds {
				out = append(out, statement{t.Name, trigger.sql, c, rebuilds})
			}
		}
	}
	return out, nil
}
