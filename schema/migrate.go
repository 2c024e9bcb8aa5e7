package schema

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Options are the choices of Migrate.
type Options struct {
	AllowDestructive bool         // make changes that drop or narrow; without it they are refused
	Progress         func(Change) // called after each change is made, before all are committed; nil is fine
}

// errStale says that another replica changed the database after it was read.
var errStale = errors.New("schema: the plan is out of date")

// Migrate plans and makes the changes, all in one transaction and one replica
// at a time: others wait and then find nothing to do. It answers what it did.
//
// A plan that would lose data is a fault of type not_allowed, as is one that
// the rows which are there do not fit; the database stays as it was.
func (s *Schema) Migrate(ctx context.Context, d db.DB, o Options) (applied []Change, err error) {
	if db.InTx(ctx, d) {
		return nil, fault.New(fault.UnexpectedState, "a migration cannot run inside a transaction: it makes its own")
	}
	for {
		p, err := s.Plan(ctx, d)
		if err != nil {
			return nil, err
		}
		if err := p.refuse(o); err != nil {
			return nil, err
		}
		if p.Empty() && p.state.version == Version && p.state.fingerprint == s.fingerprint() {
			return nil, nil
		}
		if err = s.apply(ctx, d, p, o); err == nil {
			return p.Changes, nil
		}
		if !errors.Is(err, errStale) {
			return nil, err
		}
	}
}

// refuse is the fault of a plan that must not be made, or nil.
func (p *Plan) refuse(o Options) error {
	if len(p.blocked) > 0 {
		return fault.New(fault.NotAllowed, "the migration cannot be made: %s", strings.Join(p.blocked, "; "))
	}
	var losses []string
	for _, c := range p.Changes {
		losses = append(losses, c.losses...)
	}
	if len(losses) == 0 || o.AllowDestructive {
		return nil
	}
	return fault.New(fault.NotAllowed,
		"the migration would lose data: %s; if that is meant, run `gorgon migrate --allow-destructive`, else give the models back what they miss",
		strings.Join(losses, "; "))
}

// apply makes a plan. The plan was made outside the transaction, so under the
// lock it looks first whether the plan still holds.
func (s *Schema) apply(ctx context.Context, d db.DB, p *Plan, o Options) error {
	e, err := engineOf(d)
	if err != nil {
		return err
	}
	begin, err := beginner(d, p)
	if err != nil {
		return err
	}
	return db.DoWith(ctx, d, begin, func(ctx context.Context) error {
		c := db.Use(ctx, d)
		if err := e.lock(ctx, c); err != nil {
			return err
		}
		st, err := s.read(ctx, c, e)
		if err != nil {
			return err
		}
		if st.id != p.state.id {
			return errStale
		}
		if err := st.remember(ctx, c); err != nil {
			return err
		}
		if err := p.run(ctx, d, o); err != nil {
			return err
		}
		return s.note(ctx, d, st)
	})
}

// run makes the changes of a plan, those of an empty database in one trip.
func (p *Plan) run(ctx context.Context, d db.DB, o Options) error {
	c := db.Use(ctx, d)
	if p.fresh != nil && p.fresh.sql != "" {
		if _, err := c.Exec(ctx, p.fresh.sql); err != nil {
			return explain(err, Change{Summary: "make the tables"})
		}
	}
	for _, change := range p.Changes {
		if err := change.run(ctx, d, p.fresh != nil); err != nil {
			return explain(err, change)
		}
		if o.Progress != nil {
			o.Progress(change)
		}
	}
	if p.rebuilds() {
		return dangling(ctx, c)
	}
	return nil
}

func (c Change) run(ctx context.Context, d db.DB, fresh bool) error {
	switch {
	case c.data != nil:
		if err := c.data.Run(ctx, d); err != nil {
			return err
		}
		return noteData(ctx, d, c.data.Name)
	case fresh:
		return nil // made already
	}
	_, err := db.Use(ctx, d).Exec(ctx, c.SQL)
	return err
}

// explain says which change failed. Faults (the database is away, a data
// migration refuses) pass as they are.
func explain(err error, c Change) error {
	var f *fault.Error
	if errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	what := c.Summary
	if c.Table != "" {
		what = c.Table + ": " + what
	}
	var v *db.Violation
	if errors.As(err, &v) {
		return fault.Wrap(err, fault.NotAllowed, "the migration does not fit the rows that are there (%s): %s; nothing was changed", what, reason(v))
	}
	return fault.Wrap(err, fault.UnexpectedState, "the migration failed (%s): %v; nothing was changed", what, err)
}

// reason says which rule rows break.
func reason(v *db.Violation) string {
	of := ""
	if len(v.Columns) > 0 {
		of = " in " + strings.Join(v.Columns, ", ")
	}
	switch v.Kind {
	case db.UniqueViolation:
		return "some have the same values" + of
	case db.NotNullViolation:
		return "some have no value" + of
	case db.ForeignKeyViolation:
		return "some refer to records that do not exist"
	case db.CheckViolation:
		return fmt.Sprintf("some break the check %q", v.Constraint)
	}
	return v.Error()
}
