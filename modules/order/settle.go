package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// settled is how many orders are computed together.
const settled = 200

// settle computes the totals of all orders; see module.Module.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	s := New(store)
	return db.Do(ctx, store.DB, func(ctx context.Context) error {
		d := store.DB.Dialect()
		next := "SELECT id FROM " + d.Quote(Orders.Table) + " WHERE deleted_at IS NULL AND id > " + d.Placeholder(1) + " ORDER BY id LIMIT " + d.Placeholder(2)
		for after := ""; ; {
			ids, err := db.Collect[string](ctx, db.Use(ctx, store.DB), next, after, settled)
			if err != nil || len(ids) == 0 {
				return err
			}
			after = ids[len(ids)-1]
			if err := s.settleSome(ctx, ids, dry, found); err != nil {
				return err
			}
		}
	})
}

func (s *Service) settleSome(ctx context.Context, ids []string, dry bool, found func(module.Wrong)) error {
	orders, err := s.Orders.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return err
	}
	by := make(map[string]*Order, len(orders))
	for _, o := range orders {
		by[o.ID] = o
	}
	b, err := s.read(ctx, by)
	if err != nil {
		return err
	}
	c, err := b.compute()
	if err != nil {
		return err
	}
	for _, w := range c.wrong {
		found(w)
	}
	if dry {
		return nil
	}
	return c.write(ctx, s)
}
