package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
)

// statements returns those of Atlas and, before and after them, those that Atlas
// does not support.
func (postgresEngine) statements(ctx context.Context, changes []schema.Change) ([]statement, error) {
	wraps := map[string]*around{}
	changes = slices.Clone(changes)
	for i, c := range changes {
		if m, ok := c.(*schema.ModifyTable); ok {
			x := newAround(m)
			wraps[m.T.Name], changes[i] = x, x.change
		}
	}
	planned, err := plan(ctx, postgres.DefaultPlan, changes)
	if err != nil {
		return nil, err
	}
	var out []statement
	for i, p := range planned {
		table := tableOf(planned, i)
		x := wraps[table]
		if x == nil {
			x = &around{} // of a new table
		}
		from := p.Source
		if x.whole != nil {
			from = x.whole
		}
		out = append(out, x.before...)
		out = append(out, statement{table: table, sql: p.Cmd, change: from})
		if strings.HasPrefix(p.Cmd, "CREATE TABLE") || strings.HasPrefix(p.Cmd, "ALTER TABLE") {
			out = append(out, checkComments(p.Source, table)...)
		}
		x.before = nil
		if !follows(planned, i, table) {
			out = append(out, x.after...)
			x.after = nil
		}
	}
	for _, c := range changes {
		if x := wraps[source(c).Name]; x != nil { // Atlas had nothing to plan
			out = append(append(out, x.before...), x.after...)
		}
	}
	return out, nil
}

// tableOf returns the table of a planned statement. One that belongs to the
// statement before, such as dropping the sequence of a column that is no longer
// serial, does not name it.
func tableOf(planned []*migrate.Change, i int) string {
	for ; i >= 0; i-- {
		if t := source(planned[i].Source); t != nil {
			return t.Name
		}
	}
	return ""
}

// follows reports whether a statement after the ith is for the table too.
func follows(planned []*migrate.Change, i int, table string) bool {
	for i++; i < len(planned); i++ {
		if tableOf(planned, i) == table {
			return true
		}
	}
	return false
}

// checkComments returns the statements that keep the text of new checks as their
// comments, for inspect.
func checkComments(from schema.Change, table string) (out []statement) {
	var made []*schema.Check
	switch c := from.(type) {
	case *schema.AddTable:
		made = checks(c.T)
	case *schema.ModifyTable:
		for _, sub := range c.Changes {
			switch sub := sub.(type) {
			case *schema.AddCheck:
				made = append(made, sub.C)
			case *schema.ModifyCheck:
				made = append(made, sub.To)
			}
		}
	}
	for _, check := range made {
		sql := fmt.Sprintf("COMMENT ON CONSTRAINT %s ON %s IS %s", ident(check.Name), ident(table), quote(check.Expr))
		out = append(out, statement{table: table, sql: sql})
	}
	return out
}

// around is a change of a table: the whole change, the part that Atlas can plan,
// and the statements to run before and after that.
type around struct {
	whole, change *schema.ModifyTable
	before, after []statement
}

func newAround(m *schema.ModifyTable) *around {
	x := &around{whole: m, change: &schema.ModifyTable{T: m.T}}
	for _, c := range m.Changes {
		if column, ok := c.(*schema.ModifyColumn); ok {
			x.column(*column)
			continue
		}
		x.change.Changes = append(x.change.Changes, c)
	}
	return x
}

func (x *around) column(c schema.ModifyColumn) {
	if x.identity(c) {
		c.Change &^= schema.ChangeAttr
	}
	if c.Change.Is(schema.ChangeType) {
		x.convert(&c)
	} else if c.Change.Is(schema.ChangeNull) && !c.To.Type.Null {
		x.fill(c)
	}
	if c.Change.Is(schema.ChangeCollate) {
		c.Change = c.Change&^schema.ChangeCollate | schema.ChangeType // Atlas writes the collation beside the type
	}
	if c.Change != schema.NoChange {
		x.change.Changes = append(x.change.Changes, &c)
	}
}

// convert adds how values of the old type become values of the new one. It drops
// the old default first, which PostgreSQL would have to convert too.
func (x *around) convert(c *schema.ModifyColumn) {
	t, err := postgres.FormatType(c.To.Type.Type)
	if err != nil {
		return // Atlas reports it
	}
	if _, serial := c.From.Type.Type.(*postgres.SerialType); !serial { // already a number, and Atlas may not change the type
		c.Extra = append(c.Extra, &postgres.ConvertUsing{X: ident(c.To.Name) + "::" + t})
	}
	if c.From.Default != nil {
		x.add(&x.before, "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT", ident(x.whole.T.Name), ident(c.To.Name))
		c.Change &^= schema.ChangeDefault
		if c.To.Default != nil {
			c.Change |= schema.ChangeDefault
		}
	}
}

// fill sets the default in rows without a value, before a value is required.
func (x *around) fill(c schema.ModifyColumn) {
	if value, ok := c.To.Default.(*schema.Literal); ok {
		x.add(&x.before, "UPDATE %s SET %s = %s WHERE %[2]s IS NULL", ident(x.whole.T.Name), ident(c.To.Name), value.V)
	}
}

// identity turns the numbering of a column on or off. ok is false if it does not
// change. New numbers continue after the highest one.
func (x *around) identity(c schema.ModifyColumn) (ok bool) {
	was, want := numbered(c.From), numbered(c.To)
	table, column := ident(x.whole.T.Name), ident(c.To.Name)
	switch {
	case was == want:
		return false
	case was:
		x.add(&x.before, "ALTER TABLE %s ALTER COLUMN %s DROP IDENTITY", table, column)
	default:
		x.add(&x.after, "ALTER TABLE %s ALTER COLUMN %s ADD GENERATED BY DEFAULT AS IDENTITY", table, column)
		x.add(&x.after, "SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max(%s), 0) + 1, false) FROM %s",
			quote(table), quote(c.To.Name), column, table)
	}
	return true
}

func numbered(c *schema.Column) bool {
	for _, a := range c.Attrs {
		if _, ok := a.(*postgres.Identity); ok {
			return true
		}
	}
	return false
}

func (x *around) add(to *[]statement, format string, args ...any) {
	*to = append(*to, statement{table: x.whole.T.Name, sql: fmt.Sprintf(format, args...), change: x.whole})
}
