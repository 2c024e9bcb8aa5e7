package link

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// Dismiss unlinks pairs of records. It returns the rows that were live, in the
// order given; pairs that are not linked are ignored. The rows are not deleted;
// their deleted_at is set.
func (m *Manager) Dismiss(ctx context.Context, pairs ...Pair) ([]Row, error) {
	sets, err := m.sets(pairs, false)
	if err != nil {
		return nil, err
	}
	out := []Row{}
	if len(sets) == 0 {
		return out, nil
	}
	err = db.Savepoint(ctx, m.store.DB, func(ctx context.Context) error {
		for _, s := range sets {
			rows, err := m.dismiss(ctx, s)
			if err != nil {
				return err
			}
			out = append(out, rows...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// set holds pairs of one link.
type set struct {
	*Definition
	entries []entry
}

// sets groups pairs by link, in the order in which the links appear.
func (m *Manager) sets(pairs []Pair, wild bool) ([]*set, error) {
	var out []*set
	for _, p := range pairs {
		d, e, err := m.resolve(p, wild)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(out, func(s *set) bool { return s.Definition == d })
		if i < 0 {
			i = len(out)
			out = append(out, &set{Definition: d})
		}
		out[i].entries = append(out[i].entries, e)
	}
	return out, nil
}

func (m *Manager) dismiss(ctx context.Context, s *set) ([]Row, error) {
	q := m.dialect()
	var t tuples
	order := make(map[entryKey]int, len(s.entries))
	for i, e := range s.entries {
		if _, ok := order[e.key()]; !ok {
			t.tuple(e.left, e.right)
			order[e.key()] = i
		}
	}
	sql := "UPDATE " + q.Quote(s.TableName()) + " AS t SET deleted_at = " + q.Placeholder(1) + ", updated_at = " + q.Placeholder(1) +
		" WHERE t.deleted_at IS NULL AND t.id IN (SELECT t.id" + s.fromPairs(q, 2) + ") RETURNING " + s.selected(q, "")
	rows, err := s.read(ctx, m.conn(ctx), sql, m.store.Now(), t.arg())
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Row) int { return order[s.pair(a).key()] - order[s.pair(b).key()] })
	return rows, m.changed(ctx, s.Definition, module.Deleted, rows)
}
