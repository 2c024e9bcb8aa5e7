package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/module"
)

// A shop that was just migrated has a store with a sales channel, and the
// providers that need no configuration.
func TestAPIFreshShop(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		stores := s.want(t, 200, "admin", "GET /admin/stores", "")
		if stores["count"] != 1.0 {
			t.Fatalf("stores: %v", stores)
		}
		contains(t, "store", at(stores, "stores", 0), `{"name": "Gorgon Store", "default_region_id": null, "default_location_id": null}`)
		contains(t, "currency", at(stores, "stores", 0, "supported_currencies", 0), `{"currency_code": "eur", "is_default": true}`)
		contains(t, "currency", at(stores, "stores", 0, "supported_currencies", 0, "currency"), `{"code": "eur", "name": "Euro"}`)
		channel := at(stores, "stores", 0, "default_sales_channel_id").(string)
		contains(t, "channel", s.want(t, 200, "admin", "GET /admin/sales-channels/"+channel, "")["sales_channel"], `{"name": "Default Sales Channel", "is_disabled": false}`)
		paid := s.want(t, 200, "admin", "GET /admin/payments/payment-providers?id=pp_system_default", "")
		contains(t, "provider", at(paid, "payment_providers", 0), `{"id": "pp_system_default", "is_enabled": true}`)
		sent := s.want(t, 200, "admin", "POST /admin/query", `{"entity": "fulfillment_provider", "fields": ["id", "is_enabled"]}`)
		contains(t, "provider", at(sent, "data", 0), `{"id": "manual_manual", "is_enabled": true}`)
	})
}

func TestAPIStores(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		list := s.want(t, 200, "admin", "GET /admin/stores?name=Gorgon%20Store&fields=id", "")
		one := "/admin/stores/" + at(list, "stores", 0, "id").(string)
		changed := s.want(t, 200, "admin", "POST "+one, `{
			"name": "Acme", "default_sales_channel_id": "sc", "default_region_id": "reg", "default_location_id": "sloc_1", "metadata": {"a": 1},
			"supported_currencies": [{"currency_code": "USD", "is_default": true, "is_tax_inclusive": true}, {"currency_code": "eur"}],
			"supported_locales": [{"locale_code": "de-AT"}, {"locale_code": "en-US"}]
		}`)["store"]
		contains(t, "store", changed, `{"name": "Acme", "default_sales_channel_id": "sc", "default_region_id": "reg", "default_location_id": "sloc_1"}`)
		contains(t, "store", s.want(t, 200, "admin", "POST "+one, `{"metadata": {"b": 2}, "default_region_id": null}`)["store"],
			`{"name": "Acme", "metadata": {"a": 1, "b": 2}, "default_region_id": null}`)

		read := s.want(t, 200, "admin", "GET "+one+"?fields=supported_currencies.currency_code,supported_currencies.is_default,supported_locales.locale_code", "")
		got := map[any]any{}
		for _, c := range at(read, "store", "supported_currencies").([]any) {
			got[at(c, "currency_code")] = at(c, "is_default")
		}
		if len(got) != 2 || got["usd"] != true || got["eur"] != false {
			t.Errorf("currencies: %v", got)
		}
		if n := len(at(read, "store", "supported_locales").([]any)); n != 2 {
			t.Errorf("%d locales", n)
		}
		preferred := s.want(t, 200, "admin", "POST /admin/query", `{"entity": "price_preference", "fields": ["value", "is_tax_inclusive"], "filters": {"attribute": "currency_code", "value": "usd"}}`)
		contains(t, "preference", at(preferred, "data", 0), `{"value": "usd", "is_tax_inclusive": true}`)
		s.want(t, 400, "admin", "DELETE /admin/sales-channels/sc", "")
		for _, path := range []string{"/admin/regions", "/admin/regions/reg"} {
			refused := s.want(t, 400, "admin", "POST "+path, `{"name": "Nowhere", "currency_code": "xxx"}`)
			contains(t, path, refused, `{"type": "invalid_data", "message": "currency_code: there is no currency \"xxx\""}`)
		}
	})
}

// A store supports locales that there are, in any spelling; storefronts list them.
func TestAPILocales(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		has(t, "none", s.want(t, 200, "store", "GET /store/locales", ""), `{"locales": []}`)
		s.want(t, 200, "admin", "POST /admin/stores/store_default", `{"supported_locales": [{"locale_code": "fr-CH"}, {"locale_code": "de_at"}]}`)
		read := s.want(t, 200, "admin", "GET /admin/stores/store_default?fields=supported_locales.locale_code,supported_locales.locale.name", "")
		for _, l := range at(read, "store", "supported_locales").([]any) {
			if code, name := at(l, "locale_code"), at(l, "locale", "name"); code != "de-AT" && code != "fr-CH" || name != "German (Austria)" && name != "French (Switzerland)" {
				t.Errorf("%v is %v", code, name)
			}
		}
		got := s.want(t, 200, "store", "GET /store/locales", "")
		if want := `map[locales:[map[code:de-AT name:German (Austria)] map[code:fr-CH name:French (Switzerland)]]]`; fmt.Sprint(got) != want {
			t.Errorf("the storefront has %v, want %s", got, want)
		}
		has(t, "unknown", s.want(t, 400, "admin", "POST /admin/stores/store_default", `{"supported_locales": [{"locale_code": "tlh-AQ"}]}`), `{"type": "invalid_data"}`)
		s.want(t, 400, "admin", "POST /admin/stores/store_default", `{"supported_locales": [{"locale_code": "de-AT"}, {"locale_code": "de_at"}]}`)
		list := s.want(t, 200, "admin", "GET /admin/locales?q=austria&order=code", "")
		has(t, "search", list, `{"locales": [{"code": "de-AT", "name": "German (Austria)"}, {"code": "en-AT", "name": "English (Austria)"}], "count": 2, "limit": 200, "offset": 0}`)
		has(t, "by code", s.want(t, 200, "admin", "GET /admin/locales?code[]=fr-CH&code[]=ja-JP&fields=name&order=code", ""), `{"locales": [{"name": "French (Switzerland)"}, {"name": "Japanese (Japan)"}], "count": 2}`)
		has(t, "one", s.want(t, 200, "admin", "GET /admin/locales/ja-JP", ""), `{"locale": {"code": "ja-JP", "name": "Japanese (Japan)"}}`)
		s.want(t, 404, "admin", "GET /admin/locales/tlh-AQ", "")
		s.want(t, 401, "nobody", "GET /admin/locales", "")
		s.want(t, 400, "nobody", "GET /store/locales", "")
	})
}

func TestAPIStoresThatCannotBe(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		one := "/admin/stores/" + at(s.want(t, 200, "admin", "GET /admin/stores", ""), "stores", 0, "id").(string)
		before := s.content(t)
		for _, body := range []string{
			`{"name": ""}`, `{"name": null}`, `{"nme": "Acme"}`, `{"default_sales_channel_id": "sc_nowhere"}`, `{"default_region_id": "reg_nowhere"}`,
			`{"supported_currencies": [{"currency_code": "usd"}]}`, `{"supported_currencies": [{"is_default": true}]}`,
			`{"supported_currencies": [{"currency_code": "usd", "is_default": true}, {"currency_code": "eur", "is_default": true}]}`,
			`{"supported_currencies": [{"currency_code": "usd", "is_default": true}, {"currency_code": "usd"}]}`,
			`{"supported_currencies": [{"currency_code": "euros", "is_default": true}]}`, `{"supported_currencies": [{"currency_code": "qqq", "is_default": true}]}`,
			`{"supported_locales": [{"locale_code": "de-AT"}, {"locale_code": "de-AT"}]}`, `{"supported_locales": ["de-AT"]}`,
		} {
			got := s.want(t, 400, "admin", "POST "+one, body)
			if got["type"] != "invalid_data" {
				t.Errorf("%s: %v", body, got)
			}
		}
		s.want(t, 404, "admin", "POST /admin/stores/store_nowhere", `{"name": "Acme"}`)
		s.want(t, 401, "nobody", "GET /admin/stores", "")
		s.unchanged(t, "what was refused", before)
	})
}

// What a fresh shop is given makes way for what a shop brings, unless it was
// changed or is used.
func TestDefaultsMakeWay(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]struct {
		with   func(t *testing.T, s *served)
		stores int64 // that remain
		sold   int64 // sales channels that remain
	}{
		"unused": {func(*testing.T, *served) {}, 0, 0},
		"a store with a name": {func(t *testing.T, s *served) {
			s.want(t, 200, "admin", "POST /admin/stores/store_default", `{"name": "Acme"}`)
		}, 1, 1},
		"other currencies": {func(t *testing.T, s *served) {
			s.want(t, 200, "admin", "POST /admin/stores/store_default", `{"supported_currencies": [{"currency_code": "usd", "is_default": true}]}`)
		}, 1, 1},
		"a channel of a store": {func(t *testing.T, s *served) {
			s.want(t, 200, "admin", "POST /admin/sales-channels/sc_default", `{"name": "Web"}`)
		}, 0, 1},
		"a channel that sells": {func(t *testing.T, s *served) {
			s.want(t, 200, "admin", "POST /admin/sales-channels/sc_default/products", `{"add": ["prod"]}`)
		}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachServed(t, func(t *testing.T, s *served) {
				use.with(t, s)
				if err := s.app.RemoveDefaults(t.Context()); err != nil {
					t.Fatal(err)
				}
				stores, err := s.app.Stores.Stores.Count(t.Context(), module.Where{"id": "store_default"})
				if stores != use.stores || err != nil {
					t.Errorf("%d stores, %v", stores, err)
				}
				sold, err := s.app.SalesChannel.SalesChannels.Count(t.Context(), module.Where{"id": "sc_default"})
				if sold != use.sold || err != nil {
					t.Errorf("%d sales channels, %v", sold, err)
				}
				if err := s.app.AddDefaults(t.Context()); err != nil {
					t.Fatal(err)
				}
				if n, err := s.app.Stores.Stores.Count(t.Context(), nil); n != 1 || err != nil {
					t.Errorf("%d stores again, %v", n, err)
				}
			})
		})
	}
}
