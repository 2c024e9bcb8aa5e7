package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// settled is how many orders are computed together.
const settled = 200

// settle computes the totals of all orders; see module.Module. A dry run reads one
// snapshot of the database, so that it can be made beside a running shop; otherwise
// the orders are locked and written some at a time.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	s := New(store)
	if !dry {
		return s.eachSome(ctx, func(ctx context.Context, ids []string) error { return s.total(ctx, ids, found) })
	}
	compare := func(ctx context.Context) error {
		return s.eachSome(ctx, func(ctx context.Context, ids []string) error {
			orders, err := s.Orders.List(ctx, module.Where{"id": ids}, module.Page{})
			if err != nil {
				return err
			}
			by := make(map[string]*Order, len(orders))
			for _, o := range orders {
				by[o.ID] = o
			}
			_, err = s.compared(ctx, by, found)
			return err
		})
	}
	if db.InTx(ctx, store.DB) {
		return compare(ctx)
	}
	return db.DoWith(ctx, store.DB, store.DB.Snapshot, compare)
}

// eachSome calls do with the ids of all orders, some at a time.
func (s *Service) eachSome(ctx context.Context, do func(ctx context.Context, ids []string) error) error {
	d := s.store.DB.Dialect()
	next := "SELECT id FROM " + d.Quote(Orders.Table) + " WHERE deleted_at IS NULL AND id > " + d.Placeholder(1) + " ORDER BY id LIMIT " + d.Placeholder(2)
	for after := ""; ; {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.store.DB), next, after, settled)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := do(ctx, ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
