package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// makePrices creates the prices of variants and shipping options, links them, and sets the
// preference that prices do not include taxes.
func (w *world) makePrices(ctx context.Context) error {
	var sets []*pricing.PriceSet
	var pairs []link.Pair
	w.sets = map[string]*pricing.PriceSet{}
	priced := func(m *model.Model, id string, prices ...*pricing.Price) *pricing.PriceSet {
		set := &pricing.PriceSet{Record: w.nested(pricing.PriceSets, w.at), Prices: prices}
		sets = append(sets, set)
		pairs = append(pairs, link.Pair{m: id, pricing.PriceSets: set.ID})
		return set
	}
	for _, g := range w.goods {
		for _, v := range g.Variants {
			w.sets[v.ID] = priced(product.Variants, v.ID, w.europe.costs(g.prices[w.europe.CurrencyCode]), w.america.costs(g.prices[w.america.CurrencyCode]))
		}
	}
	for _, a := range w.areas() {
		for _, c := range a.carriages() {
			priced(fulfillment.ShippingOptions, c.ID, a.costs(c.price))
		}
	}
	if err := w.Pricing.PriceSets.Create(ctx, sets...); err != nil {
		return err
	}
	if _, err := w.Links.Create(ctx, pairs...); err != nil {
		return err
	}
	var net []*pricing.PricePreference
	for _, a := range w.areas() {
		net = append(net, &pricing.PricePreference{Attribute: pricing.AttributeCurrency, Value: &a.CurrencyCode},
			&pricing.PricePreference{Attribute: pricing.AttributeRegion, Value: &a.ID})
	}
	return w.Pricing.PricePreferences.Create(ctx, net...)
}

// costs returns a price in the area's currency.
func (a *area) costs(amount money.Amount) *pricing.Price {
	return &pricing.Price{CurrencyCode: a.CurrencyCode, Amount: amount}
}
