package module

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// Op is what a change did to rows.
type Op uint8

// The kinds of change.
const (
	Created  Op = iota // inserted
	Updated            // columns changed
	Deleted            // soft-deleted
	Restored           // live again after a soft deletion
	Removed            // deleted for good

	ops = iota
)

// Change is what one statement did to the rows of one model. Rows that an
// import writes are Updated, or Deleted when they arrive soft-deleted.
type Change struct {
	Op      Op
	Model   *model.Model // of records, link rows, or the pairs of a many-to-many relation
	IDs     []string     // the primary keys of the rows; of a pair, both keys with a space between
	Columns []string     // those an update wrote; nil for other changes and for an import
	At      time.Time    // of Deleted and Restored: the deleted_at that the rows have or had
	Cause   any          // what SoftDelete or Restore was given, by which a watcher knows its own changes
}

// Watcher sees changes, in the transaction that makes them: what it writes is
// committed with them, and its error undoes them.
type Watcher struct {
	Ops []Op                                                     // the changes it sees; nil is all
	Of  func(m *model.Model) bool                                // the models whose changes it sees; nil is all
	See func(ctx context.Context, s *Store, change Change) error // s is the store that the change was made through
}

// Watch has w see every change of a record or link row that is made through
// the store: by a service, by a statement that changes a set of rows, by an
// import. It belongs to the assembly of a program, before the store is used.
func (s *Store) Watch(w Watcher) {
	s.watchers = append(s.watchers, w)
	for _, t := range s.tables {
		for op := range Op(ops) {
			t.watched[op] = t.watched[op] || w.sees(op, t.model)
		}
	}
}

func (w *Watcher) sees(op Op, m *model.Model) bool {
	return (w.Ops == nil || slices.Contains(w.Ops, op)) && (w.Of == nil || w.Of(m))
}

// Watched reports whether someone watches such changes of a model. Writers of
// plain SQL ask it to save themselves the work of naming rows.
func (s *Store) Watched(op Op, m *model.Model) bool {
	t := s.tables[m]
	return t != nil && t.watched[op]
}

// Changed shows a change to those who watch for it. The store does so for what
// it writes itself; whoever writes records by plain SQL calls it, in the same
// transaction.
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

// changedAll shows changes of several models, in the order of their names.
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

// UpdateSet runs an UPDATE of a model's rows that is plain SQL, and shows the
// change of the columns to those who watch for it. It returns how many rows
// were changed.
func (s *Store) UpdateSet(ctx context.Context, m *model.Model, columns []string, sql string, args ...any) (n int64, err error) {
	t := s.tables[m]
	err = s.inChange(ctx, Updated, t, func(ctx context.Context) error {
		n, err = s.execChange(ctx, Change{Op: Updated, Model: m, Columns: columns}, t, sql, args)
		return err
	})
	return n, err
}

// inChange runs fn in a transaction when somebody watches the change it makes;
// a statement that no one watches is a transaction by itself.
func (s *Store) inChange(ctx context.Context, op Op, t *table, fn func(ctx context.Context) error) error {
	if !t.watched[op] {
		return fn(ctx)
	}
	return db.Do(ctx, s.DB, fn)
}

// execChange runs a statement that changes rows of a table. When the change is
// watched, the rows are named and shown.
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

// returning is the clause that names the rows a statement changed, as
// Change.IDs does.
func (t *table) returning() string { return " RETURNING " + t.identity() }

// identity is the key of a row as one text.
func (t *table) identity() string {
	keys := make([]string, len(t.model.Key))
	for i, name := range t.model.Key {
		keys[i] = t.byName[name].quoted
	}
	return strings.Join(keys, " || ' ' || ")
}
