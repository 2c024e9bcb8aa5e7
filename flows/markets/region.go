package markets

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

// NewRegion is a region to be created.
type NewRegion struct {
	region.Region
	Countries        []string `json:"countries"`         // ISO 3166-1 alpha-2 codes
	PaymentProviders []string `json:"payment_providers"` // that take payments there
	TaxInclusive     *bool    `json:"is_tax_inclusive"`  // whether its prices include tax
}

// RegionChange is a change of a region; nil leaves a part as it is.
type RegionChange struct {
	Patch            module.Patch `body:"columns=region"`
	Countries        *[]string    `json:"countries"`         // all of its countries
	PaymentProviders *[]string    `json:"payment_providers"` // all of its providers
	TaxInclusive     *bool        `json:"is_tax_inclusive"`
}

// CreateRegion creates a region with its countries, payment providers and
// price preference, and returns its id.
func (m *Markets) CreateRegion(ctx context.Context, in *NewRegion) (string, error) {
	r := &in.Region
	err := m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Region.Regions.Create(ctx, r); err != nil {
			return err
		}
		if err := m.shop.Currency.Check(ctx, "currency_code", r.CurrencyCode); err != nil {
			return err
		}
		return m.writeRegion(ctx, r.ID, &RegionChange{Countries: &in.Countries, PaymentProviders: &in.PaymentProviders, TaxInclusive: in.TaxInclusive})
	})
	return r.ID, err
}

// UpdateRegion changes a region.
func (m *Markets) UpdateRegion(ctx context.Context, id string, in *RegionChange) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Region.Regions.Exist(ctx, id); err != nil {
			return err
		}
		return m.writeRegion(ctx, id, in)
	})
}

func (m *Markets) writeRegion(ctx context.Context, id string, in *RegionChange) error {
	if len(in.Patch) > 0 {
		if _, err := m.shop.Region.Regions.Update(ctx, []string{id}, in.Patch); err != nil {
			return err
		}
		r, err := m.shop.Region.Regions.Retrieve(ctx, id)
		if err != nil {
			return err
		}
		if err := m.shop.Currency.Check(ctx, "currency_code", r.CurrencyCode); err != nil {
			return err
		}
	}
	if in.Countries != nil {
		if err := m.shop.Region.SetCountries(ctx, id, *in.Countries...); err != nil {
			return err
		}
	}
	if in.PaymentProviders != nil {
		if err := m.checkProviders(ctx, *in.PaymentProviders); err != nil {
			return err
		}
		if err := m.shop.Links.Set(ctx, link.Pair{region.Regions: id, payment.Providers: ""}, *in.PaymentProviders...); err != nil {
			return err
		}
	}
	if in.TaxInclusive == nil {
		return nil
	}
	return m.prefer(ctx, "region_id", id, *in.TaxInclusive)
}

// checkProviders returns an error unless payment providers exist and are enabled.
func (m *Markets) checkProviders(ctx context.Context, ids []string) error {
	found, err := m.shop.Payment.Providers.List(ctx, module.Where{"id": ids, "is_enabled": true}, module.Page{})
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(found, func(p *payment.ProviderRecord) bool { return p.ID == id })
	})
	if len(missing) > 0 {
		return fault.New(fault.InvalidData, "payment_providers: there is no enabled payment provider %s", fault.Clip(strings.Join(missing, ", ")))
	}
	return nil
}

// DeleteRegion soft-deletes regions. Their countries can join other regions
// again.
func (m *Markets) DeleteRegion(ctx context.Context, ids ...string) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			if err := m.shop.Region.SetCountries(ctx, id); err != nil {
				return err
			}
		}
		return m.shop.Region.Regions.SoftDelete(ctx, ids...)
	})
}
