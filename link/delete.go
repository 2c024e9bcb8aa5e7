package link

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// The journal notes what a Delete touched, so that Restore brings back that
// and nothing else: a link dismissed long before stays dismissed.

// deletion is one line of the journal: a row of a table, deleted with the root
// record.
type deletion struct {
	ID        string    `json:"id" model:"pk"`
	Operation string    `json:"operation"` // the same for all lines of one Delete of one root
	RootModel string    `json:"root_model"`
	RootID    string    `json:"root_id"`
	Model     string    `json:"model"` // of the row
	RowID     string    `json:"row_id"`
	Link      bool      `json:"link"` // a link row, or a record deleted by cascade
	At        time.Time `json:"at"`
}

// Journal is the model of the table link_deletion. Install it with the links;
// queries do not know it.
func Journal() *model.Model {
	m := model.Define[deletion]("link_deletion").Named().Index("root_model", "root_id")
	m.Module = "link"
	return m
}

// Deleted says what a Delete or Restore touched: ids by model, link rows under
// the link's table.
type Deleted map[string][]string

func (d Deleted) add(name string, ids ...string) {
	for _, id := range ids {
		if !slices.Contains(d[name], id) {
			d[name] = append(d[name], id)
		}
	}
}

// Delete dismisses every stored link of the records and soft-deletes, in
// turn, the records at ends that cascade, with their own links. The records
// themselves are their module's to delete. All of it is one transaction.
func (m *Manager) Delete(ctx context.Context, of *model.Model, ids ...string) (Deleted, error) {
	out := Deleted{}
	err := db.Do(ctx, m.store.DB, func(ctx context.Context) error {
		for _, id := range ids {
			w := &sweep{Manager: m, at: m.now(), out: out, root: of, rootID: id, operation: m.newID("lnkdel"), seen: map[string]bool{}}
			if err := w.remove(ctx, of, []string{id}); err != nil {
				return err
			}
			if err := w.note(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// sweep is one Delete of one root record.
type sweep struct {
	*Manager
	at        time.Time
	out       Deleted
	root      *model.Model
	rootID    string
	operation string
	lines     []*deletion
	seen      map[string]bool // records whose links are gone already: cascades may meet again
}

func (w *sweep) remove(ctx context.Context, of *model.Model, ids []string) error {
	for _, id := range ids {
		w.seen[of.Name+"\x00"+id] = true
	}
	for _, d := range w.definitions {
		if d.kind != stored {
			continue
		}
		for i, end := range d.ends() {
			if end.Model != of {
				continue
			}
			if err := w.removeLinks(ctx, d, end, d.ends()[1-i], ids); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeLinks dismisses a link's rows of these ids, and cascades to the other
// end when that is declared.
func (w *sweep) removeLinks(ctx context.Context, d *Definition, end, other *End, ids []string) error {
	q := w.store.DB.Dialect()
	sql := "UPDATE " + q.Quote(d.TableName()) + " SET deleted_at = " + q.Placeholder(2) + ", updated_at = " + q.Placeholder(3) +
		" WHERE deleted_at IS NULL AND " + q.List(q.Quote(end.Column), 1) + " RETURNING " + d.selected(q.Quote)
	rows, err := d.read(ctx, db.Use(ctx, w.store.DB), sql, ids, w.at, w.at)
	if err != nil {
		return err
	}
	var next []string
	for _, r := range rows {
		w.line(d.rows, r.ID, true)
		if id := r.Keys[other.Column]; other.Delete && !w.seen[other.Model.Name+"\x00"+id] {
			next = append(next, id)
		}
	}
	if len(next) == 0 {
		return nil
	}
	touched, err := module.SoftDelete(ctx, w.store, other.Model, next, w.at)
	if err != nil {
		return err
	}
	for of, ids := range touched {
		for _, id := range ids {
			w.line(of, id, false)
		}
	}
	return w.remove(ctx, other.Model, next)
}

func (w *sweep) line(of *model.Model, id string, link bool) {
	w.out.add(of.Name, id)
	w.lines = append(w.lines, &deletion{Operation: w.operation, RootModel: w.root.Name, RootID: w.rootID,
		Model: of.Name, RowID: id, Link: link, At: w.at})
}

// note writes the journal.
func (w *sweep) note(ctx context.Context) error {
	if len(w.lines) == 0 {
		return nil
	}
	return module.For[deletion](w.store, w.journal).Create(ctx, w.lines...)
}

// Restore undoes the last Delete of each record: the links it dismissed and
// the records it soft-deleted are live again. A link whose place is taken
// meanwhile is a conflict, and nothing is restored.
func (m *Manager) Restore(ctx context.Context, of *model.Model, ids ...string) (Deleted, error) {
	out := Deleted{}
	err := db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		for _, id := range ids {
			if err := m.restore(ctx, of, id, out); err != nil {
				return err
			}
		}
		return nil
	})
	var v *db.Violation
	if errors.As(err, &v) && v.Kind == db.UniqueViolation {
		return nil, fault.Wrap(err, fault.Conflict, "cannot restore the links of %s: one of them is against a link made since", of)
	}
	return out, err
}

func (m *Manager) restore(ctx context.Context, of *model.Model, id string, out Deleted) error {
	journal := module.For[deletion](m.store, m.journal)
	lines, err := journal.List(ctx, module.Where{"root_model": of.Name, "root_id": id}, module.Page{Order: []string{"-operation"}})
	if err != nil || len(lines) == 0 {
		return err
	}
	var done []string
	rows := map[string][]string{}
	for _, l := range lines {
		if l.Operation != lines[0].Operation {
			break
		}
		done = append(done, l.ID)
		rows[l.Model] = append(rows[l.Model], l.RowID)
	}
	for name, ids := range rows {
		if err := m.revive(ctx, m.store.Graph.Named(name), ids, lines[0].At); err != nil {
			return err
		}
		out.add(name, ids...)
	}
	return journal.Delete(ctx, done...)
}

// revive makes rows live again that were deleted at that time; one that was
// deleted anew since has another time and stays.
func (m *Manager) revive(ctx context.Context, of *model.Model, ids []string, at time.Time) error {
	q := m.store.DB.Dialect()
	sql := "UPDATE " + q.Quote(of.Table) + " SET deleted_at = NULL, updated_at = " + q.Placeholder(2) +
		" WHERE " + q.List(q.Quote(of.PrimaryKey()), 1) + " AND deleted_at = " + q.Placeholder(3)
	_, err := db.Use(ctx, m.store.DB).Exec(ctx, sql, ids, m.now(), at)
	return err
}
