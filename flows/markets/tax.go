package markets

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/tax"
)

// NewTaxRegion is a tax region to be created, with its default rate.
type NewTaxRegion struct {
	tax.Region
	_              struct{}           `body:"ignored=additional_data"`
	DefaultTaxRate *NewDefaultTaxRate `json:"default_tax_rate"`
}

// NewDefaultTaxRate is the default rate of a new tax region.
type NewDefaultTaxRate struct{ tax.Rate }

// NewTaxRate is a tax rate to be created, with its rules.
type NewTaxRate struct {
	tax.Rate
	Rules []NewTaxRateRule `json:"rules"`
}

// NewTaxRateRule is a rule of a tax rate to be created.
type NewTaxRateRule struct{ tax.RateRule }

// TaxRateChange is a change of a tax rate; no Rules leave them as they are.
type TaxRateChange struct {
	Patch module.Patch      `body:"columns=tax_rate"`
	Rules *[]NewTaxRateRule `json:"rules"` // all of its rules
}

// CreateTaxRegion creates a tax region of a country of the world, with its default
// rate, for the user with the id by, and returns its id.
func (m *Markets) CreateTaxRegion(ctx context.Context, in *NewTaxRegion, by *string) (string, error) {
	region := &in.Region
	region.CreatedBy = by
	if in.DefaultTaxRate != nil {
		rate := &in.DefaultTaxRate.Rate
		rate.IsDefault, rate.CreatedBy = true, by
		region.TaxRates = []*tax.Rate{rate}
	}
	err := m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Tax.Regions.Create(ctx, region); err != nil {
			return err
		}
		if err := m.shop.Region.Countries.Exist(ctx, region.CountryCode); err != nil {
			return fault.Wrap(err, fault.InvalidData, "tax_region.country_code: there is no country %q", region.CountryCode)
		}
		return nil
	})
	return region.ID, err
}

// CreateTaxRate creates a tax rate with its rules, for the user with the id by, and
// returns its id.
func (m *Markets) CreateTaxRate(ctx context.Context, in *NewTaxRate, by *string) (string, error) {
	rate := &in.Rate
	rate.CreatedBy, rate.Rules = by, taxRateRules(in.Rules, by)
	err := m.shop.Tax.Rates.Create(ctx, rate)
	return rate.ID, err
}

// UpdateTaxRate changes a tax rate and its rules, for the user with the id by.
func (m *Markets) UpdateTaxRate(ctx context.Context, id string, in *TaxRateChange, by *string) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Tax.Rates.Exist(ctx, id); err != nil {
			return err
		}
		if in.Rules != nil { // before the change, which may make the rate a default one
			if err := m.shop.Tax.RemoveRules(ctx, id); err != nil {
				return err
			}
		}
		if len(in.Patch) > 0 {
			if _, err := m.shop.Tax.Rates.Update(ctx, []string{id}, in.Patch); err != nil {
				return err
			}
		}
		if in.Rules == nil {
			return nil
		}
		return m.AddTaxRateRules(ctx, id, *in.Rules, by)
	})
}

// AddTaxRateRules adds rules to a tax rate, for the user with the id by.
func (m *Markets) AddTaxRateRules(ctx context.Context, id string, in []NewTaxRateRule, by *string) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Tax.Rates.Exist(ctx, id); err != nil {
			return err
		}
		rules := taxRateRules(in, by)
		for _, r := range rules {
			r.TaxRateID = id
		}
		return m.shop.Tax.RateRules.Create(ctx, rules...)
	})
}

func taxRateRules(in []NewTaxRateRule, by *string) []*tax.RateRule {
	out := make([]*tax.RateRule, len(in))
	for i := range in {
		out[i] = &in[i].RateRule
		out[i].CreatedBy = by
	}
	return out
}
