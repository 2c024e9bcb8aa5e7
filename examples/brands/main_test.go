package main

import (
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// branded is a product with its brand. Its fields are those that the typed queries select.
type branded struct {
	Title string `json:"title"`
	Brand *struct {
		Name string `json:"name"`
	} `json:"brand"`
	BrandLink *struct {
		Note *string `json:"note"`
	} `json:"brand_link"`
}

func TestAShopWithItsOwnModuleAndLink(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "shop.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) { brandedShop(t, database(t)) })
	}
}

func brandedShop(t *testing.T, database string) {
	ctx, app := t.Context(), Shop(gorgon.Config{Database: database})
	must(t, app.Connect(ctx))
	t.Cleanup(func() { _ = app.Close() })
	_, err := app.Migrate(ctx, schema.Options{})
	must(t, err)
	must(t, query.Check[branded](app.Query, "product"))

	acme, apex := &Brand{Name: "Acme"}, &Brand{Name: "Apex"}
	must(t, module.For[Brand](app.Store, Brands).Create(ctx, acme, apex))
	mug := &product.Product{Title: "Mug", Handle: "mug", Status: "published"}
	must(t, module.For[product.Product](app.Store, product.Products).Create(ctx, mug))
	_, err = app.Links.CreateWith(ctx, link.Entry{Pair: link.Pair{product.Products: mug.ID, Brands: acme.ID}, Data: link.Data{"note": "since 1926"}})
	must(t, err)

	rows, page, err := query.List[branded](ctx, app.Query, "product", query.Where(query.Filters{"brand": query.Filters{"name": "Acme"}}), query.WithCount())
	must(t, err)
	if len(rows) != 1 || *page.Count != 1 || rows[0].Brand.Name != "Acme" || *rows[0].BrandLink.Note != "since 1926" {
		t.Errorf("products of Acme: %+v of %v", rows, *page.Count)
	}
	res, err := app.Query.Graph(ctx, query.Request{Entity: "brand", Fields: []string{"name", "products.title"}, Order: []string{"name"}})
	must(t, err)
	type brand struct {
		Name     string `json:"name"`
		Products []struct {
			Title string `json:"title"`
		} `json:"products"`
	}
	brands, _, err := query.List[brand](ctx, app.Query, "brand", query.OrderBy("name"))
	must(t, err)
	if res.Rows != 2 || len(brands[0].Products) != 1 || brands[1].Products == nil || len(brands[1].Products) != 0 {
		t.Errorf("brands with their products: %s", res.Data)
	}

	// A product can have only one brand.
	_, err = app.Links.Create(ctx, link.Pair{product.Products: mug.ID, Brands: apex.ID})
	if fault.TypeOf(err) != fault.Conflict {
		t.Errorf("a second brand for one product: %v, want a conflict", err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
