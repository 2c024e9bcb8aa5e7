package region_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

var graph = moduletest.Graph(region.Module)

func TestTheWorldIsAddedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := region.New(moduletest.Open(t, d, graph))
		moduletest.Create(t, s.Countries, &region.Country{ISO2: "de", ISO3: "deu", NumCode: "276", Name: "GERMANY", DisplayName: "Deutschland"})
		for _, want := range []int{len(region.WorldCountries) - 1, 0} {
			if added, err := s.AddWorld(t.Context()); added != want || err != nil {
				t.Errorf("added %d (%v), want %d", added, err, want)
			}
		}
		if c, err := s.Countries.Retrieve(t.Context(), "de"); err != nil || c.DisplayName != "Deutschland" {
			t.Errorf("the country that was there became %+v (%v)", c, err)
		}
	})
}

func TestRegionsTakeCountries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := region.New(store)
		if _, err := s.AddWorld(t.Context()); err != nil {
			t.Fatal(err)
		}
		europe := &region.Region{Name: "Europe", CurrencyCode: "EUR", Countries: []*region.Country{{ISO2: "de"}, {ISO2: "fr"}}}
		other := &region.Region{Name: "Other", CurrencyCode: "usd"}
		moduletest.Create(t, s.Regions, europe, other)
		if n, err := s.Countries.Count(t.Context(), module.Where{"region_id": europe.ID}); n != 2 || err != nil || europe.CurrencyCode != "eur" {
			t.Errorf("%d countries in a region of %q (%v)", n, europe.CurrencyCode, err)
		}
		create := func(r *region.Region) func(context.Context) error {
			return func(ctx context.Context) error { return s.Regions.Create(ctx, r) }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(&region.Region{Name: "X", CurrencyCode: "eur", Countries: []*region.Country{{ISO2: "it"}, {ISO2: "de"}}}), Words: []string{`country "de" already belongs to region`, europe.ID}},
			moduletest.Refusal{Do: create(&region.Region{Name: "X", CurrencyCode: "eur", Countries: []*region.Country{{ISO2: "xx"}}}), Type: fault.NotFound, Words: []string{`no country with iso_2 "xx"`}},
			moduletest.Refusal{Do: create(&region.Region{Name: "X", CurrencyCode: "eur", Countries: []*region.Country{{ISO2: "it"}, {ISO2: "it"}}}), Words: []string{"country"}},
			moduletest.Refusal{Do: create(&region.Region{CurrencyCode: "eur"}), Words: []string{"region.name"}},
			moduletest.Refusal{Do: create(&region.Region{Name: "X"}), Words: []string{"region.currency_code", "three letters"}},
			moduletest.Refusal{Do: create(&region.Region{Name: "X", CurrencyCode: "\xff\xffx"}), Words: []string{"region.currency_code"}},
			moduletest.Refusal{Name: "moving a country", Words: []string{`"de"`, europe.ID, "remove it"}, Do: func(ctx context.Context) error {
				_, err := s.Countries.Update(ctx, []string{"de"}, module.Patch{"region_id": other.ID})
				return err
			}},
			moduletest.Refusal{Words: []string{"country.iso_2", `"DE"`}, Do: func(ctx context.Context) error {
				return s.Countries.Create(ctx, &region.Country{ISO2: "DE"})
			}},
		)
		if n, err := s.Countries.Count(t.Context(), module.Where{"region_id": nil}); n != int64(len(region.WorldCountries))-2 || err != nil {
			t.Errorf("%d countries are in no region (%v)", n, err)
		}
		for _, to := range []any{nil, other.ID} {
			if n, err := s.Countries.Update(t.Context(), []string{"de"}, module.Patch{"region_id": to}); n != 1 || err != nil {
				t.Errorf("taking a country out and putting it elsewhere: %d, %v", n, err)
			}
		}
	})
}
