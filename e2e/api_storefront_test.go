package e2e_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/store"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
)

// A shopBrand is a record of a shop's own module.
type shopBrand struct {
	model.Base
	Name     string `json:"name"`
	IsSecret bool   `json:"is_secret" model:"default=false"`
}

var shopBrands = model.Define[shopBrand]("brand")

// brandsShop returns a shop whose products have brands.
func brandsShop(c gorgon.Config) *gorgon.App {
	app := gorgon.New(c)
	app.Module("brand", shopBrands)
	app.Link(link.Between(link.Many(product.Products), link.One(shopBrands)))
	return app
}

// Paths that lead through what a storefront may see to what it may not, as fields
// and as filters.
func TestAPIStoreDetours(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for path, detours := range map[string][]string{
			"/store/product-tags":       {"products.variants.options.option.values.variants", "products.variants.product.categories.parent_category"},
			"/store/collections":        {"products.variants.options.variants", "products.options.products.variants"},
			"/store/product-categories": {"products.variants.options.variants", "products.options.products", "category_children.products.tags.products"},
			"/store/orders":             {"items.variant.product.options.products", "items.variant.product.variants.options.variants", "customer.orders.items"},
			"/store/orders/o1":          {"items.variant.product.options.products", "items.product.tags.products", "customer.addresses"},
			"/store/customers/me":       {"orders.transactions", "orders.items.product.sales_channels", "orders.payment_collections.payments.captures", "orders.customer.groups", "groups.customers"},
		} {
			for _, detour := range detours {
				for _, names := range []string{".{title,sku,metadata}", ".*", "", ".id"} {
					got := s.call("ada", "GET "+path+"?fields=id,"+url.QueryEscape(detour+names), "")
					plain := s.call("ada", "GET "+path+"?fields=id", "")
					if got.status != 400 && got.body != plain.body {
						t.Errorf("%s?fields=%s%s: %.300s", path, detour, names, got.body)
					}
				}
				for _, filter := range []string{"title[$like]=%25", "sku[$like]=DRAFT%25", "id[$like]=%25"} {
					if got := s.call("ada", "GET "+path+"?"+detour+"."+filter, ""); got.status != 400 {
						t.Errorf("%s?%s.%s: %d %.300s", path, detour, filter, got.status, got.body)
					}
				}
			}
		}
		orders := s.want(t, 200, "ada", "GET /store/customers/me?fields=id,*orders", "")
		if got := ids(at(orders, "customer", "orders")); got != "[o1]" {
			t.Errorf("a customer sees the orders %s, with drafts and those of others", got)
		}
	})
}

// What is hidden does not show where records lead to it.
func TestAPIStoreHidesAtTheEnd(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		product := s.app.Product.Products
		if _, err := product.Update(t.Context(), []string{"prod"}, module.Patch{"status": "draft"}); err != nil {
			t.Fatal(err)
		}
		order := s.want(t, 200, "ada", "GET /store/orders/o1?fields=id,items.title,items.variant.sku,items.product.title", "")
		if item := at(order, "order", "items", 0); at(item, "title") != "Mug" || at(item, "variant") != nil || at(item, "product") != nil {
			t.Errorf("an ordered item shows its product, which is a draft: %v", item)
		}
		found := s.want(t, 200, "ada", "GET /store/orders?items.product.title=Mug", "")
		sorted := s.want(t, 200, "store", "GET /store/collections?fields=id,products.title", "")
		if found["count"] != 0.0 || strings.Contains(fmt.Sprint(sorted), "Mug") {
			t.Errorf("%v, %v", found, sorted)
		}
	})
}

// A shop opens names of its own models, and what they lead to stays closed.
func TestAPIStoreOpenings(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, brandsShop, func(t *testing.T, app *gorgon.App) {
		closed := serve(t, app, server.Config{})
		opened := *closed
		opened.handler = server.Handler(app.Shop, server.Config{Storefront: []store.Opening{{
			Entity: "product", Fields: api.Fields("brand{name}"),
			Visible: func(*api.Call) map[string]query.Filters {
				return map[string]query.Filters{"brand": {"is_secret": false}}
			},
		}}}, nil)
		keep(t, app, shopBrands, &shopBrand{Base: withID("acme"), Name: "Acme"}, &shopBrand{Base: withID("hush"), Name: "Hush", IsSecret: true})
		if _, err := app.Links.Create(t.Context(), link.Pair{product.Products: "prod", shopBrands: "acme"}, link.Pair{product.Products: "prod_draft", shopBrands: "acme"}); err != nil {
			t.Fatal(err)
		}
		const ask = "?fields=id,brand.name,brand.id,brand.is_secret,brand.products.title"
		for path, want := range map[string]string{
			"/store/products/prod": `{"product":{"id":"prod","brand":{"name":"Acme"}}}`,
			"/store/collections/coll" + strings.ReplaceAll(ask, "brand", "products.brand"): `{"collection":{"id":"coll","products":[]}}`,
		} {
			if !strings.Contains(path, "?") {
				path += ask
			}
			sameJSON(t, opened.call("store", "GET "+path, "").body, want)
			if got := closed.call("store", "GET "+path, ""); strings.Contains(got.body, "Acme") {
				t.Errorf("closed: %s: %s", path, got.body)
			}
		}
		for filter, count := range map[string]int{"brand.name=Acme": 1, "brand.name=Hush": 0} {
			if got := opened.want(t, 200, "store", "GET /store/products?"+filter, ""); got["count"] != float64(count) {
				t.Errorf("opened: %s: %v", filter, got["count"])
			}
			closed.want(t, 400, "store", "GET /store/products?"+filter, "")
		}
		if _, err := app.Links.Dismiss(t.Context(), link.Pair{product.Products: "prod", shopBrands: "acme"}); err != nil {
			t.Fatal(err)
		}
		if _, err := app.Links.Create(t.Context(), link.Pair{product.Products: "prod", shopBrands: "hush"}); err != nil {
			t.Fatal(err)
		}
		sameJSON(t, opened.call("store", "GET /store/products/prod"+ask, "").body, `{"product":{"id":"prod","brand":null}}`)
	})
}

// The pages of a storefront are bounded, and so is what a search may ask.
func TestAPIStorePagesAreBounded(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, path := range s.lists("/store/") {
			s.want(t, 200, "ada", "GET "+path+"?"+needed[path]+"limit=1000", "")
			contains(t, path, s.want(t, 400, "ada", "GET "+path+"?"+needed[path]+"limit=1001", ""), `{"type": "invalid_data", "message": "limit is 1001; the largest page is 1000: use offset to get more"}`)
		}
		for _, who := range []string{"store", "admin"} {
			path := map[string]string{"store": "/store/products", "admin": "/admin/orders"}[who]
			for _, q := range []string{strings.Repeat("a", 201), strings.Repeat("a+", 21)} {
				s.want(t, 400, who, "GET "+path+"?q="+q, "")
			}
			s.want(t, 200, who, "GET "+path+"?q="+strings.Repeat("a+", 20), "")
		}
	})
}
