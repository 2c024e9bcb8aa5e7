package query

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

// Explanation is how a query is answered.
type Explanation struct {
	Plan string // an indented tree
	SQL  string // the one statement, its values as placeholders
	Args int    // how many values it binds
}

// Explain plans and compiles a query without running it.
func (e *Engine) Explain(r Request) (*Explanation, error) {
	p, _, err := e.explain(&r)
	if err != nil {
		return nil, err
	}
	return &Explanation{Plan: p.String(), SQL: p.sql, Args: len(p.args)}, nil
}

func (e *Engine) explain(r *Request) (*prepared, []any, error) {
	s := shapers.Get().(*shaper)
	defer s.release()
	limit, err := e.limit(r)
	if err != nil {
		return nil, nil, err
	}
	p, err := e.prepare(r, s, limit)
	if err != nil {
		return nil, nil, err
	}
	args, err := p.values(r, s.slots)
	return p, args, err
}

// DatabasePlan is the database's own plan of the query: what EXPLAIN says.
func (e *Engine) DatabasePlan(ctx context.Context, r Request) (string, error) {
	p, args, err := e.explain(&r)
	if err != nil {
		return "", err
	}
	c := db.Use(ctx, e.db)
	if e.db.Dialect().Name() == "sqlite" {
		return sqlitePlan(ctx, c, p.sql, args)
	}
	lines, err := db.Collect[string](ctx, c, "EXPLAIN "+p.sql, args...)
	return strings.Join(lines, "\n"), err
}

func sqlitePlan(ctx context.Context, c db.Conn, sql string, args []any) (string, error) {
	rows, err := c.Query(ctx, "EXPLAIN QUERY PLAN "+sql, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id, parent, unused int64
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return "", err
		}
		lines = append(lines, detail)
	}
	return strings.Join(lines, "\n"), rows.Err()
}
