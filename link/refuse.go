package link

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// conflicting returns a conflict that names the row that keeps one of the
// entries from being written. It returns nil if there is no such row any more.
func (m *Manager) conflicting(ctx context.Context, b *batch, blocked []int) error {
	for i, end := range b.ends() {
		if !b.alone(i) {
			continue
		}
		ids := make([]string, len(blocked))
		for n, at := range blocked {
			ids[n] = b.entries[at].end(i)
		}
		rows, err := m.readEnds(ctx, b.Definition, end, ids)
		if err != nil {
			return err
		}
		for _, at := range blocked {
			e := b.entries[at]
			n := slices.IndexFunc(rows, func(r Row) bool { return r.Keys[end.Column] == e.end(i) && b.pair(r).key() != e.key() })
			if n >= 0 {
				return b.conflict(e, i, rows[n])
			}
		}
	}
	return nil
}

// end returns the id at the left (0) or right (1) end.
func (e entry) end(i int) string { return [2]string{e.left, e.right}[i] }

// conflict returns the error for an entry whose record at end i is linked to
// another record by the row r.
func (b *batch) conflict(e entry, i int, r Row) error {
	end, other := b.ends()[i], b.ends()[1-i]
	what := []any{b.Left.Model, e.left, b.Right.Model, e.right, end.Model, e.end(i), other.Model, r.Keys[other.Column]}
	if slices.ContainsFunc(b.entries, func(o entry) bool { return o.id == r.ID }) {
		return fault.New(fault.Conflict, "cannot link %s %q to %s %q: the same call links %s %q to %s %q, and it can have only one", what...)
	}
	return fault.New(fault.Conflict, "cannot link %s %q to %s %q: %s %q is linked to %s %q, and it can have only one; dismiss that link first", what...)
}

// readEnds returns the live rows that have one of the ids at an end.
func (m *Manager) readEnds(ctx context.Context, d *Definition, end *End, ids []string) ([]Row, error) {
	q := m.dialect()
	sql := "SELECT " + d.selected(q, "t.") + " FROM " + q.Quote(d.TableName()) + " AS t WHERE t.deleted_at IS NULL AND " + q.List("t."+q.Quote(end.Column), 1)
	return d.read(ctx, m.conn(ctx), sql, ids)
}

// refused returns a violation as an error that names its cause, and any other
// error unchanged. It must run after the write was rolled back, since PostgreSQL
// runs no queries in a failed transaction.
func (m *Manager) refused(ctx context.Context, err error, b *batch) error {
	var v *db.Violation
	if !errors.As(err, &v) {
		return err
	}
	if v.Kind != db.ForeignKeyViolation {
		return fault.Wrap(err, fault.InvalidData, "the database rejected the link %s: a value violates a constraint of the table %s", b, b.TableName())
	}
	for i, end := range b.ends() {
		missing, findErr := m.missing(ctx, b.Definition, b.entries, i)
		if findErr != nil {
			return findErr
		}
		if len(missing) > 0 {
			return fault.Wrap(err, fault.NotFound, "cannot link %s: there is no %s with the %s %s", b, end.Model, end.Model.PrimaryKey(), some(missing))
		}
	}
	return fault.Wrap(err, fault.NotFound, "cannot link %s: one of the records does not exist", b)
}

// Exist returns a not_found error that names a record of the pairs that does not
// exist. An empty id stands for any record. List and Dismiss do not need the
// records: they find no rows.
func (m *Manager) Exist(ctx context.Context, pairs ...Pair) error {
	sets, err := m.sets(pairs, true)
	if err != nil {
		return err
	}
	for _, s := range sets {
		for i, end := range s.ends() {
			missing, err := m.missing(ctx, s.Definition, s.entries, i)
			if err != nil {
				return err
			}
			if len(missing) > 0 {
				return fault.New(fault.NotFound, "there is no %s with the %s %s", end.Model, end.Model.PrimaryKey(), some(missing))
			}
		}
	}
	return nil
}

// missing returns the ids at end i of entries that have no record.
func (m *Manager) missing(ctx context.Context, d *Definition, entries []entry, i int) ([]string, error) {
	q, of := m.dialect(), d.ends()[i].Model
	var ids []string
	for _, e := range entries {
		if id := e.end(i); id != "" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	key := q.Quote(of.PrimaryKey())
	found, err := db.Collect[string](ctx, m.conn(ctx), "SELECT "+key+" FROM "+q.Quote(of.Table)+" WHERE "+q.List(key, 1), ids)
	if err != nil {
		return nil, err
	}
	have := make(map[string]bool, len(found))
	for _, id := range found {
		have[id] = true
	}
	return slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(ids))), func(id string) bool { return have[id] }), nil
}

// some lists ids for a message, at most five of them.
func some(ids []string) string {
	const shown = 5
	quoted := make([]string, 0, shown)
	for _, id := range ids[:min(shown, len(ids))] {
		quoted = append(quoted, fmt.Sprintf("%q", id))
	}
	text := strings.Join(quoted, ", ")
	if more := len(ids) - shown; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
