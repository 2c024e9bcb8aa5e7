package payment

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "payment",
	Models: []*model.Model{
		Collections,
		Sessions,
		Payments, Captures,
		Refunds, RefundReasons,
		Attempts,
		Providers, AccountHolders,
	},
	Rules:  rules,
	Checks: checks,
	Settle: settle,
	Reconcile: func(ctx context.Context, s *module.Store, olderThan time.Duration) (int, error) {
		return New(s).Reconcile(ctx, olderThan)
	},
	Machines: []module.Diagram{collections, sessions, attempts},
	Service:  module.Provide(provide),
}

// Service manages payment collections and payments.
type Service struct {
	Collections    module.Records[Collection]
	Sessions       module.Records[Session]
	Payments       module.Records[Payment]
	Captures       module.Records[Capture]
	Refunds        module.Records[Refund]
	RefundReasons  module.Records[RefundReason]
	Providers      module.Records[ProviderRecord]
	AccountHolders module.Records[AccountHolder]
	Attempts       module.Records[Attempt]
	store          *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Collections:    module.For[Collection](s, Collections),
		Sessions:       module.For[Session](s, Sessions),
		Payments:       module.For[Payment](s, Payments),
		Captures:       module.For[Capture](s, Captures),
		Refunds:        module.For[Refund](s, Refunds),
		RefundReasons:  module.For[RefundReason](s, RefundReasons),
		Providers:      module.For[ProviderRecord](s, Providers),
		AccountHolders: module.For[AccountHolder](s, AccountHolders),
		Attempts:       module.For[Attempt](s, Attempts),
		store:          s,
	}
}

// provide returns the service on a store. Deleting an entry changes the sums of its
// payment, and what changes sessions and payments their collection.
func provide(s *module.Store) *Service {
	service := New(s)
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Deleted, module.Restored, module.Removing},
		Of:  entries,
		See: func(ctx context.Context, _ *module.Store, c module.Change) error { return service.entriesGone(ctx, c) },
	})
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Created, module.Updated, module.Deleted, module.Restored, module.Removing},
		Of:  counted,
		See: func(ctx context.Context, _ *module.Store, c module.Change) error { return service.refreshLater(ctx, c) },
	})
	return service
}
