package module

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Op is the kind of a change.
type Op uint8

// The kinds of change.
const (
	Created  Op = iota // inserted
	Updated            // columns changed
	Deleted            // soft-deleted
	Restored           // live again after a soft deletion
	Removed            // deleted permanently
	Removing           // about to be: the rows are still there; only watchers that name it see it

	ops = iota
)

// Change describes what one call did to the rows of one model. Rows written by
// an import are Updated, or Deleted if they are soft-deleted on arrival.
type Change struct {
	Op      Op
	Model   *model.Model // the model of the records, of the link rows, or of the pivot table
	IDs     []string     // the primary keys of the rows; the two keys of a pair are joined by a space
	Columns []string     // the columns that an update wrote; nil for other changes and for an import
	At      time.Time    // for Deleted and Restored, the deleted_at that the rows have or had; zero for an import
	Cause   any          // the cause passed to SoftDelete or Restore; a watcher can recognize its own changes by it
}

// A Watcher is called with changes, inside the transaction that makes them.
// What it writes is committed with the change; if it returns an error, the
// change is rolled back and the call that made it returns that error.
type Watcher struct {
	Ops []Op                                                     // the kinds of change to watch; nil means all but Removing
	Of  func(m *model.Model) bool                                // reports whether to watch a model; nil means all models
	See func(ctx context.Context, s *Store, change Change) error // s is the store that the change was made through
}

// Watch registers a watcher of the changes made through the store: by a
// service, by UpdateSet, or by code that reports them with Changed, such as
// links and imports. Call Watch while the program is being set up, before the
// store is used; a module's constructor of its service is a good place.
func (s *Store) Watch(w Watcher) {
	s.watchers = append(s.watchers, w)
	for _, t := range s.tables {
		for op := range Op(ops) {
			t.watched[op] = t.watched[op] || w.sees(op, t.model)
		}
	}
	s.findRemovalsSeen()
}

// findRemovalsSeen sets removalSeen of every table: a removal is seen if it, or
// what it does to the rows of another table, is watched.
func (s *Store) findRemovalsSeen() {
	for again := true; again; {
		again = false
		for _, t := range s.tables {
			if t.removalSeen {
				continue
			}
			t.removalSeen = t.watched[Removed] || t.watched[Removing] ||
				slices.ContainsFunc(t.owns, func(o owned) bool { return o.table.removalSeen }) ||
				slices.ContainsFunc(t.clears, func(o owned) bool { return o.table.watched[Updated] })
			again = again || t.removalSeen
		}
	}
}

func (w *Watcher) sees(op Op, m *model.Model) bool {
	return (w.Ops == nil && op != Removing || slices.Contains(w.Ops, op)) && (w.Of == nil || w.Of(m))
}

// Watched reports whether a watcher is registered for a kind of change of a
// model. Code that writes plain SQL can skip collecting keys if there is none.
func (s *Store) Watched(op Op, m *model.Model) bool {
	t := s.tables[m]
	return t != nil && t.watched[op]
}

// Changed calls the watchers of a change. The store calls it for everything it
// writes itself; code that writes records with plain SQL must call it in the
// same transaction.
func (s *Store) Changed(ctx context.Context, c Change) error {
	if len(c.IDs) == 0 || !s.Watched(c.Op, c.Model) {
		return nil
	}
	for i := range s.watchers {
		if w := &s.watchers[i]; w.sees(c.Op, c.Model) {
			if err := w.See(ctx, s, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// changedAll calls Changed for each of several models, ordered by name.
func (s *Store) changedAll(ctx context.Context, c Change, ids map[*model.Model][]string) error {
	models := slices.SortedFunc(maps.Keys(ids), func(a, b *model.Model) int { return strings.Compare(a.Name, b.Name) })
	for _, m := range models {
		c.Model, c.IDs = m, ids[m]
		if err := s.Changed(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// UpdateSet runs a plain SQL UPDATE of a model's rows and calls the watchers
// of the change. columns are the columns that the statement sets; the table
// must keep its name in the statement, without AS. It returns the number of rows
// changed.
//
// If deleted_at is among the columns, the error is not_allowed: use SoftDelete
// and Restore, which watchers of deletions see.
func (s *Store) UpdateSet(ctx context.Context, m *model.Model, columns []string, sql string, args ...any) (n int64, err error) {
	t := s.tables[m]
	if t == nil {
		return 0, fault.New(fault.UnexpectedState, "%s is not a model of this store", m)
	}
	for _, name := range columns {
		if _, err := t.column(name); err != nil {
			return 0, err
		}
		if name == "deleted_at" {
			return 0, fault.New(fault.NotAllowed, "%s.deleted_at cannot be set by UpdateSet; use SoftDelete or Restore, so that links follow", m)
		}
	}
	err = s.inChange(ctx, Updated, t, func(ctx context.Context) error {
		n, err = s.execChange(ctx, Change{Op: Updated, Model: m, Columns: columns}, t, sql, args)
		return err
	})
	return n, err
}

// inChange runs fn, inside a transaction if the change that fn makes is
// watched. A single statement that is not watched needs no transaction.
func (s *Store) inChange(ctx context.Context, op Op, t *table, fn func(ctx context.Context) error) error {
	if !t.watched[op] {
		return fn(ctx)
	}
	return db.Do(ctx, s.DB, fn)
}

// execChange runs a statement that changes rows of a table and returns the
// number of rows. If the change is watched, it collects the keys of the rows
// and calls the watchers.
func (s *Store) execChange(ctx context.Context, c Change, t *table, sql string, args []any) (int64, error) {
	conn := db.Use(ctx, s.DB)
	if !t.watched[c.Op] {
		return conn.Exec(ctx, sql, args...)
	}
	var err error
	if c.IDs, err = db.Collect[string](ctx, conn, sql+t.returning(), args...); err != nil {
		return 0, err
	}
	return int64(len(c.IDs)), s.Changed(ctx, c)
}

// returning returns the RETURNING clause that yields the keys of the changed
// rows in the form of Change.IDs.
func (t *table) returning() string { return " RETURNING " + t.identity() }

// identity returns an SQL expression for the key of a row as one text. Its
// columns are qualified, since a statement may join other tables.
func (t *table) identity() string {
	keys := make([]string, len(t.model.Key))
	for i, name := range t.model.Key {
		keys[i] = t.name + "." + t.byName[name].quoted
	}
	return strings.Join(keys, " || ' ' || ")
}

// Identity returns an SQL expression for the key of a row of a model in the
// form of Change.IDs, for code that writes rows with plain SQL. The table must
// keep its name in the statement.
func (s *Store) Identity(m *model.Model) string { return s.tables[m].identity() }
