package copydb

import (
	"context"
	"reflect"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/verify"
)

// Options configures Run.
type Options struct {
	// Fresh is what a migration of an empty database leaves behind, as Hold returns
	// it. A target that holds more is refused.
	Fresh Holding
	// Progress, if not nil, is called as rows are copied and checks are made: what is
	// done, how much of it, and how much there is.
	Progress func(what string, done, total int64)
}

// Report says what a copy did.
type Report struct {
	Rows    int64          `json:"rows"`    // in all tables
	Tables  []Table        `json:"tables"`  // in the order in which they were written
	Skipped []Table        `json:"skipped"` // tables of the source that no model describes
	Verify  *verify.Report `json:"verify"`  // of the target
}

// Table is a table and the number of its rows.
type Table struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
}

// Run copies all records of a store to another one with the same model graph. It
// returns an error, and leaves the target as it was, if the target is not empty,
// if a row cannot be written, or if the target would not hold what the source
// holds. Problems that verify finds in both are in the report.
func Run(ctx context.Context, from, to *module.Store, o Options) (*Report, error) {
	if o.Progress == nil {
		o.Progress = func(string, int64, int64) {}
	}
	c := &copying{from: from, to: to, options: o, report: &Report{Skipped: []Table{}}}
	c.models, c.back = parentsFirst(to.Graph.Models())
	var err error
	if c.reader, err = engineOf(from.DB); err != nil {
		return nil, err
	}
	if c.writer, err = engineOf(to.DB); err != nil {
		return nil, err
	}
	err = db.Do(ctx, to.DB, func(ctx context.Context) error {
		return db.DoWith(ctx, from.DB, from.DB.Snapshot, c.run)
	})
	if err != nil {
		return nil, err
	}
	return c.report, nil
}

// copying is one run of Run.
type copying struct {
	from, to       *module.Store
	reader, writer engine
	models         []*model.Model
	back           []reference // foreign keys to rows that may come later
	options        Options
	report         *Report
}

// source and target return the two connections, in the transactions that ctx
// carries.
func (c *copying) source(ctx context.Context) db.Conn { return db.Use(ctx, c.from.DB) }
func (c *copying) target(ctx context.Context) db.Conn { return db.Use(ctx, c.to.DB) }

// run copies everything, in the transactions that ctx carries.
func (c *copying) run(ctx context.Context) error {
	if err := c.writer.begin(ctx, c.target(ctx), c.models, c.back); err != nil {
		return err
	}
	if err := c.empty(ctx); err != nil {
		return err
	}
	for _, m := range c.models {
		n, err := c.table(ctx, m)
		if err != nil {
			return err
		}
		c.report.Tables = append(c.report.Tables, Table{m.Table, n})
		c.report.Rows += n
	}
	if err := c.writer.settle(ctx, c.target(ctx), c.models); err != nil {
		return unwritable(err, "the rows of the source")
	}
	if err := c.to.Analyze(ctx); err != nil { // before verify, whose queries would be planned as for empty tables
		return err
	}
	if err := c.verify(ctx); err != nil {
		return err
	}
	if err := c.skipped(ctx); err != nil {
		return err
	}
	return c.numbers(ctx) // last, because PostgreSQL does not undo it
}

// empty refuses a target that holds records, and removes what a migration has
// put there.
func (c *copying) empty(ctx context.Context) error {
	held, err := Hold(ctx, c.to.DB, c.to.Graph)
	if err != nil {
		return err
	}
	if err := held.Beyond(c.options.Fresh); err != nil {
		return err
	}
	d := c.to.DB.Dialect()
	for i := len(c.models) - 1; i >= 0; i-- {
		table := c.models[i].Table
		if held[table].Rows == 0 {
			continue
		}
		if _, err := c.target(ctx).Exec(ctx, "DELETE FROM "+d.Quote(table)); err != nil {
			return err
		}
	}
	return nil
}

// verify compares the numbers of rows, and checks the target as `gorgon verify`
// does. Problems that the source has as well do not end the copy.
func (c *copying) verify(ctx context.Context) error {
	for _, t := range c.report.Tables {
		n, err := count(ctx, c.target(ctx), c.to.DB.Dialect(), t.Table)
		if err != nil {
			return err
		}
		if n != t.Rows {
			return fault.New(fault.Internal, "%d rows of %s were copied, but the target has %d; nothing was copied", t.Rows, t.Table, n)
		}
	}
	progress := func(done, total int) { c.options.Progress("verifying", int64(done), int64(total)) }
	there, err := verify.Run(ctx, c.to, verify.Options{Progress: progress})
	if err != nil {
		return err
	}
	c.report.Verify = there
	if there.OK {
		return nil
	}
	here, err := verify.Run(ctx, c.from, verify.Options{})
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(here.Problems, there.Problems) {
		return fault.New(fault.Internal, "the copy has a problem that the source does not have (%s); nothing was copied", there.Problems[0])
	}
	return nil
}

// skipped lists the tables of the source that no model describes.
func (c *copying) skipped(ctx context.Context) error {
	names, err := db.Collect[string](ctx, c.source(ctx), c.reader.tables())
	if err != nil {
		return err
	}
	for _, name := range names {
		if c.from.Graph.Table(name) != nil || own[name] || model.Kept(name) {
			continue
		}
		n, err := count(ctx, c.source(ctx), c.from.DB.Dialect(), name)
		if err != nil {
			return err
		}
		c.report.Skipped = append(c.report.Skipped, Table{name, n})
	}
	return nil
}

// own are the tables that no model describes and that each database keeps for
// itself, beside those that triggers keep: the migrations that it has seen.
var own = map[string]bool{"gorgon_schema": true, "gorgon_migration": true, serials: true}

// numbers makes the numbered columns of the target continue where those of the
// source are.
func (c *copying) numbers(ctx context.Context) error {
	for _, m := range c.models {
		for _, f := range m.Fields {
			if !f.Serial {
				continue
			}
			n, err := c.reader.number(ctx, c.source(ctx), m.Table, f.Name)
			if err != nil {
				return err
			}
			if err := c.writer.setNumber(ctx, c.target(ctx), m.Table, f.Name, n); err != nil {
				return err
			}
		}
	}
	return nil
}
