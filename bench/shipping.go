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
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
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

// makeZones creates a location with zones, an option in each, and a cart of two goods
// in stock. It returns the id of the cart.
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
	goods := &product.Product{Title: "Bench", Handle: "bench", Variants: []*product.Variant{{Title: "Bench 1"}, {Title: "Bench 2"}}}
	for _, create := range []func() error{
		func() error { return s.SalesChannel.SalesChannels.Create(ctx, channel) },
		func() error { return s.StockLocation.StockLocations.Create(ctx, location) },
		func() error { return s.Fulfillment.ShippingProfiles.Create(ctx, profile) },
		func() error { return s.Fulfillment.ShippingOptionTypes.Create(ctx, kind) },
		func() error { return s.Fulfillment.Sets.Create(ctx, set) },
		func() error { return s.Pricing.PriceSets.Create(ctx, prices...) },
		func() error { return s.Product.Products.Create(ctx, goods) },
		func() error { return s.stockOf(ctx, goods, location.ID) },
		func() error {
			c.SalesChannelID = &channel.ID
			for _, v := range goods.Variants {
				c.Items = append(c.Items, &cart.LineItem{Title: v.Title, Quantity: 2, UnitPrice: money.Int(9), VariantID: &v.ID, ProductID: &goods.ID})
			}
			return s.Cart.Carts.Create(ctx, c)
		},
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

// stockOf puts ten of each variant of a product in stock at a location.
func (s *shop) stockOf(ctx context.Context, goods *product.Product, locationID string) error {
	for _, v := range goods.Variants {
		item := &inventory.InventoryItem{LocationLevels: []*inventory.InventoryLevel{{LocationID: locationID, StockedQuantity: money.Int(10)}}}
		if err := s.Inventory.InventoryItems.Create(ctx, item); err != nil {
			return err
		}
		if _, err := s.Links.Create(ctx, link.Pair{product.Variants: v.ID, inventory.InventoryItems: item.ID}); err != nil {
			return err
		}
	}
	return nil
}

// optionsByHand reads the cart, its goods, the options that serve it, their prices,
// and what is in stock of the goods where they are sent from. It returns how many
// options there are.
func optionsByHand(ctx context.Context, d db.DB, cartID string) (int, error) {
	p := d.Dialect().Placeholder
	var country, currency, channel, total string
	var group, province *string
	err := scanned(ctx, d, "SELECT a.country_code, a.province, c.currency_code, c.sales_channel_id, CAST(c.item_total AS text), g.customer_group_id FROM cart c"+
		" LEFT JOIN cart_address a ON a.id = c.shipping_address_id LEFT JOIN customer_group_customer g ON g.customer_id = c.customer_id AND g.deleted_at IS NULL"+
		" WHERE c.id = "+p(1)+" AND c.deleted_at IS NULL", []any{&country, &province, &currency, &channel, &total, &group}, func() {}, cartID)
	if err != nil {
		return 0, err
	}
	needed, err := goodsByHand(ctx, d, cartID)
	if err != nil {
		return 0, err
	}
	sets, places, n := []string{}, []string{}, 0
	var id, set, place string
	err = scanned(ctx, d, "SELECT DISTINCT o.id, l.price_set_id, f.stock_location_id FROM shipping_option o JOIN service_zone z ON z.id = o.service_zone_id AND z.deleted_at IS NULL"+
		" JOIN geo_zone g ON g.service_zone_id = z.id AND g.deleted_at IS NULL AND g.country_code = "+p(1)+
		" JOIN location_fulfillment_set f ON f.fulfillment_set_id = z.fulfillment_set_id AND f.deleted_at IS NULL"+
		" JOIN sales_channel_stock_location c ON c.stock_location_id = f.stock_location_id AND c.deleted_at IS NULL AND c.sales_channel_id = "+p(2)+
		" JOIN shipping_option_price_set l ON l.shipping_option_id = o.id AND l.deleted_at IS NULL WHERE o.deleted_at IS NULL"+
		" AND NOT EXISTS (SELECT 1 FROM shipping_option_rule r WHERE r.shipping_option_id = o.id AND r.deleted_at IS NULL AND NOT (r.operator = 'eq'"+
		" AND (r.attribute = 'is_return' AND CAST(r.value AS text) = '\"false\"' OR r.attribute = 'enabled_in_store' AND CAST(r.value AS text) = '\"true\"')))",
		[]any{&id, &set, &place}, func() { sets, places = append(sets, set), append(places, place) }, country, channel)
	if err != nil {
		return 0, err
	}
	var amount string
	err = scanned(ctx, d, "SELECT price_set_id, CAST(amount AS text) FROM price WHERE "+d.Dialect().List("price_set_id", 1)+" AND currency_code = "+p(2)+" AND deleted_at IS NULL AND price_list_id IS NULL"+
		" AND NOT EXISTS (SELECT 1 FROM price_rule r WHERE r.price_id = price.id AND r.deleted_at IS NULL)", []any{&set, &amount}, func() { n++ }, sets, currency)
	if err != nil {
		return 0, err
	}
	return n, stockByHand(ctx, d, needed, places)
}

// goodsByHand returns the inventory items of the goods of a cart, whose shipping
// profiles it reads too.
func goodsByHand(ctx context.Context, d db.DB, cartID string) ([]string, error) {
	var items []string
	var variant, item string
	var profile *string
	var quantity int64
	err := scanned(ctx, d, "SELECT v.id, l.quantity, i.inventory_item_id, s.shipping_profile_id FROM cart_line_item l JOIN product_variant v ON v.id = l.variant_id"+
		" LEFT JOIN product_variant_inventory_item i ON i.variant_id = v.id AND i.deleted_at IS NULL"+
		" LEFT JOIN product_shipping_profile s ON s.product_id = v.product_id AND s.deleted_at IS NULL WHERE l.cart_id = "+d.Dialect().Placeholder(1)+" AND l.deleted_at IS NULL",
		[]any{&variant, &quantity, &item, &profile}, func() { items = append(items, item) }, cartID)
	return items, err
}

// stockByHand reads what is in stock of items at locations.
func stockByHand(ctx context.Context, d db.DB, items, places []string) error {
	var item, place, stocked, reserved string
	return scanned(ctx, d, "SELECT inventory_item_id, location_id, CAST(stocked_quantity AS text), CAST(reserved_quantity AS text) FROM inventory_level WHERE "+
		d.Dialect().List("inventory_item_id", 1)+" AND "+d.Dialect().List("location_id", 2)+" AND deleted_at IS NULL", []any{&item, &place, &stocked, &reserved}, func() {}, items, places)
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
