package store

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules are what the module asks of its records:
//
//   - a store has a name;
//   - a store that has currencies has one default among them, and none twice;
//   - a store has no locale twice.
func rules(s *module.Store) []module.Rule {
	service := New(s)
	return []module.Rule{
		module.On(Stores, module.Rules[Store]{
			Each: func(st *Store) error { return module.Require(Stores, "name", st.Name) },
		}),
		module.On(Currencies, module.Rules[Currency]{Each: checkCurrency, After: service.checkCurrencies}),
		module.On(Locales, module.Rules[Locale]{Each: checkLocale, After: service.checkLocales}),
	}
}

func checkCurrency(c *Currency) error {
	return module.Currency(Currencies, "currency_code", &c.CurrencyCode)
}

func checkLocale(l *Locale) error { return module.Require(Locales, "locale_code", l.LocaleCode) }

// checkCurrencies looks at all currencies of the stores of those written: one
// is the default, and none is there twice. The stores are held until the
// transaction ends, so that two writers do not each see only their own.
func (s *Service) checkCurrencies(ctx context.Context, written []*Currency) error {
	ids := storesOf(written, func(c *Currency) *string { return c.StoreID })
	if _, err := s.Stores.Lock(ctx, ids...); err != nil {
		return err
	}
	all, err := s.Currencies.List(ctx, module.Where{"store_id": ids}, module.Page{})
	if err != nil {
		return err
	}
	seen, defaults := map[[2]string]bool{}, map[string]string{}
	for _, c := range all {
		id, code := *c.StoreID, c.CurrencyCode
		if seen[[2]string{id, code}] {
			return fault.New(fault.InvalidData, "store %q has the currency %s twice; once is enough", id, code)
		}
		seen[[2]string{id, code}] = true
		if !c.IsDefault {
			continue
		}
		if other, ok := defaults[id]; ok {
			return fault.New(fault.InvalidData, "store %q cannot have both %s and %s as default currency; exactly one has is_default", id, other, code)
		}
		defaults[id] = code
	}
	for _, c := range all {
		if _, ok := defaults[*c.StoreID]; !ok {
			return fault.New(fault.InvalidData, "store %q has no default currency; exactly one of its currencies has is_default", *c.StoreID)
		}
	}
	return nil
}

// checkLocales looks for locales that a store has twice.
func (s *Service) checkLocales(ctx context.Context, written []*Locale) error {
	ids := storesOf(written, func(l *Locale) *string { return l.StoreID })
	if _, err := s.Stores.Lock(ctx, ids...); err != nil {
		return err
	}
	all, err := s.Locales.List(ctx, module.Where{"store_id": ids}, module.Page{})
	if err != nil {
		return err
	}
	seen := map[[2]string]bool{}
	for _, l := range all {
		key := [2]string{*l.StoreID, l.LocaleCode}
		if seen[key] {
			return fault.New(fault.InvalidData, "store %q has the locale %s twice; once is enough", key[0], key[1])
		}
		seen[key] = true
	}
	return nil
}

// storesOf are the stores of records, each once.
func storesOf[T any](records []*T, storeID func(*T) *string) []string {
	var ids []string
	for _, r := range records {
		if id := storeID(r); id != nil && !slices.Contains(ids, *id) {
			ids = append(ids, *id)
		}
	}
	return ids
}
