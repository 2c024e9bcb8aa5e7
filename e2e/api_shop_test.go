package e2e_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/server"
)

// served is a stocked shop behind its HTTP API, with a caller of each kind.
type served struct {
	app      *gorgon.App
	database string
	handler  http.Handler
	user     string // the token of an administrator
	userID   string
	ada      string // the token of customer cus, who has order o1
	eve      string // the token of customer cus_eve, who has order o_eve
	key      *apikey.APIKey
	secret   *apikey.APIKey
}

// Words that only a draft product, an internal category and a foreign customer
// have: they must never reach a storefront.
const (
	draftWord    = "Unannounced"
	internalWord = "Backstage"
	foreignWord  = "eve@example.com"
)

func eachServed(t *testing.T, test func(t *testing.T, s *served)) {
	t.Helper()
	for name, database := range map[string]func(t *testing.T) string{"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			url := database(t)
			s := serve(t, open(t, url), filesIn(exportsFolder(t)))
			s.database = url
			test(t, s)
		})
	}
}

// serve stocks an empty shop and makes its handler.
func serve(t testing.TB, app *gorgon.App, o server.Config) *served {
	t.Helper()
	stock(t, app)
	stockStore(t, app)
	s := &served{app: app, handler: server.Handler(app.Shop, o, nil)}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.userID, s.user = operator(t, app, "boss@example.com")
	s.ada = loggedIn(t, app, "customer", "cus", "cus@login.example.com")
	s.eve = loggedIn(t, app, "customer", "cus_eve", "cus_eve@login.example.com")
	var err error
	s.key, err = app.Auth.CreateKey(t.Context(), "Web", apikey.Publishable, "")
	must(err)
	s.secret, err = app.Auth.CreateKey(t.Context(), "ERP", apikey.Secret, "")
	must(err)
	_, err = app.Links.Create(t.Context(), link.Pair{apikey.APIKeys: s.key.ID, saleschannel.SalesChannels: "sc"},
		link.Pair{product.Products: "prod", saleschannel.SalesChannels: "sc"},
		link.Pair{product.Products: "prod_draft", saleschannel.SalesChannels: "sc"},
		link.Pair{product.Products: "prod_other", saleschannel.SalesChannels: "sc_other"},
		link.Pair{region.Regions: "reg", payment.Providers: "pp"})
	must(err)
	return s
}

// exportsFolder returns a folder for the files of exports, some of which may still be
// written when the test ends.
func exportsFolder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "gorgon-files-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Log(err)
		}
	})
	return folder
}

// stockStore adds what a storefront must not see to what it may.
func stockStore(t testing.TB, app *gorgon.App) {
	t.Helper()
	keep(t, app, saleschannel.SalesChannels, &saleschannel.SalesChannel{Base: withID("sc_other"), Name: "Elsewhere"})
	keep(t, app, stocklocation.StockLocations, &stocklocation.StockLocation{Base: withID("sloc"), Name: "Lyon"})
	keep(t, app, stocklocation.StockLocations, &stocklocation.StockLocation{Base: withID("sloc_far"), Name: "Oslo"})
	keep(t, app, inventory.InventoryItems, &inventory.InventoryItem{Base: withID("iitem"), SKU: ref("MUG-BLUE"), LocationLevels: []*inventory.InventoryLevel{
		{Base: withID("ilev"), LocationID: "sloc", StockedQuantity: money.Int(10), IncomingQuantity: money.Int(3)},
		{Base: withID("ilev_far"), LocationID: "sloc_far", StockedQuantity: money.Int(7)}}})
	keep(t, app, inventory.ReservationItems, &inventory.ReservationItem{Base: withID("resitem"), InventoryItemID: "iitem", LocationID: "sloc", Quantity: money.Int(2)})
	keep(t, app, tax.Regions, &tax.Region{Base: withID("txreg"), CountryCode: "de", TaxRates: []*tax.Rate{
		{Base: withID("txr"), Code: "de", Name: "Standard", Rate: new(money.Int(19)), IsDefault: true},
		{Base: withID("txr_reduced"), Code: "reduced", Name: "Reduced", Rate: new(money.Int(7)), Rules: []*tax.RateRule{{Base: withID("txrule"), Reference: tax.ReferenceProduct, ReferenceID: "prod"}}},
	}})
	keep(t, app, fulfillment.ShippingProfiles, &fulfillment.ShippingProfile{Base: withID("sp"), Name: "Parcels", Type: "default"})
	keep(t, app, fulfillment.Sets, &fulfillment.Set{Base: withID("fuset"), Name: "Nowhere", Type: "pickup", ServiceZones: []*fulfillment.ServiceZone{{Base: withID("serzo"), Name: "Nowhere"}}})
	keep(t, app, fulfillment.ShippingOptions, &fulfillment.ShippingOption{Base: withID("so"), Name: "Pigeon", ServiceZoneID: "serzo", PriceType: fulfillment.PriceFlat,
		Type: &fulfillment.ShippingOptionType{Record: model.Record{ID: "sotype"}, Label: "Bird", Code: "bird"}})
	keep(t, app, customer.Customers, &customer.Customer{Base: withID("cus_eve"), Email: ref(foreignWord),
		Addresses: []*customer.Address{{Base: withID("addr_eve"), City: ref("Elsinore")}}})
	keep(t, app, customer.Addresses, &customer.Address{Base: withID("addr_ada"), CustomerID: "cus", City: ref("Linz")})
	keep(t, app, customer.Groups, &customer.Group{Base: withID("group"), Name: "Wholesale"})
	keep(t, app, pricing.PriceLists, &pricing.PriceList{Base: withID("plist_never"), Title: "Never"})
	keep(t, app, order.Orders, &order.Order{Base: withID("o_eve"), CurrencyCode: "usd", CustomerID: ref("cus_eve"), Email: ref(foreignWord)},
		&order.Order{Base: withID("o_draft"), CurrencyCode: "usd", CustomerID: ref("cus"), IsDraftOrder: true, Status: "draft"})
	keep(t, app, order.ReturnReasons, &order.ReturnReason{Base: withID("reason"), Value: "fit", Label: "Does not fit",
		ReturnReasonChildren: []*order.ReturnReason{{Base: withID("reason_small"), Value: "small", Label: "Too small"}}})
	keep(t, app, product.Types, &product.Type{Base: withID("type"), Value: "Cup"})
	keep(t, app, product.Tags, &product.Tag{Base: withID("tag"), Value: "new"})
	keep(t, app, product.Collections, &product.Collection{Base: withID("coll"), Title: "Autumn", Handle: "autumn"})
	keep(t, app, product.Categories, &product.Category{Base: withID("cat"), Name: "Cups", Handle: "cups", IsActive: true},
		&product.Category{Base: withID("cat_internal"), Name: internalWord, Handle: "backstage", IsActive: true, IsInternal: true, ParentCategoryID: ref("cat")})
	keep(t, app, product.Categories, &product.Category{Base: withID("cat_below"), Name: "Saucers", Handle: "saucers", IsActive: true, ParentCategoryID: ref("cat_internal")})
	keep(t, app, product.Options, &product.Option{Base: withID("opt"), Title: "Color", Values: []*product.OptionValue{{Base: withID("optval"), Value: "Blue"}}})
	keep(t, app, product.Products,
		&product.Product{Base: withID("prod_draft"), Title: draftWord, Handle: "unannounced", Status: "draft", CollectionID: ref("coll"), TypeID: ref("type"),
			Variants: []*product.Variant{{Base: withID("variant_draft"), Title: draftWord, SKU: ref("DRAFT")}}},
		&product.Product{Base: withID("prod_other"), Title: draftWord + " elsewhere", Handle: "elsewhere", Status: "published", CollectionID: ref("coll")})
	for _, id := range []string{"prod", "prod_draft", "prod_other"} {
		for relation, other := range map[string]string{"tags": "tag", "options": "opt"} {
			if err := app.Product.Products.Relate(t.Context(), id, relation, other); err != nil {
				t.Fatal(err)
			}
		}
		for _, category := range []string{"cat", "cat_internal"} {
			if err := app.Product.Categories.Relate(t.Context(), category, "products", id); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// reply is what a request got.
type reply struct {
	status int
	header http.Header
	body   string
}

// as adds the credentials of a caller: admin, secret, store, ada, eve, or
// nobody.
func (s *served) as(who string, r *http.Request) *http.Request {
	switch who {
	case "admin":
		r.Header.Set("Authorization", "Bearer "+s.user)
	case "secret":
		r.SetBasicAuth(s.secret.Token, "")
	case "store":
		r.Header.Set("X-Publishable-Api-Key", s.key.Token)
	case "ada", "eve":
		r.Header.Set("X-Publishable-Api-Key", s.key.Token)
		r.Header.Set("Authorization", "Bearer "+map[string]string{"ada": s.ada, "eve": s.eve}[who])
	}
	return r
}

// call sends "GET /path" or "POST /path" with a body.
func (s *served) call(who, line, body string) reply {
	method, target, _ := strings.Cut(line, " ")
	return s.send(s.as(who, httptest.NewRequest(method, target, strings.NewReader(body))))
}

func (s *served) send(r *http.Request) reply {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	return reply{w.Code, w.Result().Header, w.Body.String()}
}

// want calls and fails the test unless the status fits; it returns the body as
// JSON.
func (s *served) want(t testing.TB, status int, who, line, body string) map[string]any {
	t.Helper()
	got := s.call(who, line, body)
	if got.status != status {
		t.Fatalf("%s %s %s: status %d, want %d: %.600s", who, line, body, got.status, status, got.body)
	}
	var out map[string]any
	if err := json.Unmarshal([]byte(got.body), &out); err != nil {
		t.Fatalf("%s %s: %v: %.300s", who, line, err, got.body)
	}
	return out
}

// at follows keys and numbers through JSON: at(v, "orders", 0, "id").
func at(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			list, _ := v.([]any)
			if p >= len(list) {
				return nil
			}
			v = list[p]
		}
	}
	return v
}
