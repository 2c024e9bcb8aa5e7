package tax_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
)

// abroad is a provider of a shop: it knows the taxes of one place.
type abroad struct{}

func (abroad) TaxProviderID() string { return "tp_abroad" }

func (abroad) TaxLines(_ context.Context, r tax.Request) ([][]tax.TaxLine, error) {
	switch r.To.ProvinceCode {
	case "broken":
		return nil, nil
	case "away":
		return nil, errors.New("the line is busy")
	}
	out := make([][]tax.TaxLine, len(r.Lines))
	for i, l := range r.Lines {
		out[i] = []tax.TaxLine{{LineID: l.ID, Code: "abroad", Rate: money.Int(int64(len(r.Regions[0].TaxRates)))}}
	}
	return out, nil
}

var graph = moduletest.Graph(tax.Module, &module.Module{Name: "abroad", Service: module.Provide(func(*module.Store) abroad { return abroad{} })})

// open returns a service with the rows of its providers.
func open(t *testing.T, d db.DB) (*tax.Service, *module.Store) {
	t.Helper()
	store := moduletest.Open(t, d, graph)
	s := module.ServiceOf[*tax.Service](store)
	for range 2 { // the second time adds nothing
		if err := s.AddProviders(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	return s, store
}

// america returns a country with a province, as they are created together.
func america() *tax.Region {
	return &tax.Region{
		CountryCode: "US",
		TaxRates: []*tax.Rate{
			{Code: "us", Name: "US", Rate: new(money.Int(4)), IsDefault: true},
			{Code: "food", Name: "Food", Rules: []*tax.RateRule{{Reference: tax.ReferenceProductType, ReferenceID: "food"}, {Reference: tax.ReferenceProduct, ReferenceID: "tea"}}},
		},
		Children: []*tax.Region{{CountryCode: "us", ProvinceCode: new("US-CA"), TaxRates: []*tax.Rate{
			{Code: "ca", Name: "California", Rate: new(money.MustParse("7.250")), IsDefault: true, IsCombinable: true},
		}}},
	}
}

func TestARegionIsWrittenWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _ := open(t, d)
		us := america()
		moduletest.Create(t, s.Regions, us)
		ca := us.Children[0]
		if us.CountryCode != "us" || *us.ProviderID != tax.SystemProviderID || ca.ProviderID != nil || *ca.ParentID != us.ID || *ca.ProvinceCode != "us-ca" {
			t.Errorf("the regions are %+v and %+v", us, ca)
		}
		r, err := s.Rates.Retrieve(t.Context(), ca.TaxRates[0].ID)
		if err != nil || !r.Rate.Equal(money.MustParse("7.25")) || !r.IsCombinable {
			t.Errorf("the rate is %+v (%v)", r, err)
		}
		if err := s.RemoveRules(t.Context(), us.TaxRates[1].ID); err != nil {
			t.Fatal(err)
		}
		moduletest.Create(t, s.RateRules, &tax.RateRule{Reference: tax.ReferenceProduct, ReferenceID: "tea", TaxRateID: us.TaxRates[1].ID})
		if rules, err := s.RateRules.List(t.Context(), nil, module.Page{}); err != nil || len(rules) != 1 || rules[0].ReferenceID != "tea" {
			t.Errorf("the rules are %+v (%v)", rules, err)
		}
		if err := s.Regions.SoftDelete(t.Context(), us.ID); err != nil {
			t.Fatal(err)
		}
		for name, count := range map[string]func(context.Context, module.Where) (int64, error){"regions": s.Regions.Count, "rates": s.Rates.Count, "rules": s.RateRules.Count} {
			if n, err := count(t.Context(), nil); n != 0 || err != nil {
				t.Errorf("%d %s outlive their country (%v)", n, name, err)
			}
		}
		moduletest.Create(t, s.Regions, america())
	})
}

func TestWhatRegionsAndRatesAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, store := open(t, d)
		us, de := america(), &tax.Region{CountryCode: "de", ProviderID: new("tp_abroad")}
		moduletest.Create(t, s.Regions, us, de)
		off := &tax.ProviderRecord{Record: model.Record{ID: "tp_off"}, IsEnabled: new(false)}
		moduletest.Create(t, s.Providers, off)
		ca, food := us.Children[0], us.TaxRates[1]
		region := func(r tax.Region) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.Regions.Create(ctx, &tax.Region{CountryCode: "fr", TaxRates: []*tax.Rate{{Code: "fr", Name: "FR"}}}, &r)
			}
		}
		rate := func(r tax.Rate) func(context.Context) error {
			r.TaxRegionID = us.ID
			return func(ctx context.Context) error { return s.Rates.Create(ctx, &r) }
		}
		rule := func(rate, reference, id string) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.RateRules.Create(ctx, &tax.RateRule{TaxRateID: rate, Reference: tax.Reference(reference), ReferenceID: id})
			}
		}
		change := func(id string, p module.Patch) func(context.Context) error {
			return func(ctx context.Context) error { _, err := s.Regions.Update(ctx, []string{id}, p); return err }
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "deu"}), Words: []string{"tax_region.country_code", "deu", "two letters"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "d1"}), Words: []string{"tax_region.country_code", "d1"}},
			moduletest.Refusal{Do: func(ctx context.Context) error { return s.Regions.Create(ctx, &tax.Region{CountryCode: "DE"}) }, Type: fault.DuplicateError, Words: []string{"tax_region", `"de"`}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ca"), ParentID: &us.ID}), Type: fault.DuplicateError, Words: []string{"tax_region", "us-ca"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ny")}), Words: []string{"tax_region.parent_id is missing", "us-ny"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new(" "), ParentID: &us.ID}), Words: []string{"tax_region.province_code is missing"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ParentID: &us.ID}), Words: []string{"tax_region.province_code is missing", `"us"`}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ny"), ParentID: new("txreg_none")}), Type: fault.NotFound, Words: []string{"tax_region.parent_id", "txreg_none"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ny"), ParentID: &de.ID}), Words: []string{"tax_region.parent_id", de.ID, `"de"`, "us-ny"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ny"), ParentID: &ca.ID}), Words: []string{"tax_region.parent_id", ca.ID, "a province"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "us", ProvinceCode: new("us-ny"), ParentID: &us.ID, ProviderID: new("tp_system")}), Words: []string{"tax_region.provider_id", "tp_system", "us-ny"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "it", ProviderID: new("tp_none")}), Type: fault.NotFound, Words: []string{"provider_id", "tp_none"}},
			moduletest.Refusal{Do: region(tax.Region{CountryCode: "it", ProviderID: new("tp_off")}), Words: []string{"tax_region.provider_id", "tp_off", "not enabled"}},
			moduletest.Refusal{Do: change(de.ID, module.Patch{"provider_id": "tp_off"}), Words: []string{"tax_region.provider_id", "tp_off", "not enabled"}},
			moduletest.Refusal{Do: change(de.ID, module.Patch{"country_code": "at"}), Words: []string{de.ID, "country"}},
			moduletest.Refusal{Do: change(ca.ID, module.Patch{"parent_id": nil, "province_code": nil}), Words: []string{ca.ID, "parent"}},
			moduletest.Refusal{Do: change(ca.ID, module.Patch{"province_code": nil}), Words: []string{"tax_region.province_code is missing"}},
			moduletest.Refusal{Do: rate(tax.Rate{Code: "all", Name: "All", Rate: new(money.MustParse("100.01"))}), Words: []string{"tax_rate.rate", "all", "100.01", "between 0 and 100"}},
			moduletest.Refusal{Do: rate(tax.Rate{Code: "less", Name: "Less", Rate: new(money.Int(-1))}), Words: []string{"tax_rate.rate", "less", "-1"}},
			moduletest.Refusal{Do: rate(tax.Rate{Name: "No code"}), Words: []string{"tax_rate.code is missing"}},
			moduletest.Refusal{Do: rate(tax.Rate{Code: "no-name"}), Words: []string{"tax_rate.name is missing"}},
			moduletest.Refusal{Do: rate(tax.Rate{Code: "two", Name: "Two", IsDefault: true}), Words: []string{us.ID, `"us"`, "is_default"}},
			moduletest.Refusal{Do: rule(food.ID, "customer", "ada"), Words: []string{"tax_rate_rule.reference", "customer", "product, product_type, shipping_option"}},
			moduletest.Refusal{Do: rule(food.ID, "product", ""), Words: []string{"tax_rate_rule.reference_id is missing"}},
			moduletest.Refusal{Do: rule(us.TaxRates[0].ID, "product", "tea"), Words: []string{us.TaxRates[0].ID, "default", "rules"}},
			moduletest.Refusal{Do: rate(tax.Rate{Code: "d", Name: "D", IsDefault: true, Rules: []*tax.RateRule{{Reference: "product", ReferenceID: "tea"}}}), Words: []string{us.ID}},
			moduletest.Refusal{Name: "a default with rules", Do: func(ctx context.Context) error {
				return s.Rates.Create(ctx, &tax.Rate{Code: "d", Name: "D", TaxRegionID: de.ID, IsDefault: true, Rules: []*tax.RateRule{{Reference: "product", ReferenceID: "tea"}}})
			}, Words: []string{"default", "rules"}},
		)
	})
}

// Lines reads what it needs of the database, and asks the provider of the country.
func TestLines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _ := open(t, d)
		us := america()
		moduletest.Create(t, s.Regions, us, &tax.Region{CountryCode: "de", ProviderID: new("tp_abroad"), TaxRates: []*tax.Rate{{Code: "de", Name: "DE", IsDefault: true}, {Code: "red", Name: "Reduced"}}}, &tax.Region{CountryCode: "at"})
		gone := &tax.ProviderRecord{Record: model.Record{ID: "tp_gone"}}
		moduletest.Create(t, s.Providers, gone)
		moduletest.Create(t, s.Regions, &tax.Region{CountryCode: "ch", ProviderID: &gone.ID})
		lines := []tax.Line{{ID: "a", ProductID: "lamp"}, {ID: "b", ProductID: "bread", ProductTypeID: "food"}, {ID: "c", ShippingOptionID: "tea"}}
		for place, want := range map[string]string{
			"us": "us 4; food 0; us 4", "us us-ca": "ca 7.25, us 4; ca 7.25, food 0; ca 7.25, us 4", "US ca": "ca 7.25, us 4; ca 7.25, food 0; ca 7.25, us 4",
			"de": "abroad 2; abroad 2; abroad 2", "at": "; ; ", "fr": "; ; ", "": "; ; ",
		} {
			country, province, _ := strings.Cut(place, " ")
			found, err := s.Lines(t.Context(), lines, tax.Address{CountryCode: country, ProvinceCode: province})
			var got []string
			for _, f := range found {
				got = append(got, words(f))
			}
			if err != nil || strings.Join(got, "; ") != want {
				t.Errorf("%q: taxes are %q, want %q (%v)", place, strings.Join(got, "; "), want, err)
			}
		}
		if none, err := s.Lines(t.Context(), nil, tax.Address{CountryCode: "us"}); len(none) != 0 || err != nil {
			t.Errorf("no lines have the taxes %v (%v)", none, err)
		}
		for place, says := range map[string]string{"ch": "tp_gone", "de broken": "0 lines", "de away": "busy"} {
			country, province, _ := strings.Cut(place, " ")
			if _, err := s.Lines(t.Context(), lines, tax.Address{CountryCode: country, ProvinceCode: province}); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("%s: %v", place, err)
			}
		}
		if err := s.Rates.SoftDelete(t.Context(), us.TaxRates[0].ID); err != nil {
			t.Fatal(err)
		}
		if found, err := s.Lines(t.Context(), lines[:1], tax.Address{CountryCode: "us", ProvinceCode: "ca"}); err != nil || words(found[0]) != "ca 7.25" {
			t.Errorf("without the rate of the country: %v (%v)", found, err)
		}
	})
}
