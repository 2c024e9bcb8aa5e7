package demo

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
)

// makeTaxes creates the tax regions of the countries that the shop delivers to: with their
// rates, the lines of the orders have the taxes that they have. Clothing is exempt in the
// state of New York, to which no order has gone yet.
func (w *world) makeTaxes(ctx context.Context) error {
	if err := w.Tax.AddProviders(ctx); err != nil {
		return err
	}
	var regions []*tax.Region
	for _, a := range w.areas() {
		for _, l := range a.lands {
			regions = append(regions, a.taxRegion(l))
		}
	}
	for _, r := range regions {
		if r.CountryCode == "us" {
			r.Children = append(r.Children, w.newYork())
		}
	}
	return w.Tax.Regions.Create(ctx, regions...)
}

// taxRegion returns the tax region of a country, with its provinces if they have taxes of
// their own.
func (a *area) taxRegion(l land) *tax.Region {
	r := &tax.Region{CountryCode: l.code, TaxRates: []*tax.Rate{a.taxes[0].standard()}}
	for _, t := range a.taxes[1:] {
		for _, s := range l.spots {
			r.Children = append(r.Children, province(l.code, s.province, t.added()))
		}
	}
	return r
}

func province(country, code string, rates ...*tax.Rate) *tax.Region {
	return &tax.Region{CountryCode: country, ProvinceCode: new(country + "-" + strings.ToLower(code)), TaxRates: rates}
}

// standard returns the rate that applies where no other does.
func (t levy) standard() *tax.Rate {
	return &tax.Rate{Code: t.code, Name: t.about, Rate: &t.rate, IsDefault: true}
}

// added returns a rate of a province that is added to that of the country.
func (t levy) added() *tax.Rate {
	r := t.standard()
	r.IsCombinable = true
	return r
}

// newYork returns a state with a rate for one type of products.
func (w *world) newYork() *tax.Region {
	exempt := &tax.Rate{Code: "NY-CLOTHING", Name: "Clothing", Rate: new(money.Zero)}
	for _, g := range w.goods {
		if g.kind == "Clothing" {
			exempt.Rules = []*tax.RateRule{{Reference: tax.ReferenceProductType, ReferenceID: g.Type.ID}}
		}
	}
	return province("us", "ny", w.america.taxes[1].added(), exempt)
}
