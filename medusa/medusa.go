package medusa

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Options configure Import.
type Options struct {
	// Progress, if not nil, is called as rows are imported, at least once for every table.
	Progress func(table string, done, total int64)
}

// Report says what an import did.
type Report struct {
	Tables  []TableReport  `json:"tables"`  // the imported tables, in the order in which they were written
	Skipped []SkippedTable `json:"skipped"` // the tables that we do not have, by name
	Notes   []string       `json:"notes"`   // single rows that could not be imported as they are, each with the reason
}

// TableReport counts the rows of one table: Read = Written + Unchanged +
// Refused.
type TableReport struct {
	Table     string   `json:"table"`
	Read      int64    `json:"read"`      // rows read from the source
	Written   int64    `json:"written"`   // rows that were new or newer
	Unchanged int64    `json:"unchanged"` // rows that existed already
	Refused   int64    `json:"refused"`   // rows left out; Report.Notes lists each
	Notes     []string `json:"notes"`     // columns that we do not have
}

// SkippedTable is a table of the source that we do not have.
type SkippedTable struct {
	Table  string `json:"table"`
	Module string `json:"module"` // its module in Medusa; "unknown" for a module of the shop
	Rows   int64  `json:"rows"`
}

// Import reads a Medusa database and writes every table in the store's graph, in one
// transaction: the one of the store that ctx carries, or its own. See the package
// comment for rows that exist already or cannot be imported.
//
// Import returns an error, and writes nothing, if the source is not a database of Medusa
// 2.21 or its connection is lost, or if tables of the store are missing.
func Import(ctx context.Context, source db.DB, store *module.Store, o Options) (*Report, error) {
	if err := migrated(ctx, store); err != nil {
		return nil, err
	}
	s, err := open(ctx, source)
	if err != nil {
		return nil, err
	}
	defer s.close(ctx)
	if err := s.check(store.Graph); err != nil {
		return nil, err
	}
	i := &importing{source: s, store: store, progress: o.Progress, report: &Report{}, gone: map[*model.Model][]string{}}
	if i.progress == nil {
		i.progress = func(string, int64, int64) {}
	}
	if err := db.Do(ctx, store.DB, i.run); err != nil {
		return nil, err
	}
	return i.report, nil
}

// importing is one run of Import.
type importing struct {
	source   *source
	store    *module.Store
	progress func(table string, done, total int64)
	report   *Report
	gone     map[*model.Model][]string // soft-deleted records that were written
}

// run imports table by table, in the transaction that ctx carries.
func (i *importing) run(ctx context.Context) error {
	models, err := parentsFirst(i.store.Graph.Models())
	if err != nil {
		return err
	}
	for _, m := range models {
		if i.source.tables[m.Table] == nil {
			continue // check has made sure that the source need not have it
		}
		t := newTransfer(i, m, models)
		if err := t.run(ctx); err != nil {
			return err
		}
		i.report.Tables = append(i.report.Tables, t.report)
		left, err := i.store.Normalize(ctx, m)
		if err != nil {
			return err
		}
		for _, a := range left {
			i.report.Notes = append(i.report.Notes, a.String())
		}
	}
	for _, m := range models { // now the links and logins of the deleted are here, too
		if err := i.store.Changed(ctx, module.Change{Op: module.Deleted, Model: m, IDs: i.gone[m]}); err != nil {
			return err
		}
	}
	if err := i.settle(ctx); err != nil {
		return err
	}
	if i.report.Skipped, err = i.source.skipped(ctx, i.store.Graph); err != nil {
		return err
	}
	return i.store.Analyze(ctx)
}

// settle computes what follows from the rows that were written. Statistics are gathered
// before, since PostgreSQL otherwise takes 1 row in 200 for a live one, and again after.
func (i *importing) settle(ctx context.Context) error {
	if err := i.store.Analyze(ctx); err != nil {
		return err
	}
	for _, m := range i.store.Modules() {
		if m.Settle == nil {
			continue
		}
		if err := m.Settle(ctx, i.store, false, nil); err != nil {
			return err
		}
	}
	return nil
}

// migrated returns an error if the store does not have the tables of its graph.
func migrated(ctx context.Context, store *module.Store) error {
	d := store.DB.Dialect()
	for _, m := range store.Graph.Models() {
		columns := make([]string, len(m.Fields))
		for i, f := range m.Fields {
			columns[i] = d.Quote(m.Table) + "." + d.Quote(f.Name) // SQLite takes an unknown quoted name for a text
		}
		rows, err := db.Use(ctx, store.DB).Query(ctx, "SELECT "+list(columns)+" FROM "+d.Quote(m.Table)+" LIMIT 0")
		if err == nil {
			rows.Next() // PostgreSQL reports the error only now
			rows.Close()
			err = rows.Err()
		}
		if err != nil {
			return notMigrated(err, m)
		}
	}
	return nil
}

func notMigrated(err error, m *model.Model) error {
	if fault.TypeOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.UnexpectedState, "the table %s is missing or not up to date; run `gorgon migrate` before the import", m.Table)
}

// parentsFirst sorts the models so that each comes after those that its foreign keys
// refer to. It returns an error if models refer to each other in a cycle, since their
// rows cannot be written table by table.
func parentsFirst(models []*model.Model) ([]*model.Model, error) {
	const visiting, done = 1, 2
	state := map[*model.Model]int{}
	var sorted []*model.Model
	var visit func(m *model.Model) error
	visit = func(m *model.Model) error {
		switch state[m] {
		case done:
			return nil
		case visiting:
			return fault.New(fault.UnexpectedState, "the foreign keys of %s lead back to it through other tables; such tables cannot be imported", m)
		}
		state[m] = visiting
		for _, f := range m.Fields {
			if f.References == nil || f.References.Model == m {
				continue
			}
			if err := visit(f.References.Model); err != nil {
				return err
			}
		}
		state[m] = done
		sorted = append(sorted, m)
		return nil
	}
	for _, m := range models {
		if err := visit(m); err != nil {
			return nil, err
		}
	}
	return sorted, nil
}
