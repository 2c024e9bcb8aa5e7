package link

import (
	"context"
	"errors"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Restore undoes the last Delete of each record: it restores the links that were
// dismissed and the records that were soft-deleted by it, and returns them. What
// has been deleted again since stays deleted, and a pair that has been linked
// again stays as it is. If the record of a link has been linked to another one
// since and can have only one, the error is a conflict and nothing is restored.
//
// Links of records that are restored through a service are restored without a
// call of Restore.
func (m *Manager) Restore(ctx context.Context, of *model.Model, ids ...string) (Deleted, error) {
	if err := m.checkRecords(of, ids); err != nil {
		return nil, err
	}
	out := Deleted{}
	if m.journal == nil || len(ids) == 0 {
		return out, nil // without stored links there were no deletions
	}
	var at *deed
	err := db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		lines, deeds, err := m.lastDeletes(ctx, of, ids)
		if err != nil || len(lines) == 0 {
			return err
		}
		if err := m.narrow(ctx, deeds); err != nil {
			return err
		}
		for _, at = range deeds {
			if len(at.ids) == 0 {
				continue
			}
			if err := m.revive(ctx, at); err != nil {
				return err
			}
			out[at.of.Name] = append(out[at.of.Name], at.ids...)
		}
		return module.For[deletion](m.store, m.journal).Delete(ctx, lines...)
	})
	if err != nil {
		return nil, m.notRestored(ctx, err, at)
	}
	return out.sort(), nil
}

// deed is what Delete did at one time to rows of one model.
type deed struct {
	of   *model.Model
	link *Definition // the link of link rows; nil for records
	at   time.Time
	ids  []string
}

// lastDeletes reads the journal. It returns the ids of the lines of the last
// Delete of each record, and the deeds they describe.
func (m *Manager) lastDeletes(ctx context.Context, of *model.Model, ids []string) (lines []string, deeds []*deed, err error) {
	all, err := module.For[deletion](m.store, m.journal).List(ctx,
		module.Where{"root_model": of.Name, "root_id": ids}, module.Page{Order: []string{"-at", "-operation", "id"}})
	if err != nil {
		return nil, nil, err
	}
	last := map[string]string{}
	for _, l := range all {
		if last[l.RootID] == "" {
			last[l.RootID] = l.Operation
		}
		if l.Operation == last[l.RootID] {
			lines = append(lines, l.ID)
			deeds = m.addDeed(deeds, l)
		}
	}
	return lines, deeds, nil
}

func (m *Manager) addDeed(deeds []*deed, l *deletion) []*deed {
	of := m.store.Graph.Named(l.Model)
	if of == nil {
		return deeds // the program no longer has the link or module
	}
	for _, d := range deeds {
		if d.of == of && d.at.Equal(l.At) {
			d.ids = append(d.ids, l.RowID)
			return deeds
		}
	}
	d := &deed{of: of, at: l.At, ids: []string{l.RowID}}
	for _, link := range m.definitions {
		if link.kind == stored && link.rows == of {
			d.link = link
		}
	}
	return append(deeds, d)
}

// narrow reduces deeds to the rows that have not changed since. It does so for
// all deeds before the first is undone, since a module may restore records
// together with others.
func (m *Manager) narrow(ctx context.Context, deeds []*deed) error {
	q := m.dialect()
	for _, d := range deeds {
		sql := "SELECT t." + q.Quote(d.of.PrimaryKey()) + " FROM " + q.Quote(d.of.Table) + " AS t WHERE " + d.deleted(q)
		if d.link != nil {
			sql += " AND NOT " + d.relinked(q)
		}
		ids, err := db.Collect[string](ctx, m.conn(ctx), sql, d.ids, d.at)
		if err != nil {
			return err
		}
		d.ids = ids
	}
	return nil
}

// revive restores the rows of a deed.
func (m *Manager) revive(ctx context.Context, d *deed) error {
	if d.link == nil { // the module also restores what it deleted with them
		return module.Restore(ctx, m.store, d.of, d.ids, d.at, cascade{})
	}
	q := m.dialect()
	sql := "UPDATE " + q.Quote(d.of.Table) + " AS t SET deleted_at = NULL, updated_at = " + q.Placeholder(3) + " WHERE " + d.deleted(q)
	if _, err := m.conn(ctx).Exec(ctx, sql, d.ids, d.at, m.store.Now()); err != nil {
		return err
	}
	return m.store.Changed(ctx, module.Change{Op: module.Restored, Model: d.of, IDs: d.ids, At: d.at})
}

// deleted returns the condition of the rows, named t, that are as the deed left
// them. The first two arguments of the statement must be the ids and the time.
func (d *deed) deleted(q db.Dialect) string {
	return q.List("t."+q.Quote(d.of.PrimaryKey()), 1) + " AND t.deleted_at = " + q.Placeholder(2)
}

// relinked returns the condition that the pair of a row, named t, has another,
// live row.
func (d *deed) relinked(q db.Dialect) string {
	left, right := q.Quote(d.link.Left.Column), q.Quote(d.link.Right.Column)
	return "EXISTS (SELECT 1 FROM " + q.Quote(d.of.Table) + " AS o WHERE o.deleted_at IS NULL AND o." + left + " = t." + left + " AND o." + right + " = t." + right + ")"
}

// notRestored returns a violation of a link's cardinality as a conflict that
// names the other link, and any other error unchanged. It must run after the
// restore was rolled back.
func (m *Manager) notRestored(ctx context.Context, err error, d *deed) error {
	var v *db.Violation
	var known *fault.Error
	if d == nil || errors.As(err, &known) || !errors.As(err, &v) || v.Kind != db.UniqueViolation || d.link == nil {
		return err
	}
	for i, end := range d.link.ends() {
		if !d.link.alone(i) {
			continue
		}
		row, rival, found, findErr := m.rival(ctx, d, end)
		if findErr != nil {
			return findErr
		}
		if found {
			left, right, other := d.link.Left, d.link.Right, d.link.ends()[1-i]
			return fault.Wrap(err, fault.Conflict, "cannot restore the link of %s %q to %s %q: %s %q is linked to %s %q now, and it can have only one; dismiss that link first",
				left.Model, row.Keys[left.Column], right.Model, row.Keys[right.Column], end.Model, row.Keys[end.Column], other.Model, rival.Keys[other.Column])
		}
	}
	return fault.Wrap(err, fault.Conflict, "cannot restore the links %s: one of them conflicts with a link created since", d.link)
}

// rival returns a deleted row of a deed, and a live row of another pair that has
// the same record at an end.
func (m *Manager) rival(ctx context.Context, d *deed, end *End) (row, rival Row, found bool, err error) {
	q := m.dialect()
	key, table := q.Quote(end.Column), q.Quote(d.of.Table)
	from := " FROM " + table + " AS t JOIN " + table + " AS o ON o.deleted_at IS NULL AND o." + key + " = t." + key +
		" WHERE " + d.deleted(q) + " AND NOT " + d.relinked(q) + " ORDER BY t.id LIMIT 1"
	rows, err := d.link.read(ctx, m.conn(ctx), "SELECT "+d.link.selected(q, "t.")+from, d.ids, d.at)
	if err != nil || len(rows) == 0 {
		return row, rival, false, err
	}
	rivals, err := d.link.read(ctx, m.conn(ctx), "SELECT "+d.link.selected(q, "o.")+from, d.ids, d.at)
	if err != nil || len(rivals) == 0 {
		return row, rival, false, err
	}
	return rows[0], rivals[0], true, nil
}
