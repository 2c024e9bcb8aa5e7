package module

import (
	"context"
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
	if !t.removalSeen { // one statement needs no transaction
		_, err := db.Use(ctx, s.DB).Exec(ctx, q.String(), q.args...)
		return s.inUse(err, t)
	}
	return db.Do(ctx, s.DB, func(ctx context.Context) error {
		if err := s.takeTurn(ctx, t); err != nil {
			return err
		}
		r := removal{store: s, gone: map[*table][]string{}}
		if err := r.find(ctx, t, ids); err != nil {
			return err
		}
		if err := s.changedAll(ctx, Change{Op: Removing}, r.byModel()); err != nil {
			return err
		}
		if _, err := db.Use(ctx, s.DB).Exec(ctx, q.String(), q.args...); err != nil {
			return s.inUse(err, t)
		}
		return r.report(ctx)
	})
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
