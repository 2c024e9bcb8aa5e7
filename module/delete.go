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

// owned finds the rows that the database deletes along with records, by their
// foreign keys. Only tables whose removals are watched are looked at, and what
// is below them.
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

// SoftDelete marks the live records of a model as deleted at an instant, and
// along the model's cascade what belongs to them. It returns the ids of the
// records it touched, by model. A record that cannot be soft-deleted is an
// error of type not_allowed. Watchers see the cause; nil is fine.
func SoftDelete(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time, cause any) (map[*model.Model][]string, error) {
	at = at.UTC().Truncate(time.Millisecond)
	return sweep(ctx, s, m, ids, Change{Op: Deleted, At: at, Cause: cause}, func(q *clause, t *table) (set, where string) {
		return q.stamps(t, at, at), " AND " + t.live()
	})
}

// Restore revives the records of a model that were soft-deleted at an instant,
// and along the model's cascade those that were deleted at the same one.
// Watchers see the cause; nil is fine.
func Restore(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time, cause any) error {
	now := s.Now()
	at = at.UTC().Truncate(time.Millisecond)
	_, err := sweep(ctx, s, m, ids, Change{Op: Restored, At: at, Cause: cause}, func(q *clause, t *table) (set, where string) {
		return q.stamps(t, nil, now), " AND " + t.byName["deleted_at"].quoted + " = " + q.arg(at)
	})
	return err
}

// stamps is the SET list that gives rows a deleted_at, nil for live ones.
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

// restoreEach restores records by the instants they were deleted at.
func (s *Store) restoreEach(ctx context.Context, t *table, ids []string) error {
	if !t.model.SoftDeletes() {
		return t.lasting()
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

// deletedAt groups soft-deleted records by the instant they were deleted at.
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

func (t *table) lasting() error {
	return fault.New(fault.NotAllowed, "%s has no deleted_at: its records can be deleted for good only", t.model)
}
