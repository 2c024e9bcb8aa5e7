package link

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

// List returns the live rows of pairs, without duplicates. Rows are grouped by
// link, in the order in which the links appear, and sorted by id within a link.
// An empty id stands for any record: Pair{order.Orders: id, cart.Carts: ""}
// returns all rows of the order.
func (m *Manager) List(ctx context.Context, pairs ...Pair) ([]Row, error) {
	sets, err := m.sets(pairs, true)
	if err != nil {
		return nil, err
	}
	out := []Row{}
	for _, s := range sets {
		rows, err := m.list(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func (m *Manager) list(ctx context.Context, s *set) ([]Row, error) {
	q := m.dialect()
	sql := "SELECT " + s.selected(q, "t.") + " FROM " + q.Quote(s.TableName()) + " AS t WHERE t.deleted_at IS NULL"
	ids, args := s.ids(q)
	if len(ids) > 0 {
		sql += " AND t.id IN (" + strings.Join(ids, " UNION ") + ")"
	}
	return s.read(ctx, m.conn(ctx), sql+" ORDER BY t.id", args...)
}

// ids returns queries for the ids of the rows that pairs stand for: one for
// complete pairs, and one for each end that is named alone, so that each query
// uses an index. If a pair names neither record, it returns no queries, which
// means every row.
func (s *set) ids(q db.Dialect) (queries []string, args []any) {
	var pairs tuples
	var alone [2][]string
	for _, e := range s.entries {
		switch {
		case e.left == "" && e.right == "":
			return nil, nil
		case e.right == "":
			alone[0] = append(alone[0], e.left)
		case e.left == "":
			alone[1] = append(alone[1], e.right)
		default:
			pairs.tuple(e.left, e.right)
		}
	}
	if pairs.json != nil {
		args = append(args, pairs.arg())
		queries = append(queries, "SELECT t.id"+s.fromPairs(q, len(args)))
	}
	for i, ids := range alone {
		if len(ids) > 0 {
			args = append(args, ids)
			queries = append(queries, "SELECT t.id FROM "+q.Quote(s.TableName())+" AS t WHERE t.deleted_at IS NULL AND "+q.List("t."+q.Quote(s.ends()[i].Column), len(args)))
		}
	}
	return queries, args
}
