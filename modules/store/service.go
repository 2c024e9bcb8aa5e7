package store

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "store",
	Models: []*model.Model{
		Stores, Currencies, Locales,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages stores with their currencies and locales.
type Service struct {
	Stores     module.Records[Store]
	Currencies module.Records[Currency]
	Locales    module.Records[Locale]
	store      *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Stores:     module.For[Store](s, Stores),
		Currencies: module.For[Currency](s, Currencies),
		Locales:    module.For[Locale](s, Locales),
		store:      s,
	}
}

// SetCurrencies replaces the currencies of a store. A currency that the store
// already has keeps its id.
func (s *Service) SetCurrencies(ctx context.Context, storeID string, currencies ...*Currency) error {
	return s.replace(ctx, storeID, func(ctx context.Context) error {
		there, err := s.Currencies.List(ctx, module.Where{"store_id": storeID}, module.Page{})
		if err != nil {
			return err
		}
		known, ids := map[string]*Currency{}, make([]string, len(there))
		for i, c := range there {
			known[c.CurrencyCode], ids[i] = c, c.ID
		}
		if err := s.Currencies.Delete(ctx, ids...); err != nil {
			return err
		}
		all := make([]*Currency, len(currencies))
		for i, c := range currencies {
			all[i] = &Currency{CurrencyCode: c.CurrencyCode, IsDefault: c.IsDefault, StoreID: &storeID}
			if err := checkCurrency(all[i]); err != nil {
				return err
			}
			if old := known[all[i].CurrencyCode]; old != nil {
				all[i].ID, all[i].CreatedAt = old.ID, old.CreatedAt
				delete(known, all[i].CurrencyCode) // a duplicate is reported later, by the rules
			}
		}
		return s.Currencies.Create(ctx, all...)
	})
}

// SetLocales replaces the locales of a store. A locale that the store already has
// is left as it is.
func (s *Service) SetLocales(ctx context.Context, storeID string, codes ...string) error {
	return s.replace(ctx, storeID, func(ctx context.Context) error {
		there, err := s.Locales.List(ctx, module.Where{"store_id": storeID}, module.Page{})
		if err != nil {
			return err
		}
		old := map[string]string{} // ids by code
		for _, l := range there {
			old[l.LocaleCode] = l.ID
		}
		var added []*Locale
		kept := map[string]bool{}
		for _, code := range codes {
			if id, ok := old[code]; ok && !kept[id] {
				kept[id] = true
				continue
			}
			added = append(added, &Locale{LocaleCode: code, StoreID: &storeID})
		}
		var gone []string
		for _, l := range there {
			if !kept[l.ID] {
				gone = append(gone, l.ID)
			}
		}
		if err := s.Locales.Delete(ctx, gone...); err != nil {
			return err
		}
		return s.Locales.Create(ctx, added...)
	})
}

// replace runs a replacement in a transaction that locks the store, so that
// concurrent replacements come one after the other.
func (s *Service) replace(ctx context.Context, storeID string, run func(context.Context) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if _, err := s.Stores.Retrieve(ctx, storeID); err != nil {
			return err
		}
		if _, err := s.Stores.Lock(ctx, storeID); err != nil {
			return err
		}
		return run(ctx)
	})
}
