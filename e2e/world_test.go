package e2e_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/verify"
)

// A fresh shop can make a region at once; what is taken out of the world stays
// out of it.
func TestAFreshShopKnowsTheWorld(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		europe := &region.Region{Name: "Europe", CurrencyCode: "eur", Countries: []*region.Country{{ISO2: "de"}}}
		if err := app.Region.Regions.Create(t.Context(), europe); err != nil {
			t.Fatal(err)
		}
		report, err := verify.Run(t.Context(), app.Store, verify.Options{})
		if err != nil || len(report.Problems) > 0 {
			t.Errorf("%v: %v", err, report)
		}
		if err := app.Currency.Currencies.Delete(t.Context(), "chf"); err != nil {
			t.Fatal(err)
		}
		if changes, err := app.Migrate(t.Context(), schema.Options{}); len(changes) > 0 || err != nil {
			t.Errorf("a second migration makes %v (%v)", changes, err)
		}
		countries, err := app.Region.Countries.Count(t.Context(), nil)
		if err != nil || countries != int64(len(region.WorldCountries)) {
			t.Errorf("%d countries (%v)", countries, err)
		}
		currencies, err := app.Currency.Currencies.Count(t.Context(), nil)
		if err != nil || currencies != int64(len(currency.World)-1) {
			t.Errorf("%d currencies (%v)", currencies, err)
		}
	})
}

// The shop's own data migrations find the world there.
func TestOwnMigrationsComeAfterTheWorld(t *testing.T) {
	t.Parallel()
	var found int64
	own := shop.Migration{Name: "look", Run: func(ctx context.Context, s *shop.Shop) (err error) {
		found, err = s.Currency.Currencies.Count(ctx, nil)
		return err
	}}
	app := gorgon.New(gorgon.Config{Database: file(t), Migrations: []shop.Migration{own}})
	ok(t, app, "migrate")
	if found != int64(len(currency.World)) {
		t.Errorf("it found %d currencies", found)
	}
}

// A data migration has the services of the shop: links follow what it deletes.
func TestLinksFollowADataMigration(t *testing.T) {
	t.Parallel()
	assemble := func(c gorgon.Config) *gorgon.App {
		lamp, web := &product.Product{Title: "Lamp", Handle: "lamp"}, &saleschannel.SalesChannel{Name: "Web"}
		c.Migrations = []shop.Migration{
			{Name: "sell", Run: func(ctx context.Context, s *shop.Shop) error {
				if err := s.Product.Products.Create(ctx, lamp); err != nil {
					return err
				}
				if err := s.SalesChannel.SalesChannels.Create(ctx, web); err != nil {
					return err
				}
				_, err := s.Links.Create(ctx, link.Pair{product.Products: lamp.ID, saleschannel.SalesChannels: web.ID})
				return err
			}},
			{Name: "clear out", Run: func(ctx context.Context, s *shop.Shop) error {
				return s.Product.Products.SoftDelete(ctx, lamp.ID)
			}},
		}
		return gorgon.New(c)
	}
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		if left := liveLinksOfDeleted(t, app.Shop); len(left) > 0 {
			t.Errorf("links of deleted records: %q", left)
		}
		if deleted, err := app.Product.Products.List(t.Context(), nil, module.Page{WithDeleted: true}); len(deleted) != 1 || err != nil {
			t.Errorf("%d products (%v)", len(deleted), err)
		}
	})
}
