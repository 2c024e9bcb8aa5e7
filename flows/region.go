package flows

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

// Region is what is written of a region; nil leaves a part as it is.
type Region struct {
	Patch            module.Patch // name, currency_code, automatic_taxes, metadata
	Countries        *[]string    // all of its countries, as ISO 3166-1 alpha-2 codes
	PaymentProviders *[]string    // all that take payments there
	TaxInclusive     *bool        // whether its prices hold their taxes
}

// CreateRegion makes a region, with its countries, payment providers and price
// preference.
func (f *Flows) CreateRegion(ctx context.Context, in Region) (string, error) {
	r := &region.Region{}
	err := f.do(ctx, func(ctx context.Context) error {
		r.Name, r.CurrencyCode = fmt.Sprint(in.Patch["name"]), fmt.Sprint(in.Patch["currency_code"])
		if err := f.Regions.Regions.Create(ctx, r); err != nil {
			return err
		}
		return f.writeRegion(ctx, r.ID, in)
	})
	return r.ID, err
}

// UpdateRegion changes a region.
func (f *Flows) UpdateRegion(ctx context.Context, id string, in Region) error {
	return f.do(ctx, func(ctx context.Context) error {
		if err := f.Regions.Regions.Exist(ctx, id); err != nil {
			return err
		}
		return f.writeRegion(ctx, id, in)
	})
}

func (f *Flows) writeRegion(ctx context.Context, id string, in Region) error {
	if len(in.Patch) > 0 {
		if _, err := f.Regions.Regions.Update(ctx, []string{id}, in.Patch); err != nil {
			return err
		}
	}
	if in.Countries != nil {
		if err := f.Regions.SetCountries(ctx, id, *in.Countries...); err != nil {
			return err
		}
	}
	if in.PaymentProviders != nil {
		if err := f.setLinks(ctx, link.Pair{region.Regions: id, payment.Providers: ""}, *in.PaymentProviders); err != nil {
			return err
		}
	}
	if in.TaxInclusive != nil {
		return f.prefer(ctx, "region_id", id, *in.TaxInclusive)
	}
	return nil
}

// DeleteRegion soft-deletes regions with their links; their countries are free
// again.
func (f *Flows) DeleteRegion(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if err := f.Regions.SetCountries(ctx, id); err != nil {
				return err
			}
		}
		return remove(ctx, f, f.Regions.Regions, ids...)
	})
}

// prefer sets whether prices of a region or currency hold their taxes.
func (f *Flows) prefer(ctx context.Context, attribute, value string, inclusive bool) error {
	there, err := f.Prices.PricePreferences.List(ctx, module.Where{"attribute": attribute, "value": value}, module.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(there) == 0 {
		return f.Prices.PricePreferences.Create(ctx, &pricing.PricePreference{Attribute: attribute, Value: &value, IsTaxInclusive: inclusive})
	}
	_, err = f.Prices.PricePreferences.Update(ctx, []string{there[0].ID}, module.Patch{"is_tax_inclusive": inclusive})
	return err
}
