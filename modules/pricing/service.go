package pricing

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "pricing",
	Models: []*model.Model{
		Prices, PriceSets, PriceRules,
		PriceLists, PriceListRules,
		PricePreferences,
	},
	Rules:   rules,
	Checks:  checks,
	Service: module.Provide(New),
}

// Service manages prices and calculates which of them applies.
type Service struct {
	Prices           module.Records[Price]
	PriceSets        module.Records[PriceSet]
	PriceRules       module.Records[PriceRule]
	PriceLists       module.Records[PriceList]
	PriceListRules   module.Records[PriceListRule]
	PricePreferences module.Records[PricePreference]
	store            *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Prices:           module.For[Price](s, Prices),
		PriceSets:        module.For[PriceSet](s, PriceSets),
		PriceRules:       module.For[PriceRule](s, PriceRules),
		PriceLists:       module.For[PriceList](s, PriceLists),
		PriceListRules:   module.For[PriceListRule](s, PriceListRules),
		PricePreferences: module.For[PricePreference](s, PricePreferences),
		store:            s,
	}
}

// RemoveRules soft-deletes rules of prices and updates rules_count, which
// PriceRules.SoftDelete would not do.
func (s *Service) RemoveRules(ctx context.Context, ids ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		rules, err := s.PriceRules.List(ctx, module.Where{"id": ids}, module.Page{})
		if err != nil {
			return err
		}
		if err := s.PriceRules.SoftDelete(ctx, ids...); err != nil {
			return err
		}
		return s.checkRules(ctx, rules)
	})
}

// RemoveListRules is like RemoveRules, for rules of price lists.
func (s *Service) RemoveListRules(ctx context.Context, ids ...string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		rules, err := s.PriceListRules.List(ctx, module.Where{"id": ids}, module.Page{})
		if err != nil {
			return err
		}
		if err := s.PriceListRules.SoftDelete(ctx, ids...); err != nil {
			return err
		}
		return s.countListRules(ctx, rules)
	})
}

// table returns the quoted name of a model's table.
func (s *Service) table(m *model.Model) string { return s.store.DB.Dialect().Quote(m.Table) }
