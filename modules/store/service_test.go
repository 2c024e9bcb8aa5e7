package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/store"
)

var graph = moduletest.Graph(store.Module)

// list returns currencies with codes; the one with a star is the default.
func list(codes ...string) []*store.Currency {
	var all []*store.Currency
	for _, code := range codes {
		name, isDefault := strings.CutSuffix(code, "*")
		all = append(all, &store.Currency{CurrencyCode: name, IsDefault: isDefault})
	}
	return all
}

// codes returns the currencies of a store in the form that list takes, sorted.
func codes(t *testing.T, s *store.Service, id string) string {
	t.Helper()
	all, err := s.Currencies.List(t.Context(), module.Where{"store_id": id}, module.Page{Order: []string{"currency_code"}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range all {
		code := c.CurrencyCode
		if c.IsDefault {
			code += "*"
		}
		out = append(out, code)
	}
	return strings.Join(out, " ")
}

func TestAStoreIsWrittenWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store.New(moduletest.Open(t, d, graph))
		plain := &store.Store{}
		acme := &store.Store{Name: "Acme", SupportedCurrencies: list("EUR*", "usd"), SupportedLocales: []*store.Locale{{LocaleCode: "de-DE"}}}
		moduletest.Create(t, s.Stores, plain, acme)
		if got := codes(t, s, acme.ID); got != "eur* usd" || plain.Name != store.DefaultName || !strings.HasPrefix(acme.ID, "store_") {
			t.Errorf("store %s of the currencies %s; one without a name is called %q", acme.ID, got, plain.Name)
		}
		if err := s.Stores.SoftDelete(t.Context(), acme.ID); err != nil {
			t.Fatal(err)
		}
		if got := codes(t, s, acme.ID); got != "" {
			t.Errorf("a deleted store has the currencies %s", got)
		}
		if n, err := s.Locales.Count(t.Context(), nil); n != 0 || err != nil {
			t.Errorf("a deleted store has %d locales (%v)", n, err)
		}
	})
}

func TestOneDefaultAndNothingTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		records := moduletest.Open(t, d, graph)
		s := store.New(records)
		acme := &store.Store{Name: "Acme", SupportedCurrencies: list("eur*", "usd"), SupportedLocales: []*store.Locale{{LocaleCode: "de-DE"}}}
		moduletest.Create(t, s.Stores, acme)
		create := func(currencies ...*store.Currency) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.Stores.Create(ctx, &store.Store{Name: "Other", SupportedCurrencies: currencies})
			}
		}
		set := func(currencies ...*store.Currency) func(context.Context) error {
			return func(ctx context.Context) error { return s.SetCurrencies(ctx, acme.ID, currencies...) }
		}
		moduletest.Refuse(t, records,
			moduletest.Refusal{Name: "blank", Do: func(ctx context.Context) error { return s.Stores.Create(ctx, &store.Store{Name: " "}) }, Words: []string{"store.name"}},
			moduletest.Refusal{Do: create(list("eur", "usd")...), Words: []string{"no default currency"}},
			moduletest.Refusal{Do: create(list("eur*", "usd*")...), Words: []string{"both", "eur", "usd"}},
			moduletest.Refusal{Do: create(list("eur*", "EUR")...), Words: []string{"eur twice"}},
			moduletest.Refusal{Do: create(list("euro*")...), Words: []string{"store_currency.currency_code", "euro"}},
			moduletest.Refusal{Do: set(list("eur", "gbp")...), Words: []string{acme.ID, "no default"}},
			moduletest.Refusal{Do: set(list("eur*", "eur")...), Words: []string{acme.ID, "eur twice"}},
			moduletest.Refusal{Do: set(list("pound*")...), Words: []string{"pound"}},
			moduletest.Refusal{Name: "a second default", Words: []string{"both"}, Do: func(ctx context.Context) error {
				return s.Currencies.Create(ctx, &store.Currency{CurrencyCode: "gbp", IsDefault: true, StoreID: &acme.ID})
			}},
			moduletest.Refusal{Name: "no default left", Words: []string{"no default"}, Do: func(ctx context.Context) error {
				_, err := s.Currencies.Update(ctx, []string{acme.SupportedCurrencies[0].ID}, module.Patch{"is_default": false})
				return err
			}},
			moduletest.Refusal{Words: []string{"de-DE twice"}, Do: func(ctx context.Context) error { return s.SetLocales(ctx, acme.ID, "de-DE", "de-DE") }},
			moduletest.Refusal{Words: []string{"store_locale.locale_code"}, Do: func(ctx context.Context) error { return s.SetLocales(ctx, acme.ID, "") }},
			moduletest.Refusal{Type: fault.NotFound, Words: []string{"store", "nope"}, Do: func(ctx context.Context) error { return s.SetCurrencies(ctx, "nope", list("eur*")...) }},
			moduletest.Refusal{Type: fault.NotFound, Words: []string{"store"}, Do: func(ctx context.Context) error { return s.SetLocales(ctx, "", "de-DE") }},
		)
		if got := codes(t, s, acme.ID); got != "eur* usd" {
			t.Errorf("after the refusals the currencies are %s", got)
		}
	})
}

func TestListsAreReplaced(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store.New(moduletest.Open(t, d, graph))
		acme, other := &store.Store{Name: "Acme", SupportedCurrencies: list("eur*", "usd")}, &store.Store{SupportedCurrencies: list("eur*")}
		moduletest.Create(t, s.Stores, acme, other)
		given := list("GBP*", "eur")
		if err := s.SetCurrencies(t.Context(), acme.ID, given...); err != nil {
			t.Fatal(err)
		}
		if got := codes(t, s, acme.ID); got != "eur gbp*" || codes(t, s, other.ID) != "eur*" || given[0].CurrencyCode != "GBP" {
			t.Errorf("the currencies are %s", got)
		}
		if c, err := s.Currencies.Retrieve(t.Context(), acme.SupportedCurrencies[0].ID); err != nil || c.CurrencyCode != "eur" || c.IsDefault {
			t.Errorf("the euro became %+v (%v)", c, err)
		}
		if err := s.SetCurrencies(t.Context(), acme.ID); err != nil || codes(t, s, acme.ID) != "" {
			t.Errorf("%v; the currencies are %s", err, codes(t, s, acme.ID))
		}
		for _, want := range []string{"de-DE fr-FR", "en-GB fr-FR", ""} {
			if err := s.SetLocales(t.Context(), acme.ID, strings.Fields(want)...); err != nil {
				t.Fatal(err)
			}
			all, err := s.Locales.List(t.Context(), nil, module.Page{Order: []string{"locale_code"}})
			got := ""
			for _, l := range all {
				got += " " + l.LocaleCode
			}
			if err != nil || strings.TrimSpace(got) != want {
				t.Errorf("the locales are%s, want %s (%v)", got, want, err)
			}
		}
	})
}
