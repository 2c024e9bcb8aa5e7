package link

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// settle is for a batch whose pairs could not all be inserted. Pairs that were
// linked before get the values given for them. It answers the rows of the
// entries, and which entries have none, because something is in their way.
func (m *Manager) settle(ctx context.Context, b *batch, now time.Time) (rows []Row, blocked []int, err error) {
	found, err := m.readPairs(ctx, b.Definition, b.entries, true)
	if err != nil {
		return nil, nil, err
	}
	at := make(map[entryKey]int, len(found))
	for i, r := range found {
		at[b.pair(r).key()] = i
	}
	rows = make([]Row, len(b.entries))
	var changed []int
	for i, e := range b.entries {
		n, ok := at[e.key()]
		if !ok {
			blocked = append(blocked, i)
			continue
		}
		rows[i] = found[n]
		if rows[i].ID != e.id && len(e.data) > 0 {
			changed = append(changed, i)
		}
	}
	if len(blocked) > 0 {
		return nil, blocked, nil
	}
	return rows, nil, m.change(ctx, b, rows, changed, now)
}

// entryKey tells the pairs of a link apart.
type entryKey struct{ left, right string }

func (e entry) key() entryKey { return entryKey{e.left, e.right} }

// readPairs reads the live rows of pairs. Locked, they cannot be dismissed
// before the transaction ends; locks are taken in the order of the keys.
func (m *Manager) readPairs(ctx context.Context, d *Definition, entries []entry, locked bool) ([]Row, error) {
	q := m.dialect()
	var t tuples
	for _, e := range entries {
		t.tuple(e.left, e.right)
	}
	sql := "SELECT " + d.selected(q) + d.fromPairs(q, 1)
	if locked {
		sql += " ORDER BY t." + q.Quote(d.Left.Column) + ", t." + q.Quote(d.Right.Column)
		if q.Name() == "postgres" { // SQLite has one writer at a time
			sql += " FOR UPDATE OF t"
		}
	}
	return d.read(ctx, m.conn(ctx), sql, t.arg())
}

// fromPairs is FROM and WHERE for the live rows, named t, of the pairs in the
// nth argument. The join is written CROSS so that SQLite goes from the pairs to
// the rows, by their index.
func (d *Definition) fromPairs(q db.Dialect, n int) string {
	return " FROM " + source(q, n) + " CROSS JOIN " + q.Quote(d.TableName()) + " AS t WHERE t.deleted_at IS NULL" +
		" AND t." + q.Quote(d.Left.Column) + " = " + cell(q, 0, model.Text) + " AND t." + q.Quote(d.Right.Column) + " = " + cell(q, 1, model.Text)
}

// change gives rows that were there before the values of their entries: one
// statement for all that give the same columns.
func (m *Manager) change(ctx context.Context, b *batch, rows []Row, changed []int, now time.Time) error {
	shapes := map[string][]int{}
	for _, i := range changed {
		var names []string
		for _, f := range b.columns {
			if _, ok := b.entries[i].data[f.Name]; ok {
				names = append(names, f.Name)
			}
		}
		shape := strings.Join(names, ",")
		shapes[shape] = append(shapes[shape], i)
	}
	for shape, entries := range shapes {
		if err := m.update(ctx, b, rows, strings.Split(shape, ","), entries, now); err != nil {
			return err
		}
	}
	return nil
}

func (m *Manager) update(ctx context.Context, b *batch, rows []Row, names []string, entries []int, now time.Time) error {
	q := m.dialect()
	var t tuples
	for _, i := range entries {
		rows[i].UpdatedAt = now
		t.tuple(rows[i].ID)
		for _, name := range names {
			rows[i].Data[name] = b.entries[i].data[name]
			t.cell(rows[i].Data[name])
		}
	}
	set := []string{"updated_at = " + q.Placeholder(1)}
	for i, name := range names {
		set = append(set, q.Quote(name)+" = "+cell(q, 1+i, b.extra(name).Kind))
	}
	sql := "UPDATE " + q.Quote(b.TableName()) + " AS t SET " + strings.Join(set, ", ") + " FROM " + source(q, 2) + " WHERE t.id = " + cell(q, 0, model.Text)
	_, err := m.conn(ctx).Exec(ctx, sql, now, t.arg())
	return err
}

// inTheWay says what is in the way of entries, as a conflict. It is nil when
// there is nothing any more.
func (m *Manager) inTheWay(ctx context.Context, b *batch, blocked []int) error {
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

// end is the id at the left or right end.
func (e entry) end(i int) string { return [2]string{e.left, e.right}[i] }

// conflict is the fault of an entry whose end i is linked by a row to another
// record.
func (b *batch) conflict(e entry, i int, r Row) error {
	end, other := b.ends()[i], b.ends()[1-i]
	what := []any{b.Left.Model, e.left, b.Right.Model, e.right, end.Model, e.end(i), other.Model, r.Keys[other.Column]}
	if slices.ContainsFunc(b.entries, func(o entry) bool { return o.id == r.ID }) {
		return fault.New(fault.Conflict, "cannot link %s %q to %s %q: the same call links %s %q to %s %q, and one is all it can have", what...)
	}
	return fault.New(fault.Conflict, "cannot link %s %q to %s %q: %s %q is linked to %s %q, and one is all it can have; dismiss that link first", what...)
}

// readEnds reads the live rows that have one of the ids at an end.
func (m *Manager) readEnds(ctx context.Context, d *Definition, end *End, ids []string) ([]Row, error) {
	q := m.dialect()
	sql := "SELECT " + d.selected(q) + " FROM " + q.Quote(d.TableName()) + " AS t WHERE t.deleted_at IS NULL AND " + q.List("t."+q.Quote(end.Column), 1)
	return d.read(ctx, m.conn(ctx), sql, ids)
}

// refused turns a violation into the mistake behind it. It runs after the
// write was undone, since PostgreSQL answers nothing in a failed transaction.
func (m *Manager) refused(ctx context.Context, err error, b *batch) error {
	var v *db.Violation
	if !errors.As(err, &v) {
		return err
	}
	if v.Kind != db.ForeignKeyViolation {
		return fault.Wrap(err, fault.InvalidData, "the database refused the link %s: a value is against a rule of the table %s", b, b.TableName())
	}
	for i, end := range b.ends() {
		missing, findErr := m.missing(ctx, b, i)
		if findErr != nil {
			return findErr
		}
		if len(missing) > 0 {
			return fault.Wrap(err, fault.NotFound, "cannot link %s: there is no %s with the %s %s", b, end.Model, end.Model.PrimaryKey(), some(missing))
		}
	}
	return fault.Wrap(err, fault.NotFound, "cannot link %s: one of the records does not exist", b)
}

// missing are the ids at end i of a batch that no record has.
func (m *Manager) missing(ctx context.Context, b *batch, i int) ([]string, error) {
	q, of := m.dialect(), b.ends()[i].Model
	ids := make([]string, len(b.entries))
	for n, e := range b.entries {
		ids[n] = e.end(i)
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
