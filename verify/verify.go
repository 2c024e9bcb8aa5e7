package verify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Kind is what a check looks for.
type Kind string

// The kinds of check; see the package comment.
const (
	Dangling    Kind = "dangling"
	Orphan      Kind = "orphan"
	MissingEnd  Kind = "missing end"
	DeletedEnd  Kind = "deleted end"
	Cardinality Kind = "cardinality"
	Rule        Kind = "rule"
	Stale       Kind = "stale"
)

// Report is what Run found.
type Report struct {
	OK       bool      `json:"ok"`       // there are no problems, or all of them are repaired
	Checks   int       `json:"checks"`   // the number of checks made
	Problems []Problem `json:"problems"` // one for each check that found any

	Unread []schema.Leftover `json:"unread,omitempty"` // tables of links that no link reads; they are no problem by themselves
}

// Problem is what one check found.
type Problem struct {
	Check    Kind     `json:"check"`
	Table    string   `json:"table"`
	Column   string   `json:"column"`             // or several columns: "order_id, cart_id"
	To       string   `json:"to,omitempty"`       // the model whose records are missing
	Wrong    string   `json:"wrong,omitempty"`    // what is wrong with rows that break a rule
	Count    int64    `json:"count"`              // of rows; for cardinality, of records linked too often
	Repaired bool     `json:"repaired,omitempty"` // whether the rows are right now
	Examples []string `json:"examples"`           // at most ten ids, sorted; for cardinality, of the records linked too often; for stale values, with what they are and should be
}

// String returns the problem as a sentence.
func (p Problem) String() string {
	at := p.Table + "." + p.Column
	if strings.Contains(p.Column, ", ") {
		at = p.Table + " (" + p.Column + ")"
	}
	refer, value, are := "rows refer", "values", "are"
	if p.Count == 1 {
		refer, value, are = "row refers", "value", "is"
	}
	what := fmt.Sprintf("%d %s to a missing %s", p.Count, refer, p.To)
	switch p.Check {
	case DeletedEnd:
		what = fmt.Sprintf("%d live %s to a deleted %s", p.Count, refer, p.To)
	case Cardinality:
		what = fmt.Sprintf("%d %s in more than one live row of the link", p.Count, value)
	case Stale:
		what = fmt.Sprintf("%d stored %s %s not what follows from other records", p.Count, value, are)
	case Rule:
		what = fmt.Sprintf("%d live rows %s", p.Count, p.Wrong)
	}
	if p.Repaired {
		what += "; repaired"
	}
	return fmt.Sprintf("%s: %s, such as %s", at, what, strings.Join(p.Examples, ", "))
}

// Options configures Run. The zero value is valid.
type Options struct {
	Progress func(done, total int) // called after each check, unless nil
	Repair   bool                  // write the values that follow from others and differ from what is stored
	Schema   *schema.Schema        // says which tables are read; nil leaves Report.Unread empty
}

// Run makes every check that follows from the store's model graph, and those of its
// modules. Problems with
// the data are in the report; an error means that a check could not be made.
func Run(ctx context.Context, s *module.Store, o Options) (*Report, error) {
	all := checksOf(s)
	c := &checker{conn: db.Use(ctx, s.DB), report: Report{Problems: []Problem{}}, total: all.len(), progress: o.Progress}
	d := s.DB.Dialect()
	for _, r := range all.references {
		sql, args := r.statement(d)
		found := Problem{Check: r.kind, Table: r.holder.Table, Column: r.column, To: r.target.Name}
		if err := c.check(ctx, found, sql, args...); err != nil {
			return nil, err
		}
	}
	for _, u := range all.uniques {
		found := Problem{Check: Cardinality, Table: u.rows.Table, Column: u.column()}
		if err := c.check(ctx, found, u.statement(d)); err != nil {
			return nil, err
		}
	}
	for _, r := range all.rules {
		if err := c.rule(ctx, r, d, o.Repair); err != nil {
			return nil, err
		}
	}
	for _, m := range all.settling {
		if err := c.settle(ctx, s, m, o.Repair); err != nil {
			return nil, err
		}
	}
	c.report.OK = !slices.ContainsFunc(c.report.Problems, func(p Problem) bool { return !p.Repaired })
	if o.Schema == nil {
		return &c.report, nil
	}
	unread, err := o.Schema.Leftovers(ctx, s.DB)
	c.report.Unread = append(c.report.Unread, unread...)
	return &c.report, err
}

// checker is the state of one Run.
type checker struct {
	conn     db.Conn
	report   Report
	total    int
	progress func(done, total int)
}

// check makes one check: if the statement returns rows, found is a problem.
func (c *checker) check(ctx context.Context, found Problem, sql string, args ...any) error {
	rows, err := c.conn.Query(ctx, sql, args...)
	if err != nil {
		return fmt.Errorf("verify: %s.%s: %w", found.Table, found.Column, err)
	}
	defer rows.Close()
	for rows.Next() {
		var example string
		if err := rows.Scan(&example, &found.Count); err != nil {
			return err
		}
		found.Examples = append(found.Examples, example)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	c.report.Checks++
	if found.Count > 0 {
		c.report.Problems = append(c.report.Problems, found)
	}
	if c.progress != nil {
		c.progress(c.report.Checks, c.total)
	}
	return nil
}

// rule makes the check of a module. A repair that the database refuses leaves the
// problem: there is another one that stands in its way.
func (c *checker) rule(ctx context.Context, r module.Check, d db.Dialect, repair bool) error {
	before := len(c.report.Problems)
	found := Problem{Check: Rule, Table: r.Model.Table, Column: r.Column, Wrong: r.Wrong}
	err := c.check(ctx, found, ruleStatement(r, d))
	if err != nil || len(c.report.Problems) == before || r.Value == nil || !repair {
		return err
	}
	_, err = c.conn.Exec(ctx, repairStatement(r, d))
	if refused := (*db.Violation)(nil); errors.As(err, &refused) {
		return nil
	}
	c.report.Problems[before].Repaired = err == nil
	return err
}

// settle compares what a module computes from its records with what is stored.
func (c *checker) settle(ctx context.Context, s *module.Store, m *module.Module, repair bool) error {
	type place struct {
		table, column string
		kept          bool
	}
	var places []place
	found := map[place]*Problem{}
	err := m.Settle(ctx, s, !repair, func(w module.Wrong) {
		at := place{w.Model.Table, w.Column, w.Kept}
		p := found[at]
		if p == nil {
			p = &Problem{Check: Stale, Table: at.table, Column: at.column, Repaired: repair && !w.Kept}
			places, found[at] = append(places, at), p
		}
		if p.Count++; p.Count <= 10 {
			p.Examples = append(p.Examples, fmt.Sprintf("%s (%s, not %s)", w.ID, w.Computed, w.Stored))
		}
	})
	if err != nil {
		return fmt.Errorf("verify: module %s: %w", m.Name, err)
	}
	for _, at := range places {
		c.report.Problems = append(c.report.Problems, *found[at])
	}
	c.report.Checks++
	if c.progress != nil {
		c.progress(c.report.Checks, c.total)
	}
	return nil
}
