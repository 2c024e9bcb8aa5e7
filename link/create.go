package link

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Create links pairs of records and returns their rows, in the order given. A
// pair that is already linked is left as it is. If a record does not exist, the
// error is not_found; if a pair violates the link's cardinality, it is a
// conflict. Create does not check whether a record is soft-deleted.
func (m *Manager) Create(ctx context.Context, pairs ...Pair) ([]Row, error) {
	entries := make([]Entry, len(pairs))
	for i, p := range pairs {
		entries[i].Pair = p
	}
	return m.CreateWith(ctx, entries...)
}

// CreateWith is like Create, with values for extra columns. If a pair is already
// linked, the columns that are given are updated and the others are kept. If a
// pair is given twice, it is one row; if a column is given twice, the last value
// wins.
func (m *Manager) CreateWith(ctx context.Context, entries ...Entry) ([]Row, error) {
	batches, err := m.batches(entries)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(entries))
	if len(batches) == 0 {
		return rows, nil
	}
	if len(batches) == 1 && m.needsNoTransaction(ctx, batches[0]) {
		if done, err := m.createAtOnce(ctx, batches[0], rows); err != nil {
			return nil, m.refused(ctx, err, batches[0])
		} else if done {
			return rows, nil
		}
		if there, err := m.allThere(ctx, batches[0], rows); err != nil {
			return nil, err
		} else if there {
			return rows, nil
		}
	}
	var at *batch
	err = db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		for _, at = range batches {
			if err := m.create(ctx, at, rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, m.refused(ctx, err, at)
	}
	return rows, nil
}

// batch holds the entries of a call that belong to one link.
type batch struct {
	*Definition
	entries []entry // without duplicate pairs; sorted by keys, so that all calls take locks in the same order
	places  []place
}

// place maps the index of an entry in the call to its index in a batch.
type place struct{ call, entry int }

// batches groups entries by link. The batches are sorted by table, so that all
// calls take locks in the same order.
func (m *Manager) batches(entries []Entry) ([]*batch, error) {
	var out []*batch
	for n, given := range entries {
		d, e, err := m.resolve(given.Pair, false)
		if err != nil {
			return nil, err
		}
		if e.data, err = d.checkData(given.Data); err != nil {
			return nil, err
		}
		e.id = m.store.NewID(d.prefix)
		i := slices.IndexFunc(out, func(b *batch) bool { return b.Definition == d })
		if i < 0 {
			i = len(out)
			out = append(out, &batch{Definition: d, entries: make([]entry, 0, len(entries)-n), places: make([]place, 0, len(entries)-n)})
		}
		b := out[i]
		b.places = append(b.places, place{call: n, entry: len(b.entries)})
		b.entries = append(b.entries, e)
	}
	slices.SortFunc(out, func(a, b *batch) int { return strings.Compare(a.TableName(), b.TableName()) })
	for _, b := range out {
		b.collapse()
	}
	return out, nil
}

// collapse sorts the entries and merges those of the same pair.
func (b *batch) collapse() {
	given := b.entries
	slices.SortStableFunc(b.places, func(x, y place) int { return given[x.entry].compare(given[y.entry]) })
	b.entries = make([]entry, 0, len(given))
	for i := range b.places {
		e := given[b.places[i].entry]
		last := len(b.entries) - 1
		if last >= 0 && b.entries[last].compare(e) == 0 {
			b.entries[last].merge(e.data)
		} else {
			b.entries = append(b.entries, e)
			last++
		}
		b.places[i].entry = last
	}
}

// merge adds later values to those of the entry.
func (e *entry) merge(data Data) {
	if e.data == nil {
		e.data = data
		return
	}
	maps.Copy(e.data, data)
}

// createAtOnce tries to write a batch of new pairs with a single statement
// outside a transaction. If a pair conflicts with an existing row, it writes
// nothing and returns false; the batch must then be written by create.
func (m *Manager) createAtOnce(ctx context.Context, b *batch, out []Row) (done bool, err error) {
	now := m.store.Now()
	sql, args := b.insertion(m.dialect(), now)
	if len(b.entries) == 1 { // with more, the others would be written without it
		sql += skipConflicts
	}
	n, err := m.conn(ctx).Exec(ctx, sql, args...)
	var v *db.Violation
	if errors.As(err, &v) && v.Kind == db.UniqueViolation {
		return false, nil
	}
	if err != nil || int(n) < len(b.entries) {
		return false, err
	}
	b.place(b.newRows(now), out)
	return true, nil
}

// allThere reports whether all pairs of a batch are linked already and have nothing
// to update. If so, it puts their rows into their places in out. It takes no locks,
// whose commit would wait for the disk.
func (m *Manager) allThere(ctx context.Context, b *batch, out []Row) (bool, error) {
	if slices.ContainsFunc(b.entries, func(e entry) bool { return len(e.data) > 0 }) {
		return false, nil
	}
	found, err := m.readPairs(ctx, b.Definition, b.entries, false)
	if err != nil || len(found) < len(b.entries) {
		return false, err
	}
	at, rows := b.byPair(found), make([]Row, len(b.entries))
	for i, e := range b.entries {
		rows[i] = at[e.key()]
	}
	b.place(rows, out)
	return true, nil
}

// needsNoTransaction reports whether a batch may be written by a single
// statement: outside a transaction, and if its changes are not watched.
func (m *Manager) needsNoTransaction(ctx context.Context, b *batch) bool {
	return !db.InTx(ctx, m.store.DB) && !m.store.Watched(module.Created, b.rows) && !m.store.Watched(module.Updated, b.rows)
}

// skipConflicts makes an INSERT skip pairs that conflict with existing rows. A
// violation of a unique index would abort the transaction in PostgreSQL.
const skipConflicts = " ON CONFLICT DO NOTHING"

// attempts bounds how often a batch is written because a conflicting row was
// gone by the time it was looked for.
const attempts = 5

// create writes a batch and puts its rows into their places in out.
func (m *Manager) create(ctx context.Context, b *batch, out []Row) error {
	now := m.store.Now()
	sql, args := b.insertion(m.dialect(), now)
	for range attempts {
		n, err := m.conn(ctx).Exec(ctx, sql+skipConflicts, args...)
		if err != nil {
			return err
		}
		if int(n) == len(b.entries) {
			rows := b.newRows(now)
			b.place(rows, out)
			return m.changed(ctx, b.Definition, module.Created, rows)
		}
		rows, blocked, err := m.settle(ctx, b, now)
		if err != nil {
			return err
		}
		if len(blocked) == 0 {
			b.place(rows, out)
			return nil
		}
		if err := m.conflicting(ctx, b, blocked); err != nil {
			return err
		}
	}
	return fault.New(fault.Conflict, "cannot link %s: other calls keep changing the same links; try again", b)
}

func (b *batch) place(rows, out []Row) {
	for _, p := range b.places {
		out[p.call] = rows[p.entry]
	}
}

func (b *batch) newRows(now time.Time) []Row {
	rows, table := make([]Row, len(b.entries)), b.TableName()
	for i, e := range b.entries {
		rows[i] = b.newRow(table, e, now)
	}
	return rows
}

// insertion returns the statement that inserts the pairs of a batch.
func (b *batch) insertion(q db.Dialect, now time.Time) (sql string, args []any) {
	columns := b.given()
	names := []string{b.Left.Column, b.Right.Column, "id", "created_at", "updated_at"}
	values := []string{cell(q, 0, model.Text), cell(q, 1, model.Text), cell(q, 2, model.Text), q.Placeholder(1), q.Placeholder(1)}
	kinds := []model.Kind{model.Text, model.Text, model.Text}
	for i, c := range columns {
		f := b.columns[c]
		names, kinds, values = append(names, f.Name), append(kinds, f.Kind), append(values, cell(q, 3+i, f.Kind))
	}
	for i, n := range names {
		names[i] = q.Quote(n)
	}
	t := tuples{json: make([]byte, 0, 128*len(b.entries))}
	for _, e := range b.entries {
		t.tuple(e.left, e.right, e.id)
		for _, c := range columns {
			v, ok := e.data[b.columns[c].Name]
			if !ok {
				v = b.defaults[c]
			}
			t.cell(v)
		}
	}
	sql = "INSERT INTO " + q.Quote(b.TableName()) + " (" + strings.Join(names, ", ") + ") SELECT " + strings.Join(values, ", ") +
		" FROM " + source(q, 2, kinds...) + " WHERE true" // for SQLite, which would read ON CONFLICT as the ON of a join
	return sql, []any{now, t.arg()}
}

// given returns the indexes of the extra columns that any of the entries has a
// value for.
func (b *batch) given() []int {
	var out []int
	for i, f := range b.columns {
		if slices.ContainsFunc(b.entries, func(e entry) bool { _, ok := e.data[f.Name]; return ok }) {
			out = append(out, i)
		}
	}
	return out
}
