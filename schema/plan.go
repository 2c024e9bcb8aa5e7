package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/schema"
	"github.com/gorgon-commerce/gorgon/db"
)

// A Plan is the list of changes that bring a database to a Schema.
type Plan struct {
	Changes []Change // in order; empty if there is nothing to do
	Version int      // the schema version of the database; 0 if it has none
	Ahead   bool     // whether another binary has migrated the database on from this schema: Migrate then changes nothing

	state   *state
	engine  engine
	fresh   *script  // set if the database has none of the tables
	blocked []string // why the existing rows do not allow the plan
}

// A Change is a step of a Plan.
type Change struct {
	Table       string // "" for a data migration
	Summary     string // "add column note, add index IDX_order_note"
	SQL         string // one or more statements; "" for a data migration
	Destructive bool   // whether data may be lost

	Notes []string // what a data migration left for a person to decide, once it is applied

	losses   []string // descriptions of the data that may be lost
	index    string   // the index that is built or dropped once the transaction is committed; or ""
	surplus  bool     // whether it only takes away what another binary may use
	rebuilds bool     // whether SQLite rebuilds the table
	data     *DataMigration
}

// Empty reports whether there is nothing to do.
func (p *Plan) Empty() bool { return len(p.Changes) == 0 }

// String returns the plan as SQL with comments.
func (p *Plan) String() string {
	if p.Empty() {
		return "nothing to do\n"
	}
	var b strings.Builder
	for i, c := range p.Changes {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(c.String())
	}
	for _, reason := range p.blocked {
		fmt.Fprintf(&b, "\n-- cannot be done: %s\n", reason)
	}
	return b.String()
}

// String returns the change as SQL with a comment.
func (c Change) String() string {
	head := "-- "
	if c.Table != "" {
		head += c.Table + ": "
	}
	head += c.Summary
	if c.Destructive {
		head += " (destructive: " + strings.Join(c.losses, "; ") + ")"
	}
	if c.SQL == "" {
		return head + "\n"
	}
	return head + "\n" + c.SQL + "\n"
}

// Plan compares the database with the models and returns the changes to make. It
// ignores tables that belong to no model.
func (s *Schema) Plan(ctx context.Context, d db.DB) (*Plan, error) {
	e, err := engineOf(d)
	if err != nil {
		return nil, err
	}
	if err := s.checkData(); err != nil {
		return nil, err
	}
	st, err := s.read(ctx, d, e)
	if err != nil {
		return nil, err
	}
	if err := st.readData(ctx, d); err != nil {
		return nil, err
	}
	p := &Plan{Version: int(st.version), state: st}
	var later []Change
	if len(s.missing(st)) == len(s.models) {
		err = s.planFresh(p, e)
	} else {
		later, err = s.planDifference(ctx, p, d, e)
	}
	if err != nil {
		return nil, err
	}
	for i, m := range s.data {
		if !st.data[m.Name] {
			p.Changes = append(p.Changes, Change{Summary: "run data migration " + m.Name, data: &s.data[i]})
		}
	}
	p.Changes = append(p.Changes, later...)
	p.Ahead = s.older(st) && st.version == Version && !p.hasData()
	return p, nil
}

// checkData returns an error if two data migrations have the same name: the
// second would not run.
func (s *Schema) checkData() error {
	for i, m := range s.data {
		if slices.ContainsFunc(s.data[:i], func(o DataMigration) bool { return o.Name == m.Name }) {
			return fmt.Errorf("schema: two data migrations are named %q", m.Name)
		}
	}
	return nil
}

// planFresh plans for an empty database, without any query.
func (s *Schema) planFresh(p *Plan, e engine) (err error) {
	if p.fresh, err = s.scriptOf(e); err != nil {
		return err
	}
	p.Changes = slices.Clone(p.fresh.changes)
	return nil
}

// planDifference plans the changes of a transaction, and returns those after it.
func (s *Schema) planDifference(ctx context.Context, p *Plan, d db.DB, e engine) (later []Change, err error) {
	want, err := desired(s.models, e)
	if err != nil {
		return nil, err
	}
	have, err := e.inspect(ctx, d, tableNames(want))
	if err != nil {
		return nil, err
	}
	changes, err := compare(e, have, want)
	if err != nil {
		return nil, err
	}
	if p.blocked, err = blocked(ctx, d, changes); err != nil {
		return nil, err
	}
	changes, indexes := divide(changes)
	if p.Changes, err = inSQL(ctx, e, changes); err != nil {
		return nil, err
	}
	extras, searches, err := e.missing(ctx, d, s.models)
	if err != nil {
		return nil, err
	}
	p.Changes = append(p.Changes, extras...)
	later, err = planLater(ctx, e, indexes)
	return append(later, searches...), err
}

// compare returns the changes from the existing tables to the wanted ones.
func compare(e engine, have, want *schema.Schema) ([]schema.Change, error) {
	want.Name = have.Name
	var changes []schema.Change
	for _, t := range want.Tables {
		old, ok := have.Table(t.Name)
		if !ok {
			changes = append(changes, &schema.AddTable{T: t})
			continue
		}
		differences, err := e.diff(old, t)
		if err != nil {
			return nil, fmt.Errorf("schema: table %s: %w", t.Name, err)
		}
		if len(differences) > 0 {
			changes = append(changes, &schema.ModifyTable{T: t, Changes: differences})
		}
	}
	return changes, nil
}

// blocked returns a reason for each new column that requires a value which the
// existing rows do not have.
func blocked(ctx context.Context, d db.DB, changes []schema.Change) ([]string, error) {
	var out []string
	for _, c := range changes {
		m, ok := c.(*schema.ModifyTable)
		if !ok {
			continue
		}
		for _, sub := range m.Changes {
			add, ok := sub.(*schema.AddColumn)
			if !ok || add.C.Type.Null || add.C.Default != nil || numbered(add.C) {
				continue
			}
			_, rows, err := db.One[int64](ctx, d, "SELECT 1 FROM "+d.Dialect().Quote(m.T.Name)+" LIMIT 1")
			if err != nil {
				return nil, err
			}
			if rows {
				out = append(out, fmt.Sprintf("%s.%s is new and required, and the rows of %s have no value for it; give it a default or make it nullable",
					m.T.Name, add.C.Name, m.T.Name))
			}
		}
	}
	return out, nil
}

// inSQL returns changes as SQL. Consecutive statements of a table become one
// Change.
func inSQL(ctx context.Context, e engine, changes []schema.Change) ([]Change, error) {
	statements, err := e.statements(ctx, changes)
	if err != nil {
		return nil, err
	}
	var out []Change
	for len(statements) > 0 {
		n := 1
		for n < len(statements) && statements[n].table == statements[0].table {
			n++
		}
		out = append(out, join(statements[:n]))
		statements = statements[n:]
	}
	return out, nil
}

func join(statements []statement) Change {
	c := Change{Table: statements[0].table}
	var all []effect
	var lines []string
	for _, s := range statements {
		all = append(all, effects(s.change)...)
		lines = append(lines, strings.TrimSuffix(s.sql, ";")+";")
		c.rebuilds = c.rebuilds || s.rebuilds
	}
	c.Summary, c.losses = summary(all)
	c.SQL, c.Destructive = strings.Join(lines, "\n"), len(c.losses) > 0
	return c
}
