package schema

import (
	"context"
	"fmt"
	"strings"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// postgresEngine is the engine of PostgreSQL. It works in the current schema.
type postgresEngine struct{}

// byBytes is the collation of text, which sorts as in SQLite.
const byBytes = "C"

func (postgresEngine) column(f *model.Field, value string) (*schema.Column, error) {
	t, err := postgresType(f.Kind)
	if err != nil {
		return nil, err
	}
	c := &schema.Column{Type: &schema.ColumnType{Type: t}}
	if f.Kind == model.Text {
		c.Attrs = append(c.Attrs, &schema.Collation{V: byBytes})
	}
	if f.Serial {
		c.Attrs = append(c.Attrs, &postgres.Identity{Generation: "BY DEFAULT"})
		return c, nil
	}
	if value != "" {
		c.Default = &schema.Literal{V: postgresLiteral(f.Kind, value)}
	}
	return c, nil
}

func postgresType(k model.Kind) (schema.Type, error) {
	milliseconds := 3
	switch k {
	case model.Text:
		return &schema.StringType{T: "text"}, nil
	case model.Int:
		return &schema.IntegerType{T: "bigint"}, nil
	case model.Float:
		return &schema.FloatType{T: "double precision"}, nil
	case model.Decimal:
		return &schema.DecimalType{T: "numeric"}, nil
	case model.Bool:
		return &schema.BoolType{T: "boolean"}, nil
	case model.Time:
		return &schema.TimeType{T: "timestamptz", Precision: &milliseconds}, nil
	case model.JSON:
		return &schema.JSONType{T: "jsonb"}, nil
	case model.TextList:
		return &postgres.ArrayType{T: "text[]", Type: &schema.StringType{T: "text"}}, nil
	}
	return nil, fmt.Errorf("kind %d has no type in PostgreSQL", k)
}

func postgresLiteral(k model.Kind, value string) string {
	switch k {
	case model.Int, model.Float, model.Decimal, model.Bool:
		return value
	case model.TextList:
		elements, _ := list(value) // canonical has checked it
		for i, e := range elements {
			elements[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(e) + `"`
		}
		value = "{" + strings.Join(elements, ",") + "}"
	}
	return quote(value)
}

func (postgresEngine) predicate(p string) schema.Attr { return &postgres.IndexPredicate{P: p} }

func (postgresEngine) relations() string {
	return `SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`
}

// lock waits for an advisory lock of the current schema. The isolation level lets
// later statements see what the previous holder has committed.
func (postgresEngine) lock(ctx context.Context, c db.Conn) error {
	_, err := c.Exec(ctx, `SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
		SELECT pg_advisory_xact_lock(hashtextextended('gorgon migrate ' || current_schema(), 0))`)
	return err
}

// inspect restores the original text of checks from their comments, because
// PostgreSQL rewrites their expressions.
func (postgresEngine) inspect(ctx context.Context, d db.DB, tables []string) (*schema.Schema, error) {
	s, err := inspectTables(ctx, d, postgres.Open, tables)
	if err != nil {
		return nil, err
	}
	if err := forget(ctx, d, s); err != nil {
		return nil, err
	}
	rows, err := d.Query(ctx, `SELECT t.relname::text, c.conname::text, obj_description(c.oid, 'pg_constraint')
		FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_class t ON t.oid = c.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
		WHERE n.nspname = current_schema() AND c.contype = 'c' AND obj_description(c.oid, 'pg_constraint') IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var table, name, text string
		if err := rows.Scan(&table, &name, &text); err != nil {
			return nil, err
		}
		t, ok := s.Table(table)
		if !ok {
			continue
		}
		for _, c := range checks(t) {
			if c.Name == name {
				c.Expr = text
			}
		}
	}
	return s, rows.Err()
}

// diff compares with Atlas, after undoing what PostgreSQL rewrites, and adds
// differences of collations, which Atlas does not compare.
func (postgresEngine) diff(have, want *schema.Table) ([]schema.Change, error) {
	adopt(have, want)
	withoutComments(have)
	for _, i := range want.Indexes {
		trustName(have, i)
	}
	for _, c := range want.Columns {
		if old, ok := have.Column(c.Name); ok {
			keepDefault(old, c)
		}
	}
	changes, err := postgres.DefaultDiff.TableDiff(have, want, schema.DiffNormalized())
	if err != nil {
		return nil, err
	}
	for _, c := range want.Columns {
		if old, ok := have.Column(c.Name); ok {
			changes = recollate(changes, old, c)
		}
	}
	return changes, nil
}

// withoutComments removes comments, which the comparison must ignore.
func withoutComments(t *schema.Table) {
	t.Attrs = schema.RemoveAttr[*schema.Comment](t.Attrs)
	for _, c := range t.Columns {
		c.Attrs = schema.RemoveAttr[*schema.Comment](c.Attrs)
	}
	for _, i := range t.Indexes {
		i.Attrs = schema.RemoveAttr[*schema.Comment](i.Attrs)
	}
}

// trustName treats an index with a condition as unchanged if its name is, because
// the name contains a hash of the condition.
func trustName(have *schema.Table, want *schema.Index) {
	old, ok := have.Index(want.Name)
	if !ok || old == want {
		return
	}
	for _, a := range want.Attrs {
		if p, ok := a.(*postgres.IndexPredicate); ok && p.P != live {
			schema.ReplaceOrAppend(&old.Attrs, p)
		}
	}
}

// recollate adds the change of a column's collation, if it differs.
func recollate(changes []schema.Change, have, want *schema.Column) []schema.Change {
	if collation(have) == collation(want) || collation(want) == "" {
		return changes
	}
	for _, c := range changes {
		if m, ok := c.(*schema.ModifyColumn); ok && m.To == want {
			m.Change |= schema.ChangeCollate
			return changes
		}
	}
	return append(changes, &schema.ModifyColumn{From: have, To: want, Change: schema.ChangeCollate})
}

func collation(c *schema.Column) string {
	for _, a := range c.Attrs {
		if collation, ok := a.(*schema.Collation); ok {
			return collation.V
		}
	}
	return ""
}
