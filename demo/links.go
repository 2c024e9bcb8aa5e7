package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// pair adds two records to those that are linked with the batch. All stored links of an
// order are created in this way, where the linked record is created.
func (s *story) pair(a *model.Model, id string, b *model.Model, other string) {
	s.book.pairs = append(s.book.pairs, link.Pair{a: id, b: other})
}

// linkShop links what exists before the first order: products, channels and profiles,
// regions and providers. Links of customers and prices are created with them.
func (w *world) linkShop(ctx context.Context) error {
	var pairs []link.Pair
	for _, g := range w.goods {
		pairs = append(pairs, w.placesOf(g)...)
	}
	for _, a := range w.areas() {
		for _, p := range append([]*payment.ProviderRecord{a.card}, a.others...) {
			pairs = append(pairs, link.Pair{region.Regions: a.ID, payment.Providers: p.ID})
		}
	}
	_, err := w.Links.Create(ctx, pairs...)
	return err
}

// placesOf returns the links of a product to its sales channels and its shipping profile.
func (w *world) placesOf(g *good) []link.Pair {
	channels, profile := []*saleschannel.SalesChannel{w.online, w.market}, w.profile
	if g.inShowroom {
		channels = append(channels, w.till)
	}
	if g.bulky {
		profile = w.freight
	}
	pairs := []link.Pair{{product.Products: g.ID, fulfillment.ShippingProfiles: profile.ID}}
	for _, c := range channels {
		pairs = append(pairs, link.Pair{product.Products: g.ID, saleschannel.SalesChannels: c.ID})
	}
	return pairs
}
