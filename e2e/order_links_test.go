package e2e_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

func keep[T any](t testing.TB, app *gorgon.App, m *model.Model, records ...*T) {
	t.Helper()
	if err := module.For[T](app.Store, m).Create(t.Context(), records...); err != nil {
		t.Fatalf("%s: %v", m, err)
	}
}

func ref(s string) *string { return &s }

// stock fills a database with one of everything the links of an order lead to:
// o1 has it all, o2 has nothing but an item of no product.
func stock(t testing.TB, app *gorgon.App) {
	t.Helper()
	keep(t, app, region.Regions, &region.Region{Base: withID("reg"), Name: "Europe", CurrencyCode: "eur"})
	keep(t, app, customer.Customers, &customer.Customer{Base: withID("cus"), Email: ref("ada@example.com")})
	keep(t, app, saleschannel.SalesChannels, &saleschannel.SalesChannel{Base: withID("sc"), Name: "Web"})
	keep(t, app, product.Products, &product.Product{Base: withID("prod"), Title: "Mug", Handle: "mug", Status: "published",
		Variants: []*product.Variant{{Base: withID("variant"), Title: "Blue", SKU: ref("MUG-BLUE")}}})
	keep(t, app, order.Orders,
		&order.Order{Base: withID("o1"), CurrencyCode: "eur", RegionID: ref("reg"), CustomerID: ref("cus"), SalesChannelID: ref("sc"),
			Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{Base: withID("li1"), Title: "Mug", UnitPrice: money.Int(5), ProductID: ref("prod"), VariantID: ref("variant")}}}},
		&order.Order{Base: withID("o2"), CurrencyCode: "eur", CustomerID: ref("nobody"),
			Items: []*order.Item{{Quantity: money.Int(1), Item: &order.LineItem{Base: withID("li2"), Title: "Engraving", UnitPrice: money.Int(3)}}}})
	keep(t, app, cart.Carts, &cart.Cart{Base: withID("c1"), CurrencyCode: "eur"}, &cart.Cart{Base: withID("c2"), CurrencyCode: "eur"})
	keep(t, app, fulfillment.Fulfillments, &fulfillment.Fulfillment{Base: withID("f1"), LocationID: "loc"},
		&fulfillment.Fulfillment{Base: withID("f2"), LocationID: "loc"}, &fulfillment.Fulfillment{Base: withID("f3"), LocationID: "loc"})
	for _, id := range []string{"p1", "p2", "p3", "p4"} {
		keep(t, app, payment.Collections, &payment.Collection{Base: withID(id), CurrencyCode: "eur", Amount: money.Int(10), Status: "not_paid"})
	}
	keep(t, app, payment.Providers, &payment.ProviderRecord{Record: model.Record{ID: "pp"}})
	keep(t, app, payment.Payments, &payment.Payment{Base: withID("pay1"), Amount: money.Int(10), CurrencyCode: "eur", ProviderID: "pp", PaymentCollectionID: "p1", PaymentSessionID: "ps1"})
	keep(t, app, promotion.Promotions, &promotion.Promotion{Base: withID("promo1"), Code: "A", Type: "standard"},
		&promotion.Promotion{Base: withID("promo2"), Code: "B", Type: "standard"})
	keep(t, app, order.Returns, &order.Return{Base: withID("r1"), OrderID: "o1", OrderVersion: 1})
	keep(t, app, order.Claims, &order.Claim{Base: withID("claim1"), OrderID: "o1", OrderVersion: 1, Type: "refund"})
	keep(t, app, order.Exchanges, &order.Exchange{Base: withID("ex1"), OrderID: "o1", OrderVersion: 1})
	for _, p := range []link.Pair{
		{order.Orders: "o1", cart.Carts: "c1"},
		{order.Orders: "o1", fulfillment.Fulfillments: "f1"}, {order.Orders: "o1", fulfillment.Fulfillments: "f2"},
		{order.Returns: "r1", fulfillment.Fulfillments: "f3"},
		{order.Orders: "o1", payment.Collections: "p1"}, {order.Orders: "o1", payment.Collections: "p2"},
		{order.Claims: "claim1", payment.Collections: "p3"}, {order.Exchanges: "ex1", payment.Collections: "p4"},
		{order.Orders: "o1", promotion.Promotions: "promo1"}, {order.Orders: "o1", promotion.Promotions: "promo2"},
	} {
		if _, err := app.Links.Create(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
}

func withID(id string) model.Base { return model.Base{Record: model.Record{ID: id}} }

// orderLines are section K of the conformance list, and every row of the page
// that describes the links of an order, both ways.
var orderLines = []struct {
	name, entity, id string
	fields           []string
	want             string
}{
	{"265 customer, region and sales channel of an order", "order", "o1", []string{"customer.email", "region.name", "sales_channel.name"},
		`{"customer":{"email":"ada@example.com"},"region":{"name":"Europe"},"sales_channel":{"name":"Web"}}`},
	{"266 product and variant of an item", "order", "o1", []string{"items.product.title", "items.variant.sku"},
		`{"items":[{"product":{"title":"Mug"},"variant":{"sku":"MUG-BLUE"}}]}`},
	{"266 an item of no product", "order", "o2", []string{"items.product.title", "items.variant.sku"}, `{"items":[{"product":null,"variant":null}]}`},
	{"267 cart of an order", "order", "o1", []string{"cart.id"}, `{"cart":{"id":"c1"}}`},
	{"267 order of a cart", "cart", "c1", []string{"order.id"}, `{"order":{"id":"o1"}}`},
	{"269 payment collections of an order", "order", "o1", []string{"payment_collections.id"}, `{"payment_collections":[{"id":"p1"},{"id":"p2"}]}`},
	{"269 order of a payment collection", "payment_collection", "p1", []string{"order.id"}, `{"order":{"id":"o1"}}`},
	{"272 fulfillments of an order", "order", "o1", []string{"fulfillments.id"}, `{"fulfillments":[{"id":"f1"},{"id":"f2"}]}`},
	{"272 order of a fulfillment", "fulfillment", "f1", []string{"order.id"}, `{"order":{"id":"o1"}}`},
	{"273 fulfillments of a return", "return", "r1", []string{"fulfillments.id"}, `{"fulfillments":[{"id":"f3"}]}`},
	{"273 return of a fulfillment", "fulfillment", "f3", []string{"return.id", "order.id"}, `{"return":{"id":"r1"},"order":null}`},
	{"274 promotions of an order, by both names", "order", "o1", []string{"promotions.code", "promotion.code"},
		`{"promotions":[{"code":"A"},{"code":"B"}],"promotion":[{"code":"A"},{"code":"B"}]}`},
	{"274 orders of a promotion", "promotion", "promo1", []string{"orders.id"}, `{"orders":[{"id":"o1"}]}`},
	{"275 an order with nothing linked", "order", "o2", []string{"cart.id", "fulfillments.id", "payment_collections.id", "promotions.id"},
		`{"cart":null,"fulfillments":[],"payment_collections":[],"promotions":[]}`},
	{"276 orders of a customer", "customer", "cus", []string{"orders.id"}, `{"orders":[{"id":"o1"}]}`},
	{"276 orders of a region", "region", "reg", []string{"orders.id"}, `{"orders":[{"id":"o1"}]}`},
	{"276 orders of a sales channel", "sales_channel", "sc", []string{"orders.id"}, `{"orders":[{"id":"o1"}]}`},
	{"276 items of a product and a variant", "product", "prod", []string{"order_items.id", "variants.order_items.id"},
		`{"order_items":[{"id":"li1"}],"variants":[{"order_items":[{"id":"li1"}]}]}`},
	{"277 payment collections of a claim", "order_claim", "claim1", []string{"payment_collections.id"}, `{"payment_collections":[{"id":"p3"}]}`},
	{"277 payment collections of an exchange", "order_exchange", "ex1", []string{"payment_collections.id"}, `{"payment_collections":[{"id":"p4"}]}`},
	{"277 claim and exchange of a payment collection", "payment_collection", "p3", []string{"claim.id", "exchange.id", "order.id"},
		`{"claim":{"id":"claim1"},"exchange":null,"order":null}`},
	{"278 a customer who does not exist", "order", "o2", []string{"customer_id", "customer.email"}, `{"customer_id":"nobody","customer":null}`},
}

func TestOrderLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		stock(t, app)
		for _, l := range orderLines {
			t.Run(l.name, func(t *testing.T) {
				res, err := app.Query.Graph(t.Context(), query.Request{Entity: l.entity, Fields: l.fields, Filters: query.Filters{"id": l.id}})
				if err != nil {
					t.Fatal(err)
				}
				sameJSON(t, string(res.Data), "["+l.want+"]")
			})
		}
	})
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var g, w any
	if err := json.Unmarshal([]byte(got), &g); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &w); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(w, g); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestOrderLinkRules(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		stock(t, app)
		ctx := t.Context()
		for name, p := range map[string]link.Pair{
			"268 a second cart for an order":       {order.Orders: "o1", cart.Carts: "c2"},
			"268 a second order for a cart":        {order.Orders: "o2", cart.Carts: "c1"},
			"270 a second order for a collection":  {order.Orders: "o2", payment.Collections: "p1"},
			"272 a second order for a fulfillment": {order.Orders: "o2", fulfillment.Fulfillments: "f1"},
		} {
			_, err := app.Links.Create(ctx, p)
			if fault.TypeOf(err) != fault.Conflict {
				t.Errorf("%s: %v, want a conflict", name, err)
			}
		}
		deleted, err := app.Links.Delete(ctx, order.Orders, "o1")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff([]string{"p1", "p2"}, deleted["payment_collection"]); d != "" {
			t.Errorf("271 deleting an order through its links takes its payment collections (-want +got):\n%s", d)
		}
		for entity, want := range map[string]string{"payment_collection": `[{"id":"p3"},{"id":"p4"}]`, "fulfillment": `[{"id":"f1"},{"id":"f2"},{"id":"f3"}]`, "promotion": `[{"id":"promo1"},{"id":"promo2"}]`} {
			res, err := app.Query.Graph(ctx, query.Request{Entity: entity, Fields: []string{"id"}})
			if err != nil {
				t.Fatal(err)
			}
			sameJSON(t, string(res.Data), want)
		}
	})
}
