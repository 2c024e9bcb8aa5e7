package fulfillment

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Provider returns the provider with an id: the built-in one, or the service of
// another module of the shop. Other ids are not_found.
func (s *Service) Provider(id string) (Provider, error) {
	if p := s.providers()[id]; p != nil {
		return p, nil
	}
	return nil, fault.New(fault.NotFound, "this program has no fulfillment provider %q", fault.Clip(id))
}

// providers returns the providers of the shop by their ids.
func (s *Service) providers() map[string]Provider {
	out := map[string]Provider{ManualProviderID: manual{}}
	for _, p := range module.ServicesOf[Provider](s.store) {
		out[p.FulfillmentProviderID()] = p
	}
	return out
}

// AddProviders gives each provider of the shop a row, if it has none. A row that was
// deleted stays so.
func (s *Service) AddProviders(ctx context.Context) error {
	ids := slices.Sorted(maps.Keys(s.providers()))
	return s.Providers.CreateMissing(ctx, ids, func(id string) *ProviderRecord { return &ProviderRecord{Record: model.Record{ID: id}} })
}
