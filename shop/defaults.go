package shop

import (
	"context"
	"maps"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/query"
)

// The ids of what AddDefaults creates. Those of the providers are Medusa's.
const (
	DefaultStoreID               = "store_default"
	DefaultSalesChannelID        = "sc_default"
	DefaultPaymentProviderID     = payment.SystemProviderID
	DefaultFulfillmentProviderID = fulfillment.ManualProviderID
	DefaultTaxProviderID         = tax.SystemProviderID
)

const (
	defaultCurrency           = "eur"
	defaultChannelName        = "Default Sales Channel"
	defaultChannelDescription = "Created with the shop"
)

// defaults makes a fresh shop usable.
var defaults = Migration{"gorgon: a store, a sales channel and providers", func(ctx context.Context, s *Shop) error {
	return s.AddDefaults(ctx)
}}

// AddDefaults creates what a shop cannot do without, if it is missing: a store
// that sells in euros in one sales channel, and the providers of the shop, with
// those of payments that are made outside, parcels that are sent by hand, and taxes
// of the shop's own rates. What was deleted is not missing.
func (s *Shop) AddDefaults(ctx context.Context) error {
	return s.Do(ctx, func(ctx context.Context) error {
		if err := s.addProviders(ctx); err != nil {
			return err
		}
		stores, err := s.Stores.Stores.List(ctx, nil, module.Page{WithDeleted: true, Limit: 1})
		if err != nil || len(stores) > 0 {
			return err
		}
		channel, err := s.anyChannel(ctx)
		if err != nil {
			return err
		}
		st := &store.Store{
			DefaultSalesChannelID: &channel.ID,
			SupportedCurrencies:   []*store.Currency{{CurrencyCode: defaultCurrency, IsDefault: true}},
		}
		st.ID = DefaultStoreID
		return s.Stores.Stores.Create(ctx, st)
	})
}

func (s *Shop) addProviders(ctx context.Context) error {
	if err := s.Tax.AddProviders(ctx); err != nil {
		return err
	}
	if err := s.Payment.AddProviders(ctx); err != nil {
		return err
	}
	return s.Fulfillment.AddProviders(ctx)
}

// anyChannel returns the oldest sales channel, or a new one.
func (s *Shop) anyChannel(ctx context.Context) (*saleschannel.SalesChannel, error) {
	channels, err := s.SalesChannel.SalesChannels.List(ctx, nil, module.Page{Order: []string{"created_at", "id"}, Limit: 1})
	if err != nil || len(channels) > 0 {
		return append(channels, nil)[0], err
	}
	c := &saleschannel.SalesChannel{Name: defaultChannelName, Description: new(defaultChannelDescription)}
	c.ID = DefaultSalesChannelID
	return c, s.SalesChannel.SalesChannels.Create(ctx, c)
}

// RemoveDefaults deletes what AddDefaults created, as far as nobody has changed
// it and no record refers to it: a shop that is imported brings its own.
func (s *Shop) RemoveDefaults(ctx context.Context) error {
	return s.Do(ctx, func(ctx context.Context) error {
		if err := s.removeUnused(ctx, s.Stores.Stores.Delete, "store", DefaultStoreID, query.Filters{
			"name": store.DefaultName, "default_region_id": nil, "default_location_id": nil, "metadata": nil,
			"supported_currencies.$count": 1, "supported_currencies.currency_code": defaultCurrency,
		}); err != nil {
			return err
		}
		if used, err := s.Stores.Stores.Count(ctx, module.Where{"default_sales_channel_id": DefaultSalesChannelID}); used > 0 || err != nil {
			return err
		}
		if err := s.removeUnused(ctx, s.SalesChannel.SalesChannels.Delete, "sales_channel", DefaultSalesChannelID, query.Filters{
			"name": defaultChannelName, "description": defaultChannelDescription, "is_disabled": false, "metadata": nil,
		}); err != nil {
			return err
		}
		enabled := query.Filters{"is_enabled": true}
		if err := s.removeUnused(ctx, s.Payment.Providers.Delete, "payment_provider", DefaultPaymentProviderID, enabled); err != nil {
			return err
		}
		if err := s.removeUnused(ctx, s.Tax.Providers.Delete, "tax_provider", DefaultTaxProviderID, enabled); err != nil {
			return err
		}
		return s.removeUnused(ctx, s.Fulfillment.Providers.Delete, "fulfillment_provider", DefaultFulfillmentProviderID, enabled)
	})
}

// removeUnused deletes a record that is as a filter says, if its other lists
// are empty.
func (s *Shop) removeUnused(ctx context.Context, remove func(context.Context, ...string) error, entity, id string, as query.Filters) error {
	m, err := s.Query.Models().Model(entity)
	if err != nil {
		return err
	}
	filters := query.Filters{"id": id}
	maps.Copy(filters, as)
	for _, e := range s.Query.Models().Edges(m) {
		if _, own := as[e.Name+".$count"]; e.Many && e.To != nil && !own {
			filters[e.Name] = nil
		}
	}
	found, err := s.Query.Graph(ctx, query.Request{Entity: entity, Fields: []string{m.PrimaryKey()}, Filters: filters, Limit: 1})
	if err != nil || found.Rows == 0 {
		return err
	}
	if used, err := s.referenced(ctx, m, id); used || err != nil {
		return err
	}
	return remove(ctx, id)
}

// referenced reports whether a foreign key of another record refers to a
// record, other than of the parts that are deleted with it.
func (s *Shop) referenced(ctx context.Context, to *model.Model, id string) (bool, error) {
	d := s.DB().Dialect()
	for _, m := range s.Query.Models().Models() {
		for _, f := range m.Fields {
			if f.References == nil || f.References.Model != to || m == store.Currencies {
				continue
			}
			n, _, err := db.One[int64](ctx, db.Use(ctx, s.DB()),
				"SELECT count(*) FROM "+d.Quote(m.Table)+" WHERE "+d.Quote(f.Name)+" = "+d.Placeholder(1), id)
			if n > 0 || err != nil {
				return true, err
			}
		}
	}
	return false, nil
}
