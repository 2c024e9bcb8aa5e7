package tax

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "tax",
	Models: []*model.Model{
		Regions, Rates, RateRules,
		Providers,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages tax regions and their rates, and finds the taxes of lines.
type Service struct {
	Regions   module.Records[Region]
	Rates     module.Records[Rate]
	RateRules module.Records[RateRule]
	Providers module.Records[ProviderRecord]
	store     *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Regions:   module.For[Region](s, Regions),
		Rates:     module.For[Rate](s, Rates),
		RateRules: module.For[RateRule](s, RateRules),
		Providers: module.For[ProviderRecord](s, Providers),
		store:     s,
	}
}

// providers returns the providers of the shop by their ids.
func (s *Service) providers() map[string]Provider {
	out := map[string]Provider{SystemProviderID: system{}}
	for _, p := range module.ServicesOf[Provider](s.store) {
		out[p.TaxProviderID()] = p
	}
	return out
}

// AddProviders gives each provider of the shop a row, if it has none. A row that was deleted
// stays so.
func (s *Service) AddProviders(ctx context.Context) error {
	ids := slices.Sorted(maps.Keys(s.providers()))
	return s.Providers.CreateMissing(ctx, ids, func(id string) *ProviderRecord { return &ProviderRecord{Record: model.Record{ID: id}} })
}

// RemoveRules soft-deletes all rules of a rate.
func (s *Service) RemoveRules(ctx context.Context, rate string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		rules, err := s.RateRules.List(ctx, module.Where{"tax_rate_id": rate}, module.Page{})
		if err != nil {
			return err
		}
		return s.RateRules.SoftDelete(ctx, module.IDs(rules, func(r *RateRule) string { return r.ID })...)
	})
}
