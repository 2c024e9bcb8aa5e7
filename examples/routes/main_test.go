package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

func assemble(c gorgon.Config) *gorgon.App {
	return Shop(c, Settings{Storefront: "https://shop.example.com", CarrierSecret: "secret"})
}

// get asks as an administrator.
func get(t *testing.T, app *gorgon.App, token, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return gorgontest.Do(t, app, r)
}

func TestOrdersAsCSV(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		for _, email := range []string{"ada@example.com", `"grace, h"@example.com`} {
			must(t, app.Order.Orders.Create(t.Context(), &order.Order{Email: &email, CurrencyCode: "eur"}))
		}
		if w := get(t, app, "", "/admin/reports/orders.csv"); w.Code != http.StatusUnauthorized {
			t.Errorf("without a token: %d", w.Code)
		}
		w := get(t, app, gorgontest.Token(t, app), "/admin/reports/orders.csv")
		lines := strings.Split(w.Body.String(), "\n")
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" || len(lines) != 4 ||
			lines[0] != "order,date,email,currency,items" || !strings.HasPrefix(lines[1], "1,") ||
			!strings.HasSuffix(lines[2], `,"""grace, h""@example.com",eur,0`) {
			t.Errorf("%d %v\n%s", w.Code, w.Header(), w.Body)
		}
	})
}

func TestBestCustomers(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		ada, grace := &customer.Customer{Email: new("ada@example.com")}, &customer.Customer{Email: new("grace@example.com")}
		must(t, app.Customer.Customers.Create(t.Context(), ada, grace))
		must(t, app.Order.Orders.Create(t.Context(), &order.Order{CustomerID: &grace.ID, CurrencyCode: "eur"}))
		token := gorgontest.Token(t, app)
		w := get(t, app, token, "/admin/reports/customers?limit=1")
		var got struct {
			Customers []struct {
				Email  string `json:"email"`
				Orders int    `json:"orders.$count"`
			} `json:"customers"`
			Count, Offset, Limit int
		}
		must(t, json.Unmarshal(w.Body.Bytes(), &got))
		if len(got.Customers) != 1 || got.Customers[0].Email != "grace@example.com" || got.Customers[0].Orders != 1 || got.Count != 2 || got.Limit != 1 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := get(t, app, token, "/admin/reports/customers?limit=all"); w.Code != http.StatusBadRequest {
			t.Errorf("a limit that is not a number: %d %s", w.Code, w.Body)
		}
	})
}

func TestProductPage(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		must(t, app.Product.Products.Create(t.Context(), &product.Product{Title: "Mug", Handle: "mug", Status: product.StatusPublished},
			&product.Product{Title: "Secret", Handle: "secret", Status: product.StatusDraft}))
		if w := get(t, app, "", "/p/mug"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "https://shop.example.com/products/mug" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		for _, unknown := range []string{"/p/cup", "/p/secret"} {
			if w := get(t, app, "", unknown); w.Code != http.StatusNotFound {
				t.Errorf("%s: %d %s", unknown, w.Code, w.Body)
			}
		}
	})
}

func TestCarrierHook(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, assemble, func(t *testing.T, app *gorgon.App) {
		parcel := &fulfillment.Fulfillment{
			LocationID: "loc", Items: []*fulfillment.Item{{Title: "Mug", SKU: "mug", Barcode: "1", Quantity: money.Int(1)}},
		}
		must(t, app.Fulfillment.Fulfillments.Create(t.Context(), parcel))
		var refusal error // of the change of the parcel
		send := func(body, secret string) (int, string) {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hooks/carrier", strings.NewReader(body))
			mac := hmac.New(sha256.New, []byte(secret))
			_, _ = io.WriteString(mac, body) // a hash never fails
			r.Header.Set(SignatureHeader, hex.EncodeToString(mac.Sum(nil)))
			w := gorgontest.Do(t, app, r)
			return w.Code, w.Body.String()
		}
		app.Store.Watch(module.Watcher{
			Of:  func(m *model.Model) bool { return m == fulfillment.Fulfillments },
			See: func(context.Context, *module.Store, module.Change) error { return refusal },
		})
		event := func(id, fulfillment, at string) string {
			return `{"id": "` + id + `", "fulfillment_id": "` + fulfillment + `", "delivered_at": "` + at + `"}`
		}
		const first, later = "2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z"
		for _, call := range []struct {
			name, body, secret string
			status             int
		}{
			{"a wrong signature", event("evt_1", parcel.ID, first), "guess", http.StatusUnauthorized},
			{"an unknown parcel", event("evt_1", "ful_none", first), "secret", http.StatusNotFound},
			{"a body without the parcel", `{"id": "evt_1"}`, "secret", http.StatusBadRequest},
			{"another duplicate", event("evt_1", parcel.ID, first), "secret", http.StatusUnprocessableEntity},
			{"the event", event("evt_1", parcel.ID, first), "secret", http.StatusAccepted},
			{"the event again", event("evt_1", parcel.ID, later), "secret", http.StatusAccepted},
		} {
			refusal = nil
			if call.status == http.StatusUnprocessableEntity {
				refusal = fault.New(fault.DuplicateError, "the parcel is known")
			}
			if status, body := send(call.body, call.secret); status != call.status || status == http.StatusAccepted && body != "" {
				t.Errorf("%s: %d %s, want %d", call.name, status, body, call.status)
			}
		}
		got, err := app.Fulfillment.Fulfillments.Retrieve(t.Context(), parcel.ID)
		must(t, err)
		if got.DeliveredAt == nil || got.DeliveredAt.UTC().Format(time.RFC3339) != first {
			t.Errorf("delivered at %v, want %s", got.DeliveredAt, first)
		}
		if n, err := module.For[Notice](app.Store, Notices).Count(t.Context(), nil); err != nil || n != 1 {
			t.Errorf("%d notices, %v; want 1", n, err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
