package query

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// estimate replaces a count that is more than was read by the database's
// estimate, which is at least what was read.
func (e *Engine) estimate(ctx, timed context.Context, p *prepared, r *Request, slots []any, m *Metadata) error {
	if p.maxCount == 0 || *m.Count <= int64(p.maxCount) {
		return nil
	}
	m.CountIsEstimate = true
	*m.Count = int64(p.maxCount)
	if p.statement.estimate == nil {
		return nil
	}
	args, err := p.bound(p.statement.estimate, r, slots)
	if err != nil {
		return err
	}
	n, err := e.dialect.estimate(timed, db.Use(timed, e.db), p.statement.estimate.sql, args)
	*m.Count = max(*m.Count, n)
	if err != nil {
		return e.late(ctx, timed, e.databaseError(err))
	}
	return nil
}
