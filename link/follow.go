package link

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
)

// cascade is the cause of deletions and restorations that the manager makes
// itself, and follows itself.
type cascade struct{}

// watcher has links follow their records: whoever deletes or restores a record,
// through the store's services or in any other way that the store sees, its
// links go and come back in the same transaction.
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

// changed shows a change of link rows to those who watch for it.
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
