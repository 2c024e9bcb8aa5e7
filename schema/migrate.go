package schema

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Options are the options of Migrate.
type Options struct {
	AllowDestructive bool         // apply changes that may lose data, instead of refusing them
	Progress         func(Change) // called after each change, before the commit unless it is of an index; may be nil
}

// errStale means that another replica migrated the database after it was read.
var errStale = errors.New("schema: the plan is out of date")

// Migrate plans the changes and applies them in one transaction, and then builds
// indexes one by one, without locking out writes. It returns the changes that it
// applied. Other replicas that call Migrate wait, and then find
// nothing to do.
//
// If another binary has migrated the database on from this schema, Migrate changes
// nothing, unless AllowDestructive says so, and returns what Check does.
//
// If a change would lose data, or the existing rows do not meet a new
// requirement, the error is a fault of type NotAllowed and nothing is changed.
func (s *Schema) Migrate(ctx context.Context, d db.DB, o Options) (applied []Change, err error) {
	if db.InTx(ctx, d) {
		return nil, fault.New(fault.UnexpectedState, "a migration cannot run inside a transaction: it begins its own")
	}
	for {
		p, err := s.Plan(ctx, d)
		if err != nil {
			return nil, err
		}
		if p.Ahead && !o.AllowDestructive {
			return nil, s.Check(ctx, d)
		}
		if err := p.refuse(o); err != nil {
			return nil, err
		}
		if p.Empty() && p.state.version == Version && p.state.fingerprint == s.fingerprint() {
			return nil, nil
		}
		if err = s.apply(ctx, d, p, o); err == nil {
			return p.Changes, p.build(ctx, d, p.engine, o)
		}
		if !errors.Is(err, errStale) {
			return nil, err
		}
	}
}

// refuse returns the fault of a plan that must not be applied, or nil.
func (p *Plan) refuse(o Options) error {
	if len(p.blocked) > 0 {
		return fault.New(fault.NotAllowed, "the migration cannot be applied: %s", strings.Join(p.blocked, "; "))
	}
	var losses []string
	for _, c := range p.Changes {
		losses = append(losses, c.losses...)
	}
	if len(losses) == 0 || o.AllowDestructive {
		return nil
	}
	return fault.New(fault.NotAllowed,
		"the migration would lose data: %s; if that is intended, run `gorgon migrate --allow-destructive`; otherwise correct the models",
		strings.Join(losses, "; "))
}

// apply applies a plan. The plan was made outside the transaction, so apply first
// checks, under the lock, that the database has not been migrated since.
func (s *Schema) apply(ctx context.Context, d db.DB, p *Plan, o Options) error {
	e, err := engineOf(d)
	if err != nil {
		return err
	}
	p.engine = e
	if !p.transacted() && p.state.version == Version && p.state.fingerprint == s.fingerprint() {
		return nil // indexes are left to be built
	}
	if p.state.id > 0 { // a change of a table may build an index again
		if err := e.clear(ctx, d); err != nil {
			return err
		}
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

// run applies the changes of a plan, those of an empty database in one round trip.
func (p *Plan) run(ctx context.Context, d db.DB, o Options) error {
	c := db.Use(ctx, d)
	if p.fresh != nil && p.fresh.sql != "" {
		if _, err := c.Exec(ctx, p.fresh.sql); err != nil {
			return explain(err, Change{Summary: "create the tables"})
		}
	}
	for i := range p.Changes {
		change := &p.Changes[i]
		if change.index != "" {
			continue
		}
		if err := change.run(ctx, d, p.fresh != nil); err != nil {
			return explain(err, *change)
		}
		if o.Progress != nil {
			o.Progress(*change)
		}
	}
	if p.rebuilds() {
		return dangling(ctx, c)
	}
	return nil
}

func (c *Change) run(ctx context.Context, d db.DB, fresh bool) error {
	switch {
	case c.data != nil:
		c.Notes = nil // of an attempt before
		if fresh && c.data.Old {
			return noteData(ctx, d, c.data.Name)
		}
		if err := c.data.Run(context.WithValue(ctx, notesKey{}, c), d); err != nil {
			return err
		}
		return noteData(ctx, d, c.data.Name)
	case fresh:
		return nil // part of the script
	}
	_, err := db.Use(ctx, d).Exec(ctx, c.SQL)
	return err
}

// explain adds to err which change failed. It returns faults unchanged, such as
// those of an unavailable database or a data migration.
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
		return fault.Wrap(err, fault.NotAllowed, "the existing rows do not allow the migration (%s): %s; nothing was changed", what, reason(v))
	}
	return fault.Wrap(err, fault.UnexpectedState, "the migration failed (%s): %v; nothing was changed", what, err)
}

// reason returns what is wrong with the existing rows.
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
