package schema

import (
	"context"
	"fmt"
	"slices"

	"ariga.io/atlas/sql/schema"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// A database can have more than a binary needs: after a rollback, beside a binary
// with one module more, or while replicas are replaced one by one. Such a binary
// runs, and its Migrate changes nothing.

// lacking returns what the database lacks for this schema: the plan without what
// would only take away. What the binary could not write is an error.
func (s *Schema) lacking(ctx context.Context, d db.DB, e engine, st *state) (*Plan, error) {
	p := &Plan{Version: int(st.version), state: st}
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
	if changes, err = withoutSurplus(changes); err != nil {
		return nil, err
	}
	if p.Changes, err = inSQL(ctx, e, changes); err != nil {
		return nil, err
	}
	extras, _, err := e.missing(ctx, d, s.models) // searches run without their index
	p.Changes = append(p.Changes, slices.DeleteFunc(extras, func(c Change) bool { return c.surplus })...)
	return p, err
}

func tableNames(s *schema.Schema) []string {
	names := make([]string, len(s.Tables))
	for i, t := range s.Tables {
		names[i] = t.Name
	}
	return names
}

// withoutSurplus leaves out changes that take away what the models do not have.
// If rows cannot be inserted without it, the error says so.
func withoutSurplus(changes []schema.Change) ([]schema.Change, error) {
	var out []schema.Change
	for _, c := range changes {
		m, ok := c.(*schema.ModifyTable)
		if !ok {
			out = append(out, c)
			continue
		}
		needed := &schema.ModifyTable{T: m.T}
		for _, sub := range m.Changes {
			switch drop := sub.(type) {
			case *schema.DropIndex, *schema.DropForeignKey, *schema.DropCheck:
			case *schema.DropColumn:
				if !drop.C.Type.Null && drop.C.Default == nil && !numbered(drop.C) {
					return nil, fault.New(fault.UnexpectedState,
						"this binary does not know the column %s.%s, which every row must have; use the binary that last migrated the database, or a newer one", m.T.Name, drop.C.Name)
				}
			default:
				needed.Changes = append(needed.Changes, sub)
			}
		}
		if len(needed.Changes) > 0 {
			out = append(out, needed)
		}
	}
	return out, nil
}

// usable returns an error unless the database has all that this schema needs.
func (s *Schema) usable(ctx context.Context, d db.DB, e engine, st *state) error {
	if err := st.readData(ctx, d); err != nil {
		return err
	}
	for _, m := range s.data {
		if !st.data[m.Name] {
			return fault.New(fault.UnexpectedState, "the data migration %s has not run; run `gorgon migrate`", m.Name)
		}
	}
	p, err := s.lacking(ctx, d, e, st)
	if err != nil || p.Empty() {
		return err
	}
	of := fmt.Sprintf("%s: %s", p.Changes[0].Table, p.Changes[0].Summary)
	if s.older(st) {
		return fault.New(fault.UnexpectedState, "a newer binary has changed the tables in a way that this one cannot run with (it would %s); use the newer binary", of)
	}
	return fault.New(fault.UnexpectedState,
		"the tables do not match this binary (%s); `gorgon migrate --plan` shows the changes, `gorgon migrate` applies them", of)
}

// hasData reports whether a data migration has yet to run.
func (p *Plan) hasData() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool { return c.data != nil })
}

// older reports whether this schema has been the database's, and another one is
// now.
func (s *Schema) older(st *state) bool {
	own := s.fingerprint()
	return st.fingerprint != own && st.history[own]
}
