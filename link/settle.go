package link

import (
	"context"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// settle completes a batch whose pairs could not all be inserted: it updates the
// pairs that were already linked with the values given for them. It returns the
// rows of the entries, or the indexes of the entries that have no row because
// another row conflicts with them.
func (m *Manager) settle(ctx context.Context, b *batch, now time.Time) (rows []Row, blocked []int, err error) {
	found, err := m.readPairs(ctx, b.Definition, b.entries, true)
	if err != nil {
		return nil, nil, err
	}
	at := b.byPair(found)
	rows = make([]Row, len(b.entries))
	var changed []int
	for i, e := range b.entries {
		r, ok := at[e.key()]
		if !ok {
			blocked = append(blocked, i)
			continue
		}
		rows[i] = r
		if rows[i].ID != e.id && len(e.data) > 0 {
			changed = append(changed, i)
		}
	}
	if len(blocked) > 0 {
		return nil, blocked, nil
	}
	var inserted []Row
	for i, r := range rows {
		if r.ID == b.entries[i].id {
			inserted = append(inserted, r)
		}
	}
	if err := m.changed(ctx, b.Definition, module.Created, inserted); err != nil {
		return nil, nil, err
	}
	return rows, nil, m.change(ctx, b, rows, changed, now)
}

// entryKey identifies a pair of a link.
type entryKey struct{ left, right string }

func (e entry) key() entryKey { return entryKey{e.left, e.right} }

func (b *batch) byPair(rows []Row) map[entryKey]Row {
	out := make(map[entryKey]Row, len(rows))
	for _, r := range rows {
		out[b.pair(r).key()] = r
	}
	return out
}

// readPairs returns the live rows of pairs. If locked is set, they cannot be
// dismissed by others before the transaction ends; locks are taken in the order
// of the keys.
func (m *Manager) readPairs(ctx context.Context, d *Definition, entries []entry, locked bool) ([]Row, error) {
	q := m.dialect()
	var t tuples
	for _, e := range entries {
		t.tuple(e.left, e.right)
	}
	sql := "SELECT " + d.selected(q, "t.") + d.fromPairs(q, 1)
	if locked {
		sql += " ORDER BY t." + q.Quote(d.Left.Column) + ", t." + q.Quote(d.Right.Column) + q.ForUpdate("t")
	}
	return d.read(ctx, m.conn(ctx), sql, t.arg())
}

// fromPairs returns the FROM and WHERE clauses for the live rows, named t, of the
// pairs in the nth argument. CROSS JOIN makes SQLite look up the row of each pair
// by index.
func (d *Definition) fromPairs(q db.Dialect, n int) string {
	return " FROM " + source(q, n, model.Text, model.Text) + " CROSS JOIN " + q.Quote(d.TableName()) + " AS t WHERE t.deleted_at IS NULL" +
		" AND t." + q.Quote(d.Left.Column) + " = " + cell(q, 0, model.Text) + " AND t." + q.Quote(d.Right.Column) + " = " + cell(q, 1, model.Text)
}

// change updates rows that existed before with the values of their entries. It
// takes one statement for all entries that have values for the same columns.
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
	set, kinds := []string{"updated_at = " + q.Placeholder(1)}, []model.Kind{model.Text}
	for i, name := range names {
		kind := b.extra(name).Kind
		set, kinds = append(set, q.Quote(name)+" = "+cell(q, 1+i, kind)), append(kinds, kind)
	}
	sql := "UPDATE " + q.Quote(b.TableName()) + " AS t SET " + strings.Join(set, ", ") + " FROM " + source(q, 2, kinds...) + " WHERE t.id = " + cell(q, 0, model.Text)
	if _, err := m.conn(ctx).Exec(ctx, sql, now, t.arg()); err != nil {
		return err
	}
	ids := make([]string, len(entries))
	for n, i := range entries {
		ids[n] = rows[i].ID
	}
	return m.store.Changed(ctx, module.Change{Op: module.Updated, Model: b.rows, IDs: ids, Columns: names})
}
