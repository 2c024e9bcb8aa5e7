package markets

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/store"
)

// StoreChange is a change of a store; nil leaves a part as it is.
type StoreChange struct {
	Patch      module.Patch     `body:"columns=store"`
	Currencies *[]StoreCurrency `json:"supported_currencies"` // all of its currencies
	Locales    *[]StoreLocale   `json:"supported_locales"`    // all of its locales
}

// StoreCurrency is a currency that a store sells in.
type StoreCurrency struct {
	CurrencyCode string `json:"currency_code" body:"required"`
	IsDefault    bool   `json:"is_default"`
	TaxInclusive *bool  `json:"is_tax_inclusive"` // whether prices in it include tax
}

// StoreLocale is a locale of a store.
type StoreLocale struct {
	LocaleCode string `json:"locale_code" body:"required"`
}

// UpdateStore changes a store.
func (m *Markets) UpdateStore(ctx context.Context, id string, in *StoreChange) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		if err := m.shop.Stores.Stores.Exist(ctx, id); err != nil {
			return err
		}
		if err := m.checkDefaults(ctx, in.Patch); err != nil {
			return err
		}
		if len(in.Patch) > 0 {
			if _, err := m.shop.Stores.Stores.Update(ctx, []string{id}, in.Patch); err != nil {
				return err
			}
		}
		if err := m.setLocales(ctx, id, in.Locales); err != nil {
			return err
		}
		return m.setCurrencies(ctx, id, in.Currencies)
	})
}

// checkDefaults returns an error unless the sales channel and the region of a
// change exist.
func (m *Markets) checkDefaults(ctx context.Context, p module.Patch) error {
	for column, exist := range map[string]func(context.Context, ...string) error{
		"default_sales_channel_id": m.shop.SalesChannel.SalesChannels.Exist,
		"default_region_id":        m.shop.Region.Regions.Exist,
	} {
		id, ok := p[column].(string)
		if !ok {
			continue // absent or null
		}
		if err := exist(ctx, id); err != nil {
			return fault.Wrap(err, fault.InvalidData, "%s: %q does not exist", column, fault.Clip(id))
		}
	}
	return nil
}

// setLocales replaces the locales of a store by some that the shop has.
func (m *Markets) setLocales(ctx context.Context, id string, in *[]StoreLocale) error {
	if in == nil {
		return nil
	}
	codes := make([]string, len(*in))
	for i, l := range *in {
		codes[i] = l.LocaleCode
	}
	codes, err := m.shop.Translation.Find(ctx, "supported_locales", codes...)
	if err != nil {
		return err
	}
	return m.shop.Stores.SetLocales(ctx, id, codes...)
}

// setCurrencies replaces the currencies of a store, and sets for which of them
// prices include tax.
func (m *Markets) setCurrencies(ctx context.Context, id string, in *[]StoreCurrency) error {
	if in == nil {
		return nil
	}
	currencies := make([]*store.Currency, len(*in))
	for i, c := range *in {
		currencies[i] = &store.Currency{CurrencyCode: strings.ToLower(c.CurrencyCode), IsDefault: c.IsDefault}
	}
	if err := m.shop.Stores.SetCurrencies(ctx, id, currencies...); err != nil {
		return err
	}
	codes := make([]string, len(currencies))
	for i, c := range currencies {
		codes[i] = c.CurrencyCode
	}
	if err := m.shop.Currency.Check(ctx, "supported_currencies", codes...); err != nil {
		return err
	}
	for i, c := range *in {
		if c.TaxInclusive == nil {
			continue
		}
		if err := m.prefer(ctx, "currency_code", currencies[i].CurrencyCode, *c.TaxInclusive); err != nil {
			return err
		}
	}
	return nil
}
