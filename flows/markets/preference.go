package markets

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
)

// CreatePreference creates a price preference, and returns its id.
func (m *Markets) CreatePreference(ctx context.Context, p *pricing.PricePreference) (string, error) {
	err := m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Pricing.PricePreferences.Create(ctx, p); err != nil {
			return err
		}
		return m.checkPreference(ctx, p)
	})
	return p.ID, err
}

// UpdatePreference changes a price preference.
func (m *Markets) UpdatePreference(ctx context.Context, id string, patch module.Patch) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if len(patch) > 0 {
			if _, err := m.shop.Pricing.PricePreferences.Update(ctx, []string{id}, patch); err != nil {
				return err
			}
		}
		p, err := m.shop.Pricing.PricePreferences.Retrieve(ctx, id)
		if err != nil {
			return err
		}
		return m.checkPreference(ctx, p)
	})
}

// checkPreference returns an error unless the currency or region of a preference
// exists.
func (m *Markets) checkPreference(ctx context.Context, p *pricing.PricePreference) error {
	if p.Attribute == pricing.AttributeCurrency {
		return m.shop.Currency.Check(ctx, "price_preference.value", *p.Value)
	}
	if err := m.shop.Region.Regions.Exist(ctx, *p.Value); err != nil {
		return fault.Wrap(err, fault.InvalidData, "price_preference.value: there is no region with id %q", fault.Clip(*p.Value))
	}
	return nil
}

// prefer sets whether prices of a region or currency include tax.
func (m *Markets) prefer(ctx context.Context, attribute, value string, inclusive bool) error {
	there, err := m.shop.Pricing.PricePreferences.List(ctx, module.Where{"attribute": attribute, "value": value}, module.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(there) == 0 {
		return m.shop.Pricing.PricePreferences.Create(ctx, &pricing.PricePreference{Attribute: attribute, Value: &value, IsTaxInclusive: inclusive})
	}
	_, err = m.shop.Pricing.PricePreferences.Update(ctx, []string{there[0].ID}, module.Patch{"is_tax_inclusive": inclusive})
	return err
}
