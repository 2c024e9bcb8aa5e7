package e2e_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// withPrices makes a mug of two variants: the first costs 20 euros and, on
// sale, 15.
func withPrices(t *testing.T, app *gorgon.App) (first, set string) {
	t.Helper()
	mug := &product.Product{Title: "Mug", Variants: []*product.Variant{{Title: "Blue"}, {Title: "Red"}}}
	own := &pricing.PriceSet{Prices: []*pricing.Price{{CurrencyCode: "eur", Amount: money.Int(20)}}}
	for _, err := range []error{
		app.Product.Products.Create(t.Context(), mug), app.Pricing.PriceSets.Create(t.Context(), own),
		app.Pricing.PriceLists.Create(t.Context(), &pricing.PriceList{Title: "Sale", Status: pricing.ListActive,
			Prices: []*pricing.Price{{CurrencyCode: "eur", Amount: money.Int(15), PriceSetID: own.ID}}}),
		app.Stores.Stores.Create(t.Context(), &store.Store{Name: "Acme", SupportedCurrencies: []*store.Currency{{CurrencyCode: "eur", IsDefault: true}}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := app.Links.Create(t.Context(), link.Pair{product.Variants: mug.Variants[0].ID, pricing.PriceSets: own.ID}); err != nil {
		t.Fatal(err)
	}
	return mug.Variants[0].ID, own.ID
}

// answers asks for fields of the records that match, and compares the answer.
func answers(t *testing.T, app *gorgon.App, want, entity string, filters query.Filters, fields ...string) {
	t.Helper()
	res, err := app.Query.Graph(t.Context(), query.Request{Entity: entity, Fields: fields, Filters: filters})
	if err != nil || string(res.Data) != want {
		t.Errorf("%s %v: %s (%v)\nwant %s", entity, fields, res.Data, err, want)
	}
}

// The prices of a variant are those of its set; a price list's are reached from
// the list.
func TestVariantsHavePrices(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		withPrices(t, app)
		answers(t, app, `[{"title":"Blue","prices":[{"amount":20}],"price_set":{"prices":[{"amount":20}]}},{"title":"Red","prices":[],"price_set":null}]`,
			"variant", nil, "title", "prices.amount", "price_set.prices.amount")
		answers(t, app, `[{"variants":[{"prices":[{"price_rules":[]}]},{"prices":[]}]}]`, "product", query.Filters{"variants": query.Filters{"prices": query.Filters{"amount": 20}}, "variants.$count": 2}, "variants.prices.price_rules.value")
		answers(t, app, `[{"amount":15,"price_set":{"variant":{"title":"Blue"}}}]`, "price", query.Filters{"price_list.title": "Sale"}, "amount", "price_set.variant.title")
		answers(t, app, `[{"supported_currencies":[{"currency_code":"eur","currency":{"name":"Euro"}}]}]`, "store", query.Filters{"name": "Acme"}, "supported_currencies.currency_code", "supported_currencies.currency.name")
	})
}

// Prices go with the variant they are of, and come back with it.
func TestDeletingAVariantDeletesItsPrices(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		variant, set := withPrices(t, app)
		count := func() (n int64) {
			t.Helper()
			n, err := app.Pricing.Prices.Count(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if _, err := app.Links.Delete(t.Context(), product.Variants, variant); err != nil {
			t.Fatal(err)
		}
		if _, err := app.Pricing.PriceSets.Retrieve(t.Context(), set); err == nil || count() != 0 {
			t.Errorf("the set is there, with %d prices", count())
		}
		if _, err := app.Links.Restore(t.Context(), product.Variants, variant); err != nil {
			t.Fatal(err)
		}
		if n := count(); n != 2 {
			t.Errorf("%d prices came back, want 2", n)
		}
	})
}
