package link

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Create links pairs and answers their rows, in the order given. A pair that
// is linked already is left as it is. An id that no record has is not_found; a
// pair against the link's cardinality is a conflict.
func (m *Manager) Create(ctx context.Context, pairs ...Pair) ([]Row, error) {
	entries := make([]Entry, len(pairs))
	for i, p := range pairs {
		entries[i] = Entry{Pair: p}
	}
	return m.CreateWith(ctx, entries...)
}

// CreateWith is Create with values for extra columns.
func (m *Manager) CreateWith(ctx context.Context, entries ...Entry) ([]Row, error) {
	all := make([]entry, 0, len(entries))
	for _, e := range entries {
		r, err := m.resolve(e.Pair, e.Data, false)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	rows := make(map[string]Row, len(all))
	err := db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		for _, b := range batches(all, m.store.DB.Dialect().MaxArgs()) {
			if err := m.insert(ctx, b, rows); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, m.refused(ctx, err, all)
	}
	out := make([]Row, len(all))
	for i, e := range all {
		out[i] = rows[e.key()]
	}
	return out, nil
}

// key tells entries apart: the same pair twice is one row.
func (e entry) key() string { return e.definition.TableName() + "\x00" + e.left + "\x00" + e.right }

// batches groups entries of one link that give the same extra columns, so that
// each group is one statement; of a pair given twice the last data counts. A
// group is cut where a statement would have too many arguments.
func batches(all []entry, maxArgs int) [][]entry {
	last := make(map[string]int, len(all))
	for i, e := range all {
		last[e.key()] = i
	}
	groups := map[string]int{}
	var out [][]entry
	for i, e := range all {
		if last[e.key()] != i {
			continue
		}
		name := e.definition.TableName() + "\x00" + e.shape
		at, ok := groups[name]
		if !ok || (len(out[at])+1)*(5+len(e.data)) > maxArgs {
			at = len(out)
			groups[name] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], e)
	}
	return out
}

// insert writes one batch. The rows are those we made, unless a pair was there
// already: then the database answers an id that is not ours.
func (m *Manager) insert(ctx context.Context, batch []entry, rows map[string]Row) error {
	d := batch[0].definition
	sql, args, made, err := m.insertion(batch)
	if err != nil {
		return err
	}
	c := db.Use(ctx, m.store.DB)
	ids, err := db.Collect[string](ctx, c, sql, args...)
	if err != nil {
		return err
	}
	ours := make(map[string]bool, len(made))
	for _, r := range made {
		ours[r.ID] = true
	}
	complete := len(d.columns) == len(batch[0].data)
	for _, id := range ids {
		complete = complete && ours[id]
	}
	if complete {
		for i, e := range batch {
			rows[e.key()] = made[i]
		}
		return nil
	}
	return m.reread(ctx, d, ids, rows)
}

// insertion is the statement for a batch, and the rows as they will be when
// none is there yet.
func (m *Manager) insertion(batch []entry) (sql string, args []any, made []Row, err error) {
	d := batch[0].definition
	q, now := m.store.DB.Dialect(), m.now()
	names := []string{d.Left.Column, d.Right.Column, "id", "created_at", "updated_at"}
	var extra []string
	if batch[0].shape != "" {
		extra = strings.Split(batch[0].shape, ",")
	}
	names = append(names, extra...)
	var b strings.Builder
	b.Grow(200 + len(batch)*(10*len(names)))
	b.WriteString("INSERT INTO " + q.Quote(d.TableName()) + " (" + quoted(q, names) + ") VALUES ")
	args = make([]any, 0, len(batch)*len(names))
	made = make([]Row, 0, len(batch))
	for i, e := range batch {
		row := Row{Link: d.TableName(), ID: m.newID(d.prefix), Keys: map[string]string{d.Left.Column: e.left, d.Right.Column: e.right}, CreatedAt: now, UpdatedAt: now}
		if len(e.data) > 0 {
			row.Data = e.data
		}
		made = append(made, row)
		args = append(args, e.left, e.right, row.ID, now, now)
		for _, name := range extra {
			v, err := module.CheckValue(d.rows, d.rows.Field(name), e.data[name])
			if err != nil {
				return "", nil, nil, err
			}
			args = append(args, v)
		}
		writeTuple(&b, q, i, len(names))
	}
	b.WriteString(" ON CONFLICT (" + quoted(q, names[:2]) + ") WHERE deleted_at IS NULL DO UPDATE SET ")
	if len(extra) == 0 {
		// Changes nothing, but has the row answered.
		left := q.Quote(d.Left.Column)
		b.WriteString(left + " = excluded." + left)
	} else {
		for _, name := range extra {
			b.WriteString(q.Quote(name) + " = excluded." + q.Quote(name) + ", ")
		}
		b.WriteString("updated_at = excluded.updated_at")
	}
	b.WriteString(" RETURNING id")
	return b.String(), args, made, nil
}

func (m *Manager) newID(prefix string) string {
	if m.store.NewID != nil {
		return m.store.NewID(prefix)
	}
	return newID(prefix)
}

func quoted(q db.Dialect, names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = q.Quote(n)
	}
	return strings.Join(out, ", ")
}

// writeTuple writes the ith row of VALUES: (?6, ?7 …).
func writeTuple(b *strings.Builder, q db.Dialect, i, width int) {
	if i > 0 {
		b.WriteString(", ")
	}
	b.WriteByte('(')
	for j := range width {
		if j > 0 {
			b.WriteByte(',')
		}
		b.WriteString(q.Placeholder(i*width + j + 1))
	}
	b.WriteByte(')')
}

// reread reads the rows of these ids.
func (m *Manager) reread(ctx context.Context, d *Definition, ids []string, rows map[string]Row) error {
	q := m.store.DB.Dialect()
	sql := "SELECT " + d.selected(q.Quote) + " FROM " + q.Quote(d.TableName()) + " WHERE " + q.List("id", 1)
	found, err := d.read(ctx, db.Use(ctx, m.store.DB), sql, ids)
	for _, r := range found {
		e := entry{definition: d, left: r.Keys[d.Left.Column], right: r.Keys[d.Right.Column]}
		rows[e.key()] = r
	}
	return err
}

// refused turns a violation into the mistake behind it. It runs after the
// write was undone, since PostgreSQL answers nothing in a failed transaction.
func (m *Manager) refused(ctx context.Context, err error, all []entry) error {
	var v *db.Violation
	if !errors.As(err, &v) {
		return err
	}
	switch v.Kind {
	case db.ForeignKeyViolation:
		return m.missingEnd(ctx, err, all)
	case db.UniqueViolation:
		return m.takenEnd(ctx, err, all)
	}
	return fault.Wrap(err, fault.InvalidData, "the link's extra columns were refused: a value is missing or against a rule of the table")
}

// missingEnd finds the first id that no record has.
func (m *Manager) missingEnd(ctx context.Context, err error, all []entry) error {
	q, c := m.store.DB.Dialect(), db.Use(ctx, m.store.DB)
	for _, e := range all {
		ids := [2]string{e.left, e.right}
		for i, end := range e.definition.ends() {
			sql := fmt.Sprintf("SELECT 1 FROM %s WHERE %s = %s", q.Quote(end.Model.Table), q.Quote(end.Model.PrimaryKey()), q.Placeholder(1))
			_, ok, findErr := db.One[int64](ctx, c, sql, ids[i])
			if findErr != nil {
				return findErr
			}
			if !ok {
				return fault.Wrap(err, fault.NotFound, "cannot link %s: there is no %s with the id %q", e.definition, end.Model, ids[i])
			}
		}
	}
	return fault.Wrap(err, fault.NotFound, "cannot link: one of the records does not exist")
}

// takenEnd finds the first end that is linked to another record already, in
// the table or in the call itself.
func (m *Manager) takenEnd(ctx context.Context, err error, all []entry) error {
	c := db.Use(ctx, m.store.DB)
	seen := map[string]string{}
	for _, e := range all {
		ids := [2]string{e.left, e.right}
		for i, end := range e.definition.ends() {
			other := e.definition.ends()[1-i]
			if other.List {
				continue // this end may have many of the other
			}
			with, found := seen[e.definition.TableName()+end.Column+ids[i]]
			if !found {
				q := m.store.DB.Dialect()
				sql := fmt.Sprintf("SELECT %s FROM %s WHERE %s = %s AND deleted_at IS NULL", q.Quote(other.Column), q.Quote(e.definition.TableName()), q.Quote(end.Column), q.Placeholder(1))
				var findErr error
				if with, found, findErr = db.One[string](ctx, c, sql, ids[i]); findErr != nil {
					return findErr
				}
			}
			if found && with != ids[1-i] {
				return fault.Wrap(err, fault.Conflict, "cannot link %s: %s %q is linked to %s %q already; dismiss that link first", e.definition, end.Model, ids[i], other.Model, with)
			}
			seen[e.definition.TableName()+end.Column+ids[i]] = ids[1-i]
		}
	}
	return fault.Wrap(err, fault.Conflict, "cannot link: one of the records is linked to another one already")
}
