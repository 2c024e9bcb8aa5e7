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
	_, err := db.Use(ctx, s.DB).Exec(ctx, q.String(), q.args...)
	return s.inUse(err, t)
}

// SoftDelete marks the live records of a model as deleted at an instant, and
// along the model's cascade what belongs to them. It returns the ids of the
// records it touched, by model. A record that cannot be soft-deleted is an
// error of type not_allowed.
func SoftDelete(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time) (map[*model.Model][]string, error) {
	at = at.UTC().Truncate(time.Millisecond)
	return sweep(ctx, s, m, ids, func(q *clause, t *table) (set, where string) {
		return q.stamps(t, at, at), " AND " + t.live()
	})
}

// Restore revives the records of a model that were soft-deleted at an instant,
// and along the model's cascade those that were deleted at the same one.
func Restore(ctx context.Context, s *Store, m *model.Model, ids []string, at time.Time) error {
	now := s.now()
	at = at.UTC().Truncate(time.Millisecond)
	_, err := sweep(ctx, s, m, ids, func(q *clause, t *table) (set, where string) {
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
			if err := Restore(ctx, s, t.model, ids, at); err != nil {
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
