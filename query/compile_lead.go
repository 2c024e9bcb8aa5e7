package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
)

// rareMatches is up to how many records at the end of an edge are few: then
// their keys are listed first, instead of trying the records of the root one
// after the other until the page is full. A smaller Limits.MaxCount lowers it.
const rareMatches = 2000

func (l Limits) rare() int { return min(rareMatches, l.MaxCount) }

// startAt returns the plan with the statement of the first lead that few records
// match, and its arguments. If many match every lead, it returns what it was given.
func (e *Engine) startAt(ctx, timed context.Context, p *prepared, args []any, r *Request, slots []any) (*prepared, []any, error) {
	for _, l := range p.leads {
		if l.applies != nil && !l.applies(slots) {
			continue
		}
		found := *p
		few, err := e.probe(timed, &found, l, r, slots)
		switch {
		case err != nil:
			return nil, nil, e.late(ctx, timed, err)
		case few:
			found.statement = l.statement
			args, err = found.values(r, slots)
			return &found, args, err
		case l.counts != nil && l.counts(slots):
			found.atLeast = int64(l.most)
			p = &found
		}
	}
	return p, args, nil
}

// probe reports whether few records match a lead. If it finds their keys, it puts
// them into the plan.
func (e *Engine) probe(ctx context.Context, p *prepared, l lead, r *Request, slots []any) (few bool, err error) {
	values, err := p.bound(l.probe, r, slots)
	if err != nil {
		return false, err
	}
	if !l.finds {
		n, _, err := db.One[int64](ctx, db.Use(ctx, e.db), l.probe.sql, values...)
		return n <= int64(l.most), e.databaseError(err)
	}
	keys, err := db.Collect[*string](ctx, db.Use(ctx, e.db), l.probe.sql, values...)
	if err != nil || len(keys) > l.most || slices.Contains(keys, nil) {
		return false, e.databaseError(err)
	}
	p.candidates = make([]string, len(keys))
	for i, k := range keys {
		p.candidates[i] = *k
	}
	return true, nil
}

// leads returns the conditions over edges that the records of the root may be
// found by: which of them match few records is asked with each request.
func (c *compiler) leads() []*cond {
	where := c.plan.root.where
	if !c.dialect.prefersIn || c.access != byIndex || c.plan.oneKey || where == nil {
		return nil
	}
	var out []*cond
	for _, k := range where.flat(nil) {
		if k.op == opSome && keyCondition(k.end.edge) >= 0 && k.selects(false) {
			out = append(out, k)
		}
	}
	slices.SortStableFunc(out, func(a, b *cond) int { return a.cost() - b.cost() })
	return out[:min(len(out), maxLeads)]
}

// maxLeads bounds what is compiled, and asked before a query.
const maxLeads = 3

// probe returns the statement of the number of records that fulfill a lead, or
// one more than are few.
func (c *compiler) probe(lead *cond, few int) *statement {
	from, conditions := c.ends(lead)
	return &statement{
		sql:  fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d)", from, c.where(conditions), few+1),
		args: c.args,
	}
}

// few returns the statement of the number of matching records, or one more than
// are few: those are sorted faster than the end of an edge is read.
func (c *compiler) few(most int) *statement {
	return &statement{sql: fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT %d)", c.matching(), most+1), args: c.args}
}

// ends joins the tables of a lead, without the condition that ties them to the
// root.
func (c *compiler) ends(lead *cond) (from string, conditions []string) {
	at := keyCondition(lead.end.edge)
	from, conditions = c.from(lead.end)
	conditions = slices.Delete(conditions, at, at+1)
	if len(lead.children) > 0 {
		conditions = append(conditions, c.conjuncts(lead.children[0], byKeys)...)
	}
	return from, conditions
}

// onlyEdges reports whether the conditions are about what edges lead to, apart
// from the column that the records are counted by.
func (c *compiler) onlyEdges() bool {
	root := c.plan.root.scope
	return !slices.ContainsFunc(c.plan.root.where.flat(nil), func(k *cond) bool {
		return k.end == nil && (k.op != opCompare || k.left.own(root) != root.model.CountedBy)
	})
}

// matchesOf returns a query of the matching records that starts at the end of an
// edge, whose tables are joined to the root.
func (c *compiler) matchesOf(lead *cond) string {
	root := c.plan.root
	from, conditions := c.from(lead.end)
	if len(lead.children) > 0 {
		conditions = append(conditions, c.conjuncts(lead.children[0], byIndex)...)
	}
	if root.scope.model.SoftDeletes() && !c.withDeleted {
		conditions = append(conditions, c.column(root.scope.alias, "deleted_at")+" IS NULL")
	}
	for _, k := range root.where.flat(nil) {
		if k != lead {
			conditions = append(conditions, c.cond(k))
		}
	}
	return "SELECT DISTINCT " + c.keyColumns(root.scope.alias) + " FROM " + from + " " + c.dialect.leadingJoin + " " + c.table(root.scope) + c.where(conditions)
}
