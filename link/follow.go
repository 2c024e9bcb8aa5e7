package link

import (
	"context"

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
