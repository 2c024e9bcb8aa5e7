package order

import (
	"context"

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
	if err := s.totals().Settle(ctx, dry, found); err != nil || found == nil {
		return err
	}
	if db.InTx(ctx, store.DB) {
		return compare(ctx)
	}
	return db.DoWith(ctx, store.DB, store.DB.Snapshot, compare)
}
