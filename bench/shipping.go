package main

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/money"
)

// zones is how many service zones the case of shipping options has: five of them are
// in the country of the cart.
const zones = 500

// shippingCase returns the shipping options that serve a cart, with their prices.
func shippingCase(ctx context.Context, s *shop) (*pair, error) {
	id, err := makeZones(ctx, s)
	if err != nil {
		return nil, err
	}
	flow := shipping.New(s.Shop)
	offers, err := flow.Options(ctx, id, shipping.Purpose{Store: true})
	if err != nil {
		return nil, err
	}
	byHand, err := optionsByHand(ctx, s.DB(), id)
	if err != nil || byHand != len(offers) || byHand == 0 {
		return nil, fmt.Errorf("%d of %d shipping options by hand: %w", byHand, len(offers), err)
	}
	return &pair{
		name: "shipping options for a cart, 500 zones", bar: 1.5,
		ours: func(ctx context.Context) error {
			_, err := flow.Options(ctx, id, shipping.Purpose{Store: true})
			return err
		},
		hands: []func(ctx context.Context) error{func(ctx context.Context) error { _, err := optionsByHand(ctx, s.DB(), id); return err }},
	}, nil
}

// makeZones creates a location with zones, an option in each, and a cart. It returns
// the id of the cart.
func makeZones(ctx context.Context, s *shop) (string, error) {
	channel := &saleschannel.SalesChannel{Name: "Bench"}
	location := &stocklocation.StockLocation{Name: "Bench"}
	profile := &fulfillment.ShippingProfile{Name: "Bench", Type: "bench"}
	kind := &fulfillment.ShippingOptionType{Label: "Bench", Code: "bench"}
	set := &fulfillment.Set{Name: "Bench", Type: "shipping"}
	var prices []*pricing.PriceSet
	var options []*fulfillment.ShippingOption
	for i := range zones {
		country := fmt.Sprintf("%c%c", 'a'+i%100/10, 'a'+i%10)
		o := &fulfillment.ShippingOption{Name: "Bench", PriceType: fulfillment.PriceFlat, ShippingProfile: profile, Type: kind, Rules: []*fulfillment.ShippingOptionRule{
			{Attribute: fulfillment.AttributeStore, Operator: fulfillment.OperatorEqual, Value: model.ToJSON("true")},
			{Attribute: fulfillment.AttributeReturn, Operator: fulfillment.OperatorEqual, Value: model.ToJSON("false")},
		}}
		set.ServiceZones = append(set.ServiceZones, &fulfillment.ServiceZone{Name: fmt.Sprintf("Bench %d", i), ShippingOptions: []*fulfillment.ShippingOption{o},
			GeoZones: []*fulfillment.GeoZone{{Type: fulfillment.ZoneCountry, CountryCode: country}}})
		options = append(options, o)
		prices = append(prices, &pricing.PriceSet{Prices: []*pricing.Price{{CurrencyCode: "eur", Amount: money.Int(int64(5 + i%9))}}})
	}
	c := &cart.Cart{CurrencyCode: "eur", ShippingAddress: &cart.Address{CountryCode: new("ab")}}
	for _, create := range []func() error{
		func() error { return s.SalesChannel.SalesChannels.Create(ctx, channel) },
		func() error { return s.StockLocation.StockLocations.Create(ctx, location) },
		func() error { return s.Fulfillment.ShippingProfiles.Create(ctx, profile) },
		func() error { return s.Fulfillment.ShippingOptionTypes.Create(ctx, kind) },
		func() error { return s.Fulfillment.Sets.Create(ctx, set) },
		func() error { return s.Pricing.PriceSets.Create(ctx, prices...) },
		func() error { c.SalesChannelID = &channel.ID; return s.Cart.Carts.Create(ctx, c) },
	} {
		if err := create(); err != nil {
			return "", err
		}
	}
	pairs := []link.Pair{
		{stocklocation.StockLocations: location.ID, fulfillment.Sets: set.ID}, {stocklocation.StockLocations: location.ID, saleschannel.SalesChannels: channel.ID},
	}
	for i, o := range options {
		pairs = append(pairs, link.Pair{fulfillment.ShippingOptions: o.ID, pricing.PriceSets: prices[i].ID})
	}
	_, err := s.Links.Create(ctx, pairs...)
	return c.ID, err
}

// optionsByHand reads the cart, the options that serve it, and their prices, and
// returns how many options there are.
func optionsByHand(ctx context.Context, d db.DB, cartID string) (int, error) {
	p := d.Dialect().Placeholder
	var country, currency, channel string
	err := scanned(ctx, d, "SELECT a.country_code, c.currency_code, c.sales_channel_id FROM cart c JOIN cart_address a ON a.id = c.shipping_address_id WHERE c.id = "+p(1),
		[]any{&country, &currency, &channel}, func() {}, cartID)
	if err != nil {
		return 0, err
	}
	sets, n := []string{}, 0
	var id, set string
	err = scanned(ctx, d, "SELECT DISTINCT o.id, l.price_set_id FROM shipping_option o JOIN service_zone z ON z.id = o.service_zone_id AND z.deleted_at IS NULL"+
		" JOIN geo_zone g ON g.service_zone_id = z.id AND g.deleted_at IS NULL AND g.country_code = "+p(1)+
		" JOIN location_fulfillment_set f ON f.fulfillment_set_id = z.fulfillment_set_id AND f.deleted_at IS NULL"+
		" JOIN sales_channel_stock_location c ON c.stock_location_id = f.stock_location_id AND c.deleted_at IS NULL AND c.sales_channel_id = "+p(2)+
		" JOIN shipping_option_price_set l ON l.shipping_option_id = o.id AND l.deleted_at IS NULL WHERE o.deleted_at IS NULL"+
		" AND NOT EXISTS (SELECT 1 FROM shipping_option_rule r WHERE r.shipping_option_id = o.id AND r.deleted_at IS NULL AND NOT (r.operator = 'eq'"+
		" AND (r.attribute = 'is_return' AND CAST(r.value AS text) = '\"false\"' OR r.attribute = 'enabled_in_store' AND CAST(r.value AS text) = '\"true\"')))",
		[]any{&id, &set}, func() { sets = append(sets, set) }, country, channel)
	if err != nil {
		return 0, err
	}
	var amount string
	err = scanned(ctx, d, "SELECT price_set_id, CAST(amount AS text) FROM price WHERE "+d.Dialect().List("price_set_id", 1)+" AND currency_code = "+p(2)+" AND deleted_at IS NULL AND price_list_id IS NULL",
		[]any{&set, &amount}, func() { n++ }, sets, currency)
	return n, err
}

// scanned runs a query and calls row after each row was scanned into dest.
func scanned(ctx context.Context, d db.DB, sql string, dest []any, row func(), args ...any) error {
	rows, err := d.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
		row()
	}
	return rows.Err()
}
