package product

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// The ranks of siblings are 0, 1, 2 …: a category that gets a rank moves to that
// place, and the others make room or close the gap.

// A sibling is a category among those with the same parent, "" for none.
type sibling struct {
	id, parent string
	rank       int64
	deleted    bool
}

// rank sets the ranks of categories that are about to be written, and moves
// their siblings. A new one without a rank and one that gets another parent go
// last; a rank past the end is the end.
func (s *Service) rank(ctx context.Context, categories []*Category) error {
	ids := make([]string, len(categories))
	for i, c := range categories {
		ids[i] = c.ID
	}
	stored, err := s.siblings(ctx, "id", ids)
	if err != nil {
		return err
	}
	before := map[string]sibling{}
	for _, old := range stored {
		before[old.id] = old
	}
	var moves []*Category
	parents := map[string]bool{}
	for _, c := range categories {
		old, exists := before[c.ID]
		if exists && old.parent == parentOf(c) && old.rank == c.Rank {
			continue
		}
		moves = append(moves, c)
		parents[parentOf(c)] = true
		if exists {
			parents[old.parent] = true
		}
	}
	if len(moves) == 0 {
		return nil
	}
	lists, err := s.childrenOf(ctx, slices.Sorted(maps.Keys(parents)))
	if err != nil {
		return err
	}
	for _, c := range moves {
		if old, exists := before[c.ID]; exists {
			lists[old.parent] = slices.DeleteFunc(lists[old.parent], func(o sibling) bool { return o.id == c.ID })
		}
	}
	for _, c := range moves {
		at := placeOf(c, before, len(lists[parentOf(c)]))
		lists[parentOf(c)] = slices.Insert(lists[parentOf(c)], at, sibling{id: c.ID, parent: parentOf(c), rank: -1})
	}
	return s.renumber(ctx, lists, categories)
}

// placeOf returns the place of a category that moves among others.
func placeOf(c *Category, before map[string]sibling, others int) int {
	old, exists := before[c.ID]
	if !exists && c.Rank == 0 || exists && old.parent != parentOf(c) {
		return others
	}
	return int(min(c.Rank, int64(others)))
}

func parentOf(c *Category) string {
	if c.ParentCategoryID == nil {
		return ""
	}
	return *c.ParentCategoryID
}

// renumber gives siblings the ranks of their places: categories that are about
// to be written in the record, others in the database.
func (s *Service) renumber(ctx context.Context, lists map[string][]sibling, written []*Category) error {
	records := map[string]*Category{}
	for _, c := range written {
		records[c.ID] = c
	}
	ranks := map[string]int{}
	for _, list := range lists {
		for i, o := range list {
			if c := records[o.id]; c != nil {
				c.Rank = int64(i)
			} else if o.rank != int64(i) {
				ranks[o.id] = i
			}
		}
	}
	return s.setRanks(ctx, ranks)
}

// setRanks stores ranks by id.
func (s *Service) setRanks(ctx context.Context, ranks map[string]int) error {
	if len(ranks) == 0 {
		return nil
	}
	type row struct {
		ID   string `json:"c0"`
		Rank int    `json:"c1"`
	}
	var rows []row
	for _, id := range slices.Sorted(maps.Keys(ranks)) {
		rows = append(rows, row{id, ranks[id]})
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	d := s.store.DB.Dialect()
	sql := "UPDATE product_category SET rank = " + d.Cell(1, db.Int) + " FROM " + d.Tuples(1, db.Text, db.Int) + " WHERE " + d.Cell(0, db.Text) + " = product_category.id"
	_, err = s.store.UpdateSet(ctx, Categories, []string{"rank"}, sql, string(text))
	return err
}

// closeGaps renumbers the siblings of categories that were deleted or restored.
func (s *Service) closeGaps(ctx context.Context, _ *module.Store, change module.Change) error {
	stored, err := s.siblings(ctx, "id", change.IDs)
	if err != nil {
		return err
	}
	parents := map[string]bool{}
	for _, o := range stored {
		parents[o.parent] = true
	}
	lists, err := s.childrenOf(ctx, slices.Sorted(maps.Keys(parents)))
	if err != nil {
		return err
	}
	return s.renumber(ctx, lists, nil)
}

// closeAllGaps renumbers all siblings, after categories were deleted permanently:
// their parents are no longer known.
func (s *Service) closeAllGaps(ctx context.Context, _ *module.Store, _ module.Change) error {
	_, err := s.store.UpdateSet(ctx, Categories, []string{"rank"}, `UPDATE product_category SET rank = v.place
		FROM (SELECT id, row_number() OVER (PARTITION BY parent_category_id ORDER BY rank, id) - 1 AS place
			FROM product_category WHERE deleted_at IS NULL) AS v
		WHERE v.id = product_category.id AND product_category.rank <> v.place`)
	return err
}

// childrenOf returns the live children of categories, "" for those without a
// parent, in order.
func (s *Service) childrenOf(ctx context.Context, parents []string) (map[string][]sibling, error) {
	out := map[string][]sibling{}
	found, err := s.siblings(ctx, "coalesce(parent_category_id, '')", parents)
	for _, o := range found {
		if !o.deleted {
			out[o.parent] = append(out[o.parent], o)
		}
	}
	return out, err
}

// siblings returns the categories whose column has one of several values, in the
// order of their ranks. Nobody else changes them: calls that write categories take
// turns.
func (s *Service) siblings(ctx context.Context, column string, values []string) ([]sibling, error) {
	d := s.store.DB.Dialect()
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, `SELECT id, coalesce(parent_category_id, ''), rank, deleted_at IS NOT NULL
		FROM product_category WHERE `+d.List(column, 1)+" ORDER BY rank, id", values)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []sibling
	for rows.Next() {
		var o sibling
		if err := rows.Scan(&o.id, &o.parent, &o.rank, &o.deleted); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

// watchRanks closes the gaps that deletions leave.
func (s *Service) watchRanks() {
	of := func(m *model.Model) bool { return m == Categories }
	s.store.Watch(module.Watcher{Ops: []module.Op{module.Deleted, module.Restored}, Of: of, See: s.closeGaps})
	s.store.Watch(module.Watcher{Ops: []module.Op{module.Removed}, Of: of, See: s.closeAllGaps})
}
