package module

import (
	"context"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

func (s *Store) remove(ctx context.Context, t *table, ids []string) error {
	if ids = plainAll(ids); len(ids) == 0 {
		return nil
	}
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("DELETE FROM " + t.name + " WHERE " + q.list(t.key.quoted, ids))
	return s.inChange(ctx, Removed, t, func(ctx context.Context) error {
		gone, err := s.owned(ctx, t, ids)
		if err != nil {
			return err
		}
		if _, err := s.execChange(ctx, Change{Op: Removed, Model: t.model}, t, q.String(), q.args); err != nil {
			return s.inUse(err, t)
		}
		return s.changedAll(ctx, Change{Op: Removed}, gone)
	})
}

// owned returns the keys of the rows that the database deletes together with
// records because of foreign keys. It looks only at tables whose removals are
// watched.
func (s *Store) owned(ctx context.Context, t *table, ids []string) (map[*model.Model][]string, error) {
	out := map[*model.Model][]string{}
	for level := map[*table][]string{t: ids}; len(level) > 0; {
		next := map[*table][]string{}
		for of, ids := range level {
			for _, o := range of.owns {
				if !o.table.watched[Removed] {
					continue
				}
				q := &clause{Dialect: s.DB.Dialect()}
				q.WriteString("SELECT " + o.table.identity() + " FROM " + o.table.name + " WHERE " + q.list(o.column.quoted, ids))
				found, err := db.Collect[string](ctx, db.Use(ctx, s.DB), q.String(), q.args...)
				if err != nil {
					return nil, err
				}
				found = slices.DeleteFunc(found, func(id string) bool { return slices.Contains(out[o.table.model], id) })
				if len(found) == 0 {
					continue
				}
				out[o.table.model] = append(out[o.table.model], found...)
				if o.table.key != nil {
					next[o.table] = append(next[o.table], found...)
				}
			}
		}
		level = next
	}
	return out, nil
}

// SoftDelete sets deleted_at of the live records of a model, and of the records
// that the model cascades to, to the time at. It returns the ids of the records
// it deleted, by model. Ids without a live record are ignored. If the model has
// no deleted_at, it returns a not_allowed error. Watchers get cause as
// Change.Cause; it may be nil.
func SoftDelete(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time, cause any) (map[*model.Model][]string, error) {
	at = at.UTC().Truncate(time.Millisecond)
	return sweep(ctx, s, m, ids, Change{Op: Deleted, At: at, Cause: cause}, func(q *clause, t *table) (set, where string) {
		return q.stamps(t, at, at), " AND " + t.live()
	})
}

// Restore restores the records of a model that were soft-deleted at the time
// at, and the records that the model cascades to if they were deleted at the
// same time. Watchers get cause as Change.Cause; it may be nil.
func Restore(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time, cause any) error {
	now := s.Now()
	at = at.UTC().Truncate(time.Millisecond)
	_, err := sweep(ctx, s, m, ids, Change{Op: Restored, At: at, Cause: cause}, func(q *clause, t *table) (set, where string) {
		return q.stamps(t, nil, now), " AND " + t.byName["deleted_at"].quoted + " = " + q.arg(at)
	})
	return err
}

// stamps returns the SET list for deleted_at, which may be nil for null, and
// updated_at.
func (c *clause) stamps(t *table, deleted any, now time.Time) string {
	set := t.byName["deleted_at"].quoted + " = NULL"
	if deleted != nil {
		set = t.byName["deleted_at"].quoted + " = " + c.arg(deleted)
	}
	if t.updated != nil {
		set += ", " + t.updated.quoted + " = " + c.arg(now)
	}
	return set
}

// restoreEach restores records, grouped by the time they were deleted at.
func (s *Store) restoreEach(ctx context.Context, t *table, ids []string) error {
	if !t.model.SoftDeletes() {
		return t.notSoftDeletable()
	}
	return db.Do(ctx, s.DB, func(ctx context.Context) error {
		deleted, err := s.deletedAt(ctx, t, plainAll(ids))
		if err != nil {
			return err
		}
		for at, ids := range deleted {
			if err := Restore(ctx, s, t.model, ids, at, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// deletedAt returns the ids of soft-deleted records by the time they were
// deleted at.
func (s *Store) deletedAt(ctx context.Context, t *table, ids []string) (map[time.Time][]string, error) {
	q := &clause{Dialect: s.DB.Dialect()}
	at := t.byName["deleted_at"].quoted
	q.WriteString("SELECT " + t.key.quoted + ", " + at + " FROM " + t.name)
	q.WriteString(" WHERE " + q.list(t.key.quoted, ids) + " AND " + at + " IS NOT NULL")
	rows, err := db.Use(ctx, s.DB).Query(ctx, q.String(), q.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[time.Time][]string{}
	for rows.Next() {
		var id string
		var at time.Time
		if err := rows.Scan(&id, &at); err != nil {
			return nil, err
		}
		out[at.UTC()] = append(out[at.UTC()], id)
	}
	return out, rows.Err()
}

func (t *table) notSoftDeletable() error {
	return fault.New(fault.NotAllowed, "%s has no deleted_at: its records can only be deleted permanently", t.model)
}
