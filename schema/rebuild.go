package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// SQLite supports few changes of a table. For the others the table is rebuilt: a
// new one is created, the rows are copied, the old one is dropped and the new one
// renamed. Dropping a table deletes its rows and, if foreign keys are enforced,
// the rows that refer to them. So a plan with a rebuild runs in a transaction
// that does not enforce foreign keys, and checks all references at the end.

// unchecked is implemented by databases with transactions that do not enforce
// foreign keys.
type unchecked interface {
	BeginUnchecked(ctx context.Context) (db.Tx, error)
}

func (p *Plan) rebuilds() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool { return c.rebuilds })
}

// beginner returns the function that begins the transaction for a plan.
func beginner(d db.DB, p *Plan) (func(context.Context) (db.Tx, error), error) {
	if !p.rebuilds() {
		return d.Begin, nil
	}
	u, ok := d.(unchecked)
	if !ok {
		return nil, fmt.Errorf("schema: %T cannot switch foreign keys off to rebuild tables", d)
	}
	return u.BeginUnchecked, nil
}

// dangling returns a fault if a row refers to one that does not exist.
func dangling(ctx context.Context, c db.Conn) error {
	found, err := db.Collect[string](ctx, c, `SELECT DISTINCT "table" || ' to ' || parent FROM pragma_foreign_key_check LIMIT 3`)
	if err != nil || len(found) == 0 {
		return err
	}
	return fault.New(fault.NotAllowed,
		"the existing rows do not allow the migration: some refer to records that do not exist (%s); nothing was changed", strings.Join(found, ", "))
}
