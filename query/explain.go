package query

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// Explanation describes how a request is executed.
type Explanation struct {
	Plan string // an indented tree
	SQL  string // the one statement, with placeholders for values
	Args int    // the number of values it binds
}

// Explain plans and compiles a request without executing it.
func (e *Engine) Explain(r Request) (*Explanation, error) {
	s := shapers.Get().(*shaper)
	defer s.release()
	p, _, err := e.explain(context.Background(), &r, s)
	if err != nil {
		return nil, err
	}
	st := p.statement
	if len(p.leads) > 0 { // of several ways, the one that few records match
		st = p.leads[0].statement
	}
	return &Explanation{Plan: p.String(), SQL: st.sql, Args: len(st.args)}, nil
}

func (e *Engine) explain(ctx context.Context, r *Request, s *shaper) (*prepared, []any, error) {
	limit, err := e.limit(r)
	if err != nil {
		return nil, nil, err
	}
	p, err := e.prepare(ctx, r, s, limit)
	if err != nil {
		return nil, nil, err
	}
	args, err := p.values(r, s.slots)
	return p, args, err
}

// DatabasePlan returns the database's own plan of a request, as its EXPLAIN
// reports it. The request is not executed.
func (e *Engine) DatabasePlan(ctx context.Context, r Request) (string, error) {
	s := shapers.Get().(*shaper)
	defer s.release()
	p, args, err := e.explain(ctx, &r, s)
	if err == nil && len(p.leads) > 0 {
		p, args, err = e.startAt(ctx, ctx, p, args, &r, s.slots)
	}
	if err != nil {
		return "", err
	}
	return e.dialect.explain(ctx, db.Use(ctx, e.db), p.sql, args)
}
