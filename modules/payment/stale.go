package payment

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// The operations refresh the collections of what they write. After any other change of
// sessions and payments, whose sums follow from their entries, a collection is refreshed
// before the commit.

// refreshing is the key of the contexts of operations.
type refreshing struct{}

// refreshes returns a context for an operation that refreshes collections itself.
func refreshes(ctx context.Context) context.Context {
	return context.WithValue(ctx, refreshing{}, true)
}

// isRefreshed reports whether the caller refreshes collections itself.
func isRefreshed(ctx context.Context) bool { return ctx.Value(refreshing{}) != nil }

// staleKey is the key of the collections that are refreshed before the commit.
type staleKey struct{ store *module.Store }

// refreshLater refreshes the collections of sessions or payments before the commit, if
// the change is one that they follow from. An import keeps the collections that it brings.
func (s *Service) refreshLater(ctx context.Context, c module.Change) error {
	counts := func(column string) bool {
		return slices.Contains([]string{"status", "amount", "captured_amount", "refunded_amount"}, column)
	}
	if isRefreshed(ctx) || imported(c) || c.Op == module.Updated && !slices.ContainsFunc(c.Columns, counts) {
		return nil
	}
	ids, err := s.collectionsOf(ctx, c.Model, c.IDs)
	if err != nil {
		return err
	}
	return db.BeforeCommit(ctx, s.store.DB, staleKey{s.store}, ids, s.refreshAll)
}

// imported reports whether a deletion or restoration is made by an import, which ends
// with settle.
func imported(c module.Change) bool {
	return c.At.IsZero() && (c.Op == module.Deleted || c.Op == module.Restored)
}

// counted are the models that collections are computed from.
func counted(m *model.Model) bool { return m == Sessions || m == Payments }

// collectionsOf returns the collections of sessions or payments, deleted ones included.
func (s *Service) collectionsOf(ctx context.Context, m *model.Model, ids []string) ([]string, error) {
	of, all := module.Where{"id": ids}, module.Page{WithDeleted: true}
	if m == Sessions {
		found, err := s.Sessions.List(ctx, of, all)
		return module.IDs(found, func(x *Session) string { return x.PaymentCollectionID }), err
	}
	found, err := s.Payments.List(ctx, of, all)
	return module.IDs(found, func(p *Payment) string { return p.PaymentCollectionID }), err
}

// refreshAll writes what differs in collections from what follows from their records.
func (s *Service) refreshAll(ctx context.Context, ids []string) error {
	for some := range slices.Chunk(ids, settled) {
		if err := s.compareCollections(ctx, some, false, func(module.Wrong) {}); err != nil {
			return err
		}
	}
	return nil
}

// lockCollections locks the collections of payments, before their payments are. An
// operation has done so.
func (s *Service) lockCollections(ctx context.Context, payments []string) error {
	if isRefreshed(ctx) {
		return nil
	}
	ids, err := s.collectionsOf(ctx, Payments, payments)
	if err != nil {
		return err
	}
	_, err = s.Collections.Lock(ctx, ids...)
	return err
}
