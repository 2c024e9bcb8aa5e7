package schema

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// SQLite alters a table in few ways; for the others the table is made anew:
// a second one, the rows copied, the first one dropped, the second renamed.
// Dropping a table deletes its rows, and with foreign keys on that deletes what
// refers to them. So a plan with a rebuild runs in a transaction that does not
// enforce foreign keys, and looks for references that lead nowhere at its end.

// unchecked is a database with transactions that do not enforce foreign keys.
type unchecked interface {
	BeginUnchecked(ctx context.Context) (db.Tx, error)
}

func (p *Plan) rebuilds() bool {
	return slices.ContainsFunc(p.Changes, func(c Change) bool { return c.rebuilds })
}

// beginner starts the kind of transaction that the plan needs.
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

// dangling is a fault when a row refers to one that does not exist.
func dangling(ctx context.Context, c db.Conn) error {
	found, err := db.Collect[string](ctx, c, `SELECT DISTINCT "table" || ' to ' || parent FROM pragma_foreign_key_check LIMIT 3`)
	if err != nil || len(found) == 0 {
		return err
	}
	return fault.New(fault.NotAllowed,
		"the migration does not fit the rows that are there: some refer to records that do not exist (%s); nothing was changed", strings.Join(found, ", "))
}
