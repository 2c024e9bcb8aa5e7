package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// BenchmarkGetOrder is a request for an order with its nine relations, without
// a network, and the query that it asks.
func BenchmarkGetOrder(b *testing.B) {
	app := gorgon.New(gorgon.Config{Database: "sqlite:" + b.TempDir() + "/shop.db"})
	if err := app.Connect(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = app.Close() })
	if _, err := app.Migrate(b.Context(), schema.Options{}); err != nil {
		b.Fatal(err)
	}
	made, err := demo.Seed(b.Context(), app.Shop, demo.Options{Orders: 100})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := app.Auth.CreateUser(b.Context(), "ada@example.com", "correct horse"); err != nil {
		b.Fatal(err)
	}
	token, err := app.Auth.TokenFor(b.Context(), "user", "ada@example.com")
	if err != nil {
		b.Fatal(err)
	}
	fields := []string{
		"id", "display_id", "email", "customer.*", "cart.*", "fulfillments.*", "payment_collections.*", "items.*", "items.variant.*",
		"items.product.*", "promotions.*", "region.*", "sales_channel.*",
	}
	h := app.Handler()
	b.Run("request", func(b *testing.B) {
		for b.Loop() {
			r := httptest.NewRequest(http.MethodGet, "/admin/orders/"+made.OrderID+"?fields="+url.QueryEscape(strings.Join(fields, ",")), http.NoBody)
			r.Header.Set("Authorization", "Bearer "+token)
			w := httptest.NewRecorder()
			if h.ServeHTTP(w, r); w.Code != http.StatusOK {
				b.Fatal(w.Body)
			}
		}
	})
	b.Run("query", func(b *testing.B) {
		for b.Loop() {
			if _, err := app.Query.Graph(b.Context(), query.Request{Entity: "order", Fields: fields, Filters: query.Filters{"id": made.OrderID}}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
