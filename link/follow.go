package link

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// cascade is the cause of the deletions and restorations that the manager makes
// itself, and so need not follow.
type cascade struct{}

// watcher returns the watcher that makes links follow their records: when a
// record is deleted or restored, through a service or in any other way that the
// store sees, its links are dismissed or restored in the same transaction.
func (m *Manager) watcher() module.Watcher {
	return module.Watcher{Ops: []module.Op{module.Deleted, module.Restored}, Of: m.links, See: m.follow}
}

func (m *Manager) follow(ctx context.Context, s *module.Store, c module.Change) error {
	if c.Cause == (cascade{}) {
		return nil
	}
	on := m.On(s)
	if c.Op == module.Restored {
		_, err := on.Restore(ctx, c.Model, c.IDs...)
		return err
	}
	if c.At.IsZero() { // an import: each row has its own
		c.At = s.Now()
	}
	_, err := on.delete(ctx, c.Model, c.IDs, c.At)
	return err
}

// CatchUp dismisses the links of records that were deleted without them: by
// plain SQL, or by a program before links followed their records. It returns
// what it touched, as Delete does.
func (m *Manager) CatchUp(ctx context.Context) (Deleted, error) {
	out := Deleted{}
	err := db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		for _, d := range m.definitions {
			if d.kind != stored {
				continue
			}
			for _, end := range d.ends() {
				ids, err := m.outlived(ctx, d, end)
				if err != nil {
					return err
				}
				gone, err := m.delete(ctx, end.Model, ids, m.store.Now())
				if err != nil {
					return err
				}
				for of, ids := range gone {
					out[of] = append(out[of], ids...)
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out.sort(), nil
}

// outlived returns the deleted records at an end that have live link rows.
func (m *Manager) outlived(ctx context.Context, d *Definition, end *End) ([]string, error) {
	if !end.Model.SoftDeletes() {
		return nil, nil
	}
	q := m.dialect()
	key := "t." + q.Quote(end.Column)
	sql := "SELECT DISTINCT " + key + " FROM " + q.Quote(d.TableName()) + " AS t JOIN " + q.Quote(end.Model.Table) + " AS r ON r." +
		q.Quote(end.Model.PrimaryKey()) + " = " + key + " WHERE t.deleted_at IS NULL AND r.deleted_at IS NOT NULL ORDER BY 1"
	return db.Collect[string](ctx, m.conn(ctx), sql)
}

// changed calls the watchers of a change of link rows.
func (m *Manager) changed(ctx context.Context, d *Definition, op module.Op, rows []Row) error {
	if len(rows) == 0 || !m.store.Watched(op, d.rows) {
		return nil
	}
	c := module.Change{Op: op, Model: d.rows, IDs: make([]string, len(rows))}
	for i, r := range rows {
		c.IDs[i] = r.ID
		if r.DeletedAt != nil {
			c.At = *r.DeletedAt
		}
	}
	return m.store.Changed(ctx, c)
}
