package e2e_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/schema"
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
	own := schema.DataMigration{Name: "look", Run: func(ctx context.Context, d db.DB) (err error) {
		found, _, err = db.One[int64](ctx, db.Use(ctx, d), "SELECT count(*) FROM currency")
		return err
	}}
	app := gorgon.New(gorgon.Config{Database: file(t), Migrations: []schema.DataMigration{own}})
	ok(t, app, "migrate")
	if found != int64(len(currency.World)) {
		t.Errorf("it found %d currencies", found)
	}
}
