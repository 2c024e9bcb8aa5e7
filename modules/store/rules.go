package store

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records:
//
//   - a store has a name;
//   - a store that has currencies has exactly one default among them, and no
//     duplicates;
//   - a store has no duplicate locales.
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

// checkCurrencies checks all currencies of the stores that currencies were written
// for: exactly one is the default, and there are no duplicates. It locks the stores,
// since concurrent transactions do not see each other's currencies.
func (s *Service) checkCurrencies(ctx context.Context, written []*Currency) error {
	ids := module.IDs(written, func(c *Currency) string { return deref(c.StoreID) })
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
			return fault.New(fault.InvalidData, "store %q cannot have both %s and %s as default currency; exactly one must have is_default", id, other, code)
		}
		defaults[id] = code
	}
	for _, c := range all {
		if _, ok := defaults[*c.StoreID]; !ok {
			return fault.New(fault.InvalidData, "store %q has no default currency; exactly one of its currencies must have is_default", *c.StoreID)
		}
	}
	return nil
}

// checkLocales checks that the stores have no duplicate locales.
func (s *Service) checkLocales(ctx context.Context, written []*Locale) error {
	ids := module.IDs(written, func(l *Locale) string { return deref(l.StoreID) })
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

// deref returns the text that p points to; "" for nil.
func deref(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}
