package module

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// removal collects what the database does to other rows when it deletes rows,
// because of foreign keys, as far as it is watched.
type removal struct {
	store   *Store
	gone    map[*table][]string // the keys of the rows that will be deleted
	cleared []cleared
}

// cleared are rows whose foreign key the database sets to null.
type cleared struct {
	by  owned
	ids []string
}

// find finds the rows with the ids and, level by level, those that refer to
// them. It locks what it finds, so that nothing can refer to it before it is
// deleted.
func (r *removal) find(ctx context.Context, t *table, ids []string) error {
	found, err := r.take(ctx, t, t.key, ids)
	if err != nil {
		return err
	}
	for level := map[*table][]string{t: found}; len(level) > 0; {
		next := map[*table][]string{}
		for of, ids := range level {
			for _, o := range of.owns {
				if !o.table.removalSeen {
					continue
				}
				found, err := r.take(ctx, o.table, o.column, ids)
				if err != nil {
					return err
				}
				if len(found) > 0 && o.table.key != nil {
					next[o.table] = append(next[o.table], found...)
				}
			}
		}
		level = next
	}
	return r.findCleared(ctx)
}

// take adds the rows that have one of the values in a column to those that will
// be deleted, and returns the keys of the added ones.
func (r *removal) take(ctx context.Context, t *table, c *column, values []string) ([]string, error) {
	found, err := r.store.keysWhere(ctx, t, c, values)
	if err != nil {
		return nil, err
	}
	found = without(found, r.gone[t])
	if len(found) > 0 {
		r.gone[t] = append(r.gone[t], found...)
	}
	return found, nil
}

// findCleared finds the rows that will lose a reference, and stay.
func (r *removal) findCleared(ctx context.Context) error {
	for of, ids := range r.gone {
		for _, o := range of.clears {
			if !o.table.watched[Updated] {
				continue
			}
			found, err := r.store.keysWhere(ctx, o.table, o.column, ids)
			if err != nil {
				return err
			}
			if found = without(found, r.gone[o.table]); len(found) > 0 {
				r.cleared = append(r.cleared, cleared{o, found})
			}
		}
	}
	return nil
}

// byModel returns the keys of the rows that are deleted.
func (r *removal) byModel() map[*model.Model][]string {
	gone := map[*model.Model][]string{}
	for t, ids := range r.gone {
		gone[t.model] = ids
	}
	return gone
}

// report calls the watchers of what was deleted and cleared.
func (r *removal) report(ctx context.Context) error {
	if err := r.store.changedAll(ctx, Change{Op: Removed}, r.byModel()); err != nil {
		return err
	}
	slices.SortFunc(r.cleared, func(a, b cleared) int { return a.by.compare(b.by) })
	for _, c := range r.cleared {
		err := r.store.Changed(ctx, Change{Op: Updated, Model: c.by.table.model, IDs: c.ids, Columns: []string{c.by.column.Name}})
		if err != nil {
			return err
		}
	}
	return nil
}

// keysWhere returns the keys of the rows that have one of the values in a
// column, and locks the rows.
func (s *Store) keysWhere(ctx context.Context, t *table, c *column, values []string) ([]string, error) {
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("SELECT " + t.identity() + " FROM " + t.name + " WHERE " + q.list(c.quoted, values) + " ORDER BY 1" + q.ForUpdate(""))
	return db.Collect[string](ctx, db.Use(ctx, s.DB), q.String(), q.args...)
}

// without returns the ids that are not in others.
func without(ids, others []string) []string {
	if len(others) == 0 {
		return ids
	}
	known := make(map[string]bool, len(others))
	for _, id := range others {
		known[id] = true
	}
	return slices.DeleteFunc(ids, func(id string) bool { return known[id] })
}
