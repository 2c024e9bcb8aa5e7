package main

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// branded is what the typed queries below ask for: the struct is the query.
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
	gorgontest.Each(t, Shop, func(t *testing.T, app *gorgon.App) {
		ctx := t.Context()
		must(t, query.Check[branded](app.Query, "product"))
		brands := shop.ServiceOf[*Service](app.Shop)
		acme, err := brands.Named(ctx, "Acme")
		must(t, err)
		apex, err := brands.Named(ctx, "Apex")
		must(t, err)
		mug := &product.Product{Title: "Mug", Handle: "mug", Status: "published"}
		must(t, app.Product.Products.Create(ctx, mug))
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
		all, _, err := query.List[brand](ctx, app.Query, "brand", query.OrderBy("name"))
		must(t, err)
		if res.Rows != 2 || len(all[0].Products) != 1 || all[1].Products == nil || len(all[1].Products) != 0 {
			t.Errorf("brands with their products: %s", res.Data)
		}

		// One brand to a product: the database says so.
		_, err = app.Links.Create(ctx, link.Pair{product.Products: mug.ID, Brands: apex.ID})
		if fault.TypeOf(err) != fault.Conflict {
			t.Errorf("a second brand for one product: %v, want a conflict", err)
		}

		// Whoever deletes a brand, its links go with it.
		must(t, brands.Brands.SoftDelete(ctx, acme.ID))
		left, err := app.Links.List(ctx, link.Pair{product.Products: mug.ID, Brands: ""})
		must(t, err)
		if len(left) != 0 {
			t.Errorf("links of a deleted brand: %v", left)
		}
	})
}

// The rule applies to the service, and to records that are written without it.
func TestBrandsHaveANameEachWay(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, Shop, func(t *testing.T, app *gorgon.App) {
		brands := shop.ServiceOf[*Service](app.Shop)
		acme, err := brands.Named(t.Context(), "Acme")
		must(t, err)
		again, err := brands.Named(t.Context(), "Acme")
		must(t, err)
		if again.ID != acme.ID {
			t.Errorf("Acme is %s and %s", acme.ID, again.ID)
		}
		for way, write := range map[string]func(ctx context.Context) error{
			"the service": func(ctx context.Context) error { _, err := brands.Named(ctx, " "); return err },
			"records":     func(ctx context.Context) error { return module.For[Brand](app.Store, Brands).Create(ctx, &Brand{}) },
			"a change": func(ctx context.Context) error {
				_, err := brands.Brands.Update(ctx, []string{acme.ID}, module.Patch{"name": ""})
				return err
			},
		} {
			if err := write(t.Context()); fault.TypeOf(err) != fault.InvalidData {
				t.Errorf("%s: %v, want invalid_data", way, err)
			}
		}
	})
}

// The command demo ends with brands, and can be run again.
func TestDemoShowsBrands(t *testing.T) {
	t.Parallel()
	app := Shop(gorgon.Config{Database: gorgontest.SQLite(t)})
	extendDemo(app)
	for range 2 {
		var stdout, stderr strings.Builder
		status := app.Run(t.Context(), []string{"demo", "--orders", "5"}, &stdout, &stderr, nil)
		if !regexp.MustCompile(`\n5 of \d+ brands, with their products .*:\n\n  \w+: \w+ .*\n`).MatchString(stdout.String()) || status != 0 {
			t.Errorf("status %d\n%s%s", status, stdout.String(), stderr.String())
		}
	}
	var help strings.Builder
	app.Run(t.Context(), []string{"help", "demo"}, &help, &help, nil)
	if !strings.Contains(help.String(), "linked to a brand") {
		t.Errorf("the help of demo does not speak of brands:\n%s", help.String())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
