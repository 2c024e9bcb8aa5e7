package main

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

// searchIndexCost compares orders that are inserted by hand with those of a shop that
// has no index for searches.
func (r *run) searchIndexCost(ctx context.Context, s *shop) (result, error) {
	without, err := fresh(ctx, s.engine())
	if err != nil {
		return result{}, err
	}
	defer without.close()
	if err := without.seed(ctx, r.orders); err != nil {
		return result{}, err
	}
	if err := without.dropSearchIndexes(ctx); err != nil {
		return result{}, err
	}
	insert := func(s *shop) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			all := baskets()
			return s.undone(ctx, func(ctx context.Context) error { return insertByHand(ctx, s.DB(), all) })
		}
	}
	p := &pair{name: "the search index of 100 new orders", bar: 1.5, ours: insert(s), hands: []func(ctx context.Context) error{insert(without)}}
	return p.measure(ctx, s.engine(), r.budget)
}

// dropSearchIndexes drops what an insert of an order writes for searches.
func (s *shop) dropSearchIndexes(ctx context.Context) error {
	list, drop := "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND indexname LIKE 'gorgon_search_%'", "DROP INDEX "
	if s.engine() == "sqlite" {
		list, drop = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '"+order.Orders.SearchKeys()+"%'", "DROP TRIGGER "
	}
	names, err := db.Collect[string](ctx, s.DB(), list)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := s.exec(ctx, drop+s.DB().Dialect().Quote(name)); err != nil {
			return err
		}
	}
	return nil
}
