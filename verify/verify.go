package verify

import (
	"context"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// Kind says what a check looks for.
type Kind string

// The kinds of check; see the package comment.
const (
	Dangling    Kind = "dangling"
	Orphan      Kind = "orphan"
	MissingEnd  Kind = "missing end"
	Cardinality Kind = "cardinality"
)

// Report is what Run found.
type Report struct {
	OK       bool      `json:"ok"`       // nothing is wrong
	Checks   int       `json:"checks"`   // how many were made
	Problems []Problem `json:"problems"` // one for each check that found something
}

// Problem is what one check found.
type Problem struct {
	Check    Kind     `json:"check"`
	Table    string   `json:"table"`
	Column   string   `json:"column"`       // or columns: "order_id, cart_id"
	To       string   `json:"to,omitempty"` // the model whose records are missing
	Count    int64    `json:"count"`        // of rows; of cardinality: of records with too many
	Examples []string `json:"examples"`     // ten ids at the most, in their order; of cardinality: of the records with too many
}

// String is the problem as a sentence.
func (p Problem) String() string {
	at := p.Table + "." + p.Column
	if strings.Contains(p.Column, ", ") {
		at = p.Table + " (" + p.Column + ")"
	}
	refer, value := "rows refer", "values"
	if p.Count == 1 {
		refer, value = "row refers", "value"
	}
	what := fmt.Sprintf("%d %s to a missing %s", p.Count, refer, p.To)
	if p.Check == Cardinality {
		what = fmt.Sprintf("%d %s in more than one live row of the link", p.Count, value)
	}
	return fmt.Sprintf("%s: %s, such as %s", at, what, strings.Join(p.Examples, ", "))
}

// Options are the choices of Run.
type Options struct {
	Progress func(done, total int) // called after each check; nil is fine
}

// Run makes every check of the store's graph and reports what is wrong. An
// error is one of the database, not of the data.
func Run(ctx context.Context, s *module.Store, o Options) (*Report, error) {
	all := checksOf(s.Graph)
	run := &run{conn: db.Use(ctx, s.DB), report: Report{Problems: []Problem{}}, total: all.len(), progress: o.Progress}
	d := s.DB.Dialect()
	for _, r := range all.references {
		sql, args := r.statement(d)
		found := Problem{Check: r.kind, Table: r.holder.Table, Column: r.column, To: r.target.Name}
		if err := run.check(ctx, found, sql, args...); err != nil {
			return nil, err
		}
	}
	for _, u := range all.uniques {
		found := Problem{Check: Cardinality, Table: u.rows.Table, Column: u.column()}
		if err := run.check(ctx, found, u.statement(d)); err != nil {
			return nil, err
		}
	}
	run.report.OK = len(run.report.Problems) == 0
	return &run.report, nil
}

// run is a Run under way.
type run struct {
	conn     db.Conn
	report   Report
	total    int
	progress func(done, total int)
}

// check makes one check: found is what is wrong when the statement has rows.
func (r *run) check(ctx context.Context, found Problem, sql string, args ...any) error {
	rows, err := r.conn.Query(ctx, sql, args...)
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
	r.report.Checks++
	if found.Count > 0 {
		r.report.Problems = append(r.report.Problems, found)
	}
	if r.progress != nil {
		r.progress(r.report.Checks, r.total)
	}
	return nil
}
