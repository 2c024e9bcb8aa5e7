package e2e_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/money"
)

// shipFrom sets up the location sloc: it serves channel sc, has the provider, and a
// set. It returns the id of the set.
func (s *served) shipFrom(t *testing.T) string {
	t.Helper()
	s.want(t, 200, "admin", "POST /admin/stock-locations/sloc/sales-channels", `{"add": ["sc"]}`)
	s.want(t, 200, "admin", "POST /admin/stock-locations/sloc/fulfillment-providers", `{"add": ["manual_manual"]}`)
	made := s.want(t, 200, "admin", "POST /admin/stock-locations/sloc/fulfillment-sets?fields=fulfillment_sets.id", `{"name": "From Lyon", "type": "shipping"}`)
	return at(made, "stock_location", "fulfillment_sets", 0, "id").(string)
}

// zone creates a service zone and returns its id.
func (s *served) zone(t *testing.T, set, name, geo string) string {
	t.Helper()
	s.want(t, 200, "admin", "POST /admin/fulfillment-sets/"+set+"/service-zones", fmt.Sprintf(`{"name": %q, "geo_zones": [%s]}`, name, geo))
	found := s.want(t, 200, "admin", "POST /admin/query", fmt.Sprintf(`{"entity": "service_zone", "fields": ["id"], "filters": {"name": %q}}`, name))
	return at(found, "data", 0, "id").(string)
}

// option creates a shipping option in a zone; more are further properties.
func (s *served) option(t *testing.T, zone, name, more string) string {
	t.Helper()
	made := s.want(t, 200, "admin", "POST /admin/shipping-options", fmt.Sprintf(`{"name": %q, "service_zone_id": %q, "shipping_profile_id": "sp", "provider_id": "manual_manual",
		"price_type": "flat", "type": {"label": "Parcel", "code": %q}, "prices": [{"currency_code": "usd", "amount": 7}]%s}`, name, zone, name, more))
	return at(made, "shipping_option", "id").(string)
}

// keepCart creates a cart in channel sc that goes to an address.
func (s *served) keepCart(t *testing.T, id string, to *cart.Address) {
	t.Helper()
	keep(t, s.app, cart.Carts, &cart.Cart{Base: withID(id), CurrencyCode: "usd", SalesChannelID: ref("sc"), ShippingAddress: to, Items: []*cart.LineItem{
		{Base: withID("cali_" + id), Title: "Mug", Quantity: 3, UnitPrice: money.Int(20), VariantID: ref("variant")}}})
}

func TestAPIServiceZones(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		set := s.shipFrom(t)
		zones := "/admin/fulfillment-sets/" + set + "/service-zones"
		made := s.want(t, 200, "admin", "POST "+zones, `{"name": "Europe", "geo_zones": [{"type": "country", "country_code": "FR"}, {"type": "city", "country_code": "de", "province_code": "de-be", "city": "Berlin"}]}`)
		has(t, "keys on the way", s.want(t, 200, "admin", "GET /admin/stock-locations/sloc?fields=*fulfillment_sets.service_zones", "")["stock_location"], `{"fulfillment_sets": [{"id": "`+set+`", "service_zones": [{"name": "Europe"}]}]}`)
		has(t, "created", made["fulfillment_set"], `{"name": "From Lyon", "service_zones": [{"name": "Europe", "geo_zones": [{"type": "country", "country_code": "fr"}, {"city": "Berlin"}]}]}`)
		zone, geo := at(made, "fulfillment_set", "service_zones", 0, "id").(string), at(made, "fulfillment_set", "service_zones", 0, "geo_zones", 0, "id").(string)
		changed := s.want(t, 200, "admin", "POST "+zones+"/"+zone, fmt.Sprintf(`{"name": "West", "geo_zones": [{"id": %q, "type": "country", "country_code": "be"}, {"type": "zip", "country_code": "de",
			"province_code": "de-be", "city": "Berlin", "postal_expression": {"from": "10115", "to": "10999"}}]}`, geo))
		has(t, "changed", changed["fulfillment_set"], `{"service_zones": [{"name": "West", "geo_zones": [{"id": "`+geo+`", "country_code": "be"}, {"type": "zip", "postal_expression": {"from": "10115"}}]}]}`)
		has(t, "read", s.want(t, 200, "admin", "GET "+zones+"/"+zone, "")["service_zone"], `{"name": "West", "geo_zones": [{"country_code": "be"}, {"type": "zip"}]}`)
		for body, status := range map[string]int{
			`{"name": "West", "geo_zones": []}`:                                                                                                     400,
			`{"name": "Nowhere", "geo_zones": [{"type": "country", "country_code": "xx"}]}`:                                                         400,
			`{"name": "Nowhere", "geo_zones": [{"type": "province", "country_code": "fr"}]}`:                                                        400,
			`{"name": "Nowhere", "geo_zones": [{"type": "province", "country_code": "fr", "province_code": "us-ny"}]}`:                              400,
			`{"name": "Nowhere", "geo_zones": [{"type": "planet", "country_code": "fr"}]}`:                                                          400,
			`{"name": "Nowhere", "geo_zones": [{"type": "zip", "country_code": "fr", "province_code": "x", "city": "y", "postal_expression": {}}]}`: 400,
		} {
			has(t, body, s.want(t, status, "admin", "POST "+zones, body), `{"type": "invalid_data"}`)
		}
		s.want(t, 404, "admin", "POST /admin/fulfillment-sets/none/service-zones", `{"name": "x"}`)
		s.want(t, 404, "admin", "GET "+zones+"/none", "")
		has(t, "zone deletion", s.want(t, 200, "admin", "DELETE "+zones+"/"+zone, ""), `{"object": "service_zone", "deleted": true, "parent": {"id": "`+set+`", "service_zones": []}}`)
		has(t, "set deletion", s.want(t, 200, "admin", "DELETE /admin/fulfillment-sets/"+set, ""), `{"object": "fulfillment_set", "deleted": true}`)
	})
}

func TestAPIShippingOptions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		zone := s.zone(t, s.shipFrom(t), "Europe", `{"type": "country", "country_code": "fr"}`)
		id := s.option(t, zone, "express", `, "rules": [{"attribute": "enabled_in_store", "operator": "eq", "value": "true"}, {"attribute": "is_return", "operator": "eq", "value": "false"}]`)
		one := "/admin/shipping-options/" + id
		read := s.want(t, 200, "admin", "GET "+one, "")["shipping_option"]
		has(t, "read", read, `{"name": "express", "price_type": "flat", "provider_id": "manual_manual", "type": {"label": "Parcel", "code": "express"}, "service_zone": {"name": "Europe"},
			"shipping_profile": {"id": "sp"}, "provider": {"is_enabled": true}, "rules": [{"attribute": "enabled_in_store", "value": "true"}, {"attribute": "is_return"}],
			"prices": [{"currency_code": "usd", "amount": 7, "price_rules": []}]}`)
		price, rule := at(read, "prices", 0, "id").(string), at(read, "rules", 1, "id").(string)
		changed := s.want(t, 200, "admin", "POST "+one, fmt.Sprintf(`{"name": "Fast", "prices": [{"id": %q, "currency_code": "usd", "amount": 9, "rules": [{"attribute": "item_total", "operator": "gte", "value": 50}]},
			{"region_id": "reg", "amount": 8}], "rules": [{"id": %q, "attribute": "is_return", "operator": "in", "value": ["false"]}]}`, price, rule))["shipping_option"]
		has(t, "changed", changed, `{"name": "Fast", "rules": [{"id": "`+rule+`", "operator": "in", "value": ["false"]}], "prices": [{"id": "`+price+`", "amount": 9,
			"price_rules": [{"attribute": "item_total", "operator": "gte", "value": "50"}]}, {"amount": 8, "price_rules": [{"attribute": "region_id", "value": "reg"}]}]}`)

		batch := s.want(t, 200, "admin", "POST "+one+"/rules/batch", `{"create": [{"attribute": "is_return", "operator": "eq", "value": "true"}], "delete": ["`+rule+`"]}`)
		has(t, "rules", batch, `{"created": [{"attribute": "is_return", "value": "true"}], "updated": [], "deleted": {"ids": ["`+rule+`"], "object": "shipping_option_rule", "deleted": true}}`)
		for path, n := range map[string]float64{
			"?is_return=true": 1, "?is_return=false": 1, "?admin_only=true": 0, "?admin_only=false": 2, "?stock_location_id=sloc": 1, "?stock_location_id=sloc_far": 0,
			"?service_zone_id=" + zone: 1, "?shipping_profile_id=sp": 1, "?provider_id=manual_manual": 1, "?q=fast": 1, "?name=Fast": 1,
		} {
			if got := s.want(t, 200, "admin", "GET /admin/shipping-options"+path, "")["count"]; got != n {
				t.Errorf("%s: %v options, want %v", path, got, n)
			}
		}
		has(t, "services", s.want(t, 200, "admin", "GET /admin/fulfillment-providers/manual_manual/options", ""), `{"fulfillment_options": [{"id": "manual-fulfillment"}, {"id": "manual-fulfillment-return", "is_return": true}]}`)
		s.want(t, 404, "admin", "GET /admin/fulfillment-providers/none/options", "")

		const all = `"service_zone_id": "%s", "shipping_profile_id": "%s", "provider_id": "%s", "price_type": "flat", %s, "prices": [%s]`
		const kind, usd = `"type": {"label": "x", "code": "x"}`, `{"currency_code": "usd", "amount": 1}`
		for _, wrong := range []struct {
			status int
			body   string
		}{
			{404, fmt.Sprintf(all, "none", "sp", "manual_manual", kind, usd)},
			{404, fmt.Sprintf(all, zone, "none", "manual_manual", kind, usd)},
			{404, fmt.Sprintf(all, zone, "sp", "none", kind, usd)},
			{404, fmt.Sprintf(all, zone, "sp", "manual_manual", `"type_id": "none"`, usd)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", `"data": {}`, usd)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", kind, `{"currency_code": "xyz", "amount": 1}`)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", kind, `{"region_id": "none", "amount": 1}`)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", kind, `{"amount": 1}`)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", kind, `{"currency_code": "usd", "amount": -1}`)},
			{400, fmt.Sprintf(all, zone, "sp", "manual_manual", kind, usd) + `, "rules": [{"attribute": "x", "operator": "in", "value": "y"}]`},
		} {
			s.want(t, wrong.status, "admin", "POST /admin/shipping-options", `{"name": "Wrong", `+wrong.body+`}`)
		}
		if n := s.want(t, 200, "admin", "GET /admin/shipping-options?name=Wrong", "")["count"]; n != 0.0 {
			t.Errorf("%v refused options were written", n)
		}
		s.want(t, 200, "admin", "POST /admin/stock-locations/sloc/fulfillment-providers", `{"remove": ["manual_manual"]}`)
		has(t, "provider", s.want(t, 400, "admin", "POST "+one, `{"provider_id": "manual_manual"}`), `{"type": "invalid_data"}`)
		has(t, "deletion", s.want(t, 200, "admin", "DELETE "+one, ""), `{"object": "shipping_option", "deleted": true}`)
	})
}

// The options that a storefront is offered depend on the cart's channel, address and
// goods, and on their rules.
func TestAPIStoreShippingOptions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		set := s.shipFrom(t)
		country := s.zone(t, set, "France", `{"type": "country", "country_code": "fr"}`)
		state := s.zone(t, set, "New York", `{"type": "province", "country_code": "us", "province_code": "us-ny"}`)
		town := s.zone(t, set, "Albany", `{"type": "zip", "country_code": "us", "province_code": "ny", "city": "Albany", "postal_expression": {"codes": ["122*"]}}`)
		s.option(t, country, "france", "")
		s.option(t, state, "state", `, "prices": [{"currency_code": "usd", "amount": 12.5}, {"currency_code": "usd", "amount": 0, "rules": [{"attribute": "item_total", "operator": "gte", "value": 60}]}]`)
		s.option(t, town, "bike", `, "rules": [{"attribute": "item_total", "operator": "gt", "value": "59"}]`)
		s.option(t, state, "hidden", `, "rules": [{"attribute": "enabled_in_store", "operator": "eq", "value": "false"}]`)
		s.option(t, state, "back", `, "rules": [{"attribute": "is_return", "operator": "eq", "value": "true"}]`)
		s.keepCart(t, "cart_fr", &cart.Address{CountryCode: ref("fr")})
		s.keepCart(t, "cart_ny", &cart.Address{CountryCode: ref("us"), Province: ref("NY"), City: ref("new york"), PostalCode: ref("10001")})
		s.keepCart(t, "cart_albany", &cart.Address{CountryCode: ref("us"), Province: ref("us-ny"), City: ref("albany"), PostalCode: ref("12207")})
		s.keepCart(t, "cart_ca", &cart.Address{CountryCode: ref("ca"), Province: ref("ny")})
		for path, names := range map[string]string{
			"cart_id=cart_fr": `{"name": "france", "amount": 7, "is_tax_inclusive": false, "insufficient_inventory": false, "calculated_price": {"calculated_amount": 7, "currency_code": "usd"},
				"service_zone": {"fulfillment_set": {"type": "shipping", "location": {"id": "sloc"}}}, "type": {"code": "france"}, "prices": [{"amount": 7}]}`,
			"cart_id=cart_ny":                `{"name": "state", "amount": 0}`,
			"cart_id=cart_albany":            `{"name": "state"}, {"name": "bike"}`,
			"cart_id=cart_ca":                ``,
			"cart_id=cart_ny&is_return=true": `{"name": "state"}, {"name": "back"}`,
			"cart_id=cart_fr&fields=id,name": `{"name": "france", "amount": 7}`,
		} {
			has(t, path, s.want(t, 200, "store", "GET /store/shipping-options?"+path, ""), `{"shipping_options": [`+names+`]}`)
		}
		s.want(t, 200, "admin", "POST /admin/products/prod/variants/variant/inventory-items", `{"inventory_item_id": "iitem", "required_quantity": 3}`)
		has(t, "9 of 8", s.want(t, 200, "store", "GET /store/shipping-options?cart_id=cart_fr", ""), `{"shipping_options": [{"insufficient_inventory": true}]}`)
		s.want(t, 200, "admin", "POST /admin/products/prod", `{"shipping_profile_id": "sp"}`)
		has(t, "same profile", s.want(t, 200, "store", "GET /store/shipping-options?cart_id=cart_fr", ""), `{"shipping_options": [{"name": "france"}]}`)
		other := s.want(t, 200, "admin", "POST /admin/shipping-profiles", `{"name": "Freight", "type": "freight"}`)
		s.want(t, 200, "admin", "POST /admin/products/prod", `{"shipping_profile_id": "`+at(other, "shipping_profile", "id").(string)+`"}`)
		has(t, "other profile", s.want(t, 200, "store", "GET /store/shipping-options?cart_id=cart_fr", ""), `{"shipping_options": []}`)
		s.want(t, 400, "store", "GET /store/shipping-options", "")
		s.want(t, 404, "store", "GET /store/shipping-options?cart_id=none", "")
		s.want(t, 400, "store", "GET /store/shipping-options?cart_id=cart_fr&is_return=maybe", "")
		s.want(t, 404, "store", "POST /store/shipping-options/none/calculate", `{"cart_id": "cart_fr"}`)
		s.want(t, 400, "store", "POST /store/shipping-options/none/calculate", `{}`)
	})
}

// A storefront sees the payment providers of a region that are enabled.
func TestAPIStorePaymentProviders(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.want(t, 200, "admin", "POST /admin/regions/reg", `{"payment_providers": ["pp"]}`)
		has(t, "region", s.want(t, 200, "store", "GET /store/payment-providers?region_id=reg", ""), `{"payment_providers": [{"id": "pp", "is_enabled": true}], "count": 1}`)
		has(t, "other", s.want(t, 200, "store", "GET /store/payment-providers?region_id=none", ""), `{"payment_providers": [], "count": 0}`)
		has(t, "no region", s.want(t, 400, "store", "GET /store/payment-providers", ""), `{"type": "invalid_data"}`)
	})
}

// Options serve an order as they serve a cart, those for operators and returns, too.
func TestAPIOrderShippingOptions(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.keepLife(t)
		set := s.shipFrom(t)
		zone := s.zone(t, set, "Europe", `{"type": "country", "country_code": "fr"}`)
		far := s.zone(t, set, "Asia", `{"type": "country", "country_code": "jp"}`)
		for _, o := range []struct{ zone, name, more string }{
			{zone, "parcel", ""}, {zone, "by hand", `, "rules": [{"attribute": "enabled_in_store", "operator": "eq", "value": "false"}]`},
			{zone, "back", `, "rules": [{"attribute": "is_return", "operator": "eq", "value": "true"}]`}, {far, "plane", ""},
		} {
			s.option(t, o.zone, o.name, o.more)
		}
		s.want(t, 200, "admin", "POST /admin/orders/order_life", `{"shipping_address": {"city": "Lyon", "country_code": "fr"}}`)
		if _, err := s.app.Order.Orders.Update(t.Context(), []string{"order_life"}, module.Patch{"sales_channel_id": "sc"}); err != nil {
			t.Fatal(err)
		}
		var names []any
		for _, o := range s.want(t, 200, "admin", "GET /admin/orders/order_life/shipping-options", "")["shipping_options"].([]any) {
			names = append(names, at(o, "name"))
			has(t, "price", o, `{"amount": 7, "insufficient_inventory": false, "service_zone": {"fulfillment_set": {"location": {"id": "sloc"}}}}`)
		}
		if want := []any{"parcel", "by hand", "back"}; !slices.Equal(names, want) {
			t.Errorf("options are %v, want %v", names, want)
		}
		s.want(t, 404, "admin", "GET /admin/orders/order_none/shipping-options", "")
		s.want(t, 401, "nobody", "GET /admin/orders/order_life/shipping-options", "")
	})
}
