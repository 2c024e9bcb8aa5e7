package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
)

// settle computes the totals of all orders, and compares their versions with the changes
// that made them, if somebody listens; see module.Module.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	s := New(store)
	if !dry {
		if err := s.totals().Settle(ctx, dry, found); err != nil {
			return err
		}
	}
	compare := func(ctx context.Context) error {
		if dry {
			if err := s.totals().Settle(ctx, dry, found); err != nil {
				return err
			}
		}
		return s.totals().Each(ctx, func(ctx context.Context, ids []string) error { return s.recount(ctx, ids, found) })
	}
	switch {
	case found == nil:
		return nil
	case db.InTx(ctx, store.DB):
		return compare(ctx)
	}
	return db.DoWith(ctx, store.DB, store.DB.Snapshot, compare)
}
