package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// settle computes the totals of all orders and then, unless found is nil, compares their
// versions with the changes that made them; see module.Module.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	s := New(store)
	compare := func(ctx context.Context) error {
		return s.totals().Each(ctx, func(ctx context.Context, ids []string) error { return s.recount(ctx, ids, found) })
	}
	if dry || found == nil {
		if err := s.totals().Settle(ctx, dry, found); err != nil || found == nil {
			return err
		}
	} else if err := s.mend(ctx, found); err != nil {
		return err
	}
	if db.InTx(ctx, store.DB) {
		return compare(ctx)
	}
	return db.DoWith(ctx, store.DB, store.DB.Snapshot, compare)
}

// mend computes the totals of all orders but those whose version is not that of their last
// summary: what belongs to them is not known.
func (s *Service) mend(ctx context.Context, found func(module.Wrong)) error {
	return s.totals().Each(ctx, func(ctx context.Context, ids []string) error {
		r := module.NewReader(ctx)
		orders, summaries := module.Read(r, s.Orders, module.Where{"id": ids}), module.Read(r, s.Summaries, module.Where{"order_id": ids})
		if r.Err() != nil {
			return r.Err()
		}
		last := map[string]int64{}
		for _, one := range summaries {
			last[one.OrderID] = max(last[one.OrderID], one.Version)
		}
		orders = slices.DeleteFunc(orders, func(o *Order) bool { return last[o.ID] > 0 && last[o.ID] != o.Version })
		return s.totals().Run(ctx, module.IDs(orders, func(o *Order) string { return o.ID }), found)
	})
}
