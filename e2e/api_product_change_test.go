package e2e_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

const newTent = `{"title": "Tent", "status": "published",
	"options": [{"title": "Size", "values": ["S", "M", "L"]}],
	"variants": [
		{"title": "Small", "sku": "TENT-S", "options": {"Size": "S"}, "prices": [{"currency_code": "eur", "amount": 10}, {"currency_code": "usd", "amount": 12}]},
		{"title": "Medium", "options": {"Size": "M"}, "prices": []}],
	"images": [{"url": "https://img/a"}, {"url": "https://img/b"}],
	"sales_channels": [{"id": "sc"}]}`

// tent is a product that is made and changed through the API.
type tent struct {
	*served
	path  string
	small string // the ids of variants
	mid   string
}

func pitch(t *testing.T, s *served) *tent {
	t.Helper()
	made := s.want(t, 200, "admin", "POST /admin/products", newTent)["product"]
	out := &tent{served: s, path: "/admin/products/" + at(made, "id").(string)}
	out.small, out.mid = out.variant(t, "Small", "id"), out.variant(t, "Medium", "id")
	return out
}

// now returns the product as it is.
func (p *tent) now(t *testing.T) any {
	t.Helper()
	return p.want(t, 200, "admin", "GET "+p.path+"?fields=*shipping_profile,*sales_channels", "")["product"]
}

// named returns the record of a list whose field has a value.
func named(list any, field, value string) any {
	all, _ := list.([]any)
	for _, r := range all {
		if at(r, field) == value {
			return r
		}
	}
	return nil
}

// variant returns a text field of the variant with a title.
func (p *tent) variant(t *testing.T, title, field string) string {
	t.Helper()
	text, _ := at(named(at(p.now(t), "variants"), "title", title), field).(string)
	return text
}

// prices returns the prices of a variant: "eur 10, usd 12".
func (p *tent) prices(t *testing.T, title string) string {
	t.Helper()
	return texts(at(named(at(p.now(t), "variants"), "title", title), "prices"), "currency_code", "amount")
}

// price returns the id of a price of a variant.
func (p *tent) price(t *testing.T, title, currency string) string {
	t.Helper()
	id, _ := at(named(at(named(at(p.now(t), "variants"), "title", title), "prices"), "currency_code", currency), "id").(string)
	return id
}

// texts returns some fields of each record of a list, sorted.
func texts(list any, fields ...string) string {
	out := []string{}
	all, _ := list.([]any)
	for _, r := range all {
		var words []string
		for _, f := range fields {
			words = append(words, fmt.Sprint(at(r, f)))
		}
		out = append(out, strings.Join(words, " "))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func is(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// A change of a product changes the variants that it names and creates those
// without an id, all or nothing.
func TestAPIProductChangesVariants(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		p := pitch(t, s)
		is(t, "prices", p.prices(t, "Small"), "eur 10, usd 12")
		eur := p.price(t, "Small", "eur")
		p.want(t, 200, "admin", "POST "+p.path, fmt.Sprintf(`{"subtitle": "Light", "variants": [
			{"id": %q, "title": "Tiny", "prices": [{"id": %q, "amount": 11.5}, {"currency_code": "gbp", "amount": 9}]},
			{"title": "Large", "sku": "TENT-L", "options": {"Size": "L"}, "prices": [{"currency_code": "eur", "amount": 20, "rules": {"region_id": "reg"}}]}]}`, p.small, eur))
		is(t, "variants", texts(at(p.now(t), "variants"), "title", "sku"), "Large TENT-L, Medium <nil>, Tiny TENT-S")
		is(t, "the id of the changed variant", p.variant(t, "Tiny", "id"), p.small)
		is(t, "prices of the changed variant", p.prices(t, "Tiny"), "eur 11.5, gbp 9")
		is(t, "the kept price", p.price(t, "Tiny", "eur"), eur)
		is(t, "prices of the new variant", p.prices(t, "Large"), "eur 20")
		large := named(at(p.now(t), "variants"), "title", "Large")
		is(t, "rules of its price", texts(at(large, "prices", 0, "price_rules"), "attribute", "value"), "region_id reg")
		is(t, "options of the new variant", texts(at(large, "options"), "value"), "L")

		for body, words := range map[string]string{
			`{"title": "Lost", "variants": [{"id": "variant", "title": "Not mine"}]}`:                                       "Variant with id: variant was not found",
			fmt.Sprintf(`{"title": "Lost", "variants": [{"id": %q, "prices": [{"id": "price_x", "amount": 1}]}]}`, p.small): "no price with id",
		} {
			got := p.want(t, 404, "admin", "POST "+p.path, body)
			if !strings.Contains(fmt.Sprint(got["message"]), words) {
				t.Errorf("%s: %v", body, got)
			}
		}
		for body, words := range map[string]string{
			`{"title": "Lost", "variants": [{"title": "XL", "options": {"Size": "XL"}, "prices": []}]}`:   `has no value "XL"`,
			`{"title": "Lost", "variants": [{"title": "XL", "options": {"Width": "XL"}, "prices": []}]}`:  "does not have",
			`{"title": "Lost", "options": [{"title": "Width"}]}`:                                          "option_ids",
			fmt.Sprintf(`{"title": "Lost", "variants": [{"id": %q, "options": {"Size": "M"}}]}`, p.small): "the same options",
		} {
			got := p.call("admin", "POST "+p.path, body)
			if got.status != 400 || !strings.Contains(strings.ReplaceAll(got.body, `\"`, `"`), words) {
				t.Errorf("%s: %d %s, want %q", body, got.status, got.body, words)
			}
		}
		is(t, "the title after the refusals", fmt.Sprint(at(p.now(t), "title")), "Tent")
		is(t, "variants after the refusals", texts(at(p.now(t), "variants"), "title"), "Large, Medium, Tiny")
	})
}

// The routes of a variant change its options, its prices and their rules.
func TestAPIVariantChanges(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		p := pitch(t, s)
		small, mid := p.path+"/variants/"+p.small, p.path+"/variants/"+p.mid
		options := func(title string) string {
			return texts(at(named(at(p.now(t), "variants"), "title", title), "options"), "value")
		}
		p.want(t, 200, "admin", "POST "+small, `{"options": {"Size": "L"}}`)
		is(t, "the new choice", options("Small"), "L")
		p.want(t, 200, "admin", "POST "+mid, `{"options": {"Size": "S"}}`)
		is(t, "a choice that became free", options("Medium"), "S")
		p.want(t, 400, "admin", "POST "+small, `{"options": {"Size": "S"}}`)
		is(t, "after a choice that is taken", options("Small"), "L")

		eur := p.price(t, "Small", "eur")
		rules := func() string {
			return texts(at(named(at(named(at(p.now(t), "variants"), "title", "Small"), "prices"), "id", eur), "price_rules"), "attribute", "value")
		}
		p.want(t, 200, "admin", "POST "+small, fmt.Sprintf(`{"prices": [{"id": %q, "amount": 8, "rules": {"region_id": "reg", "customer_group_id": "group"}}]}`, eur))
		is(t, "prices", p.prices(t, "Small"), "eur 8")
		is(t, "rules", rules(), "customer_group_id group, region_id reg")
		p.want(t, 200, "admin", "POST "+small, fmt.Sprintf(`{"prices": [{"id": %q, "amount": 7, "currency_code": "chf"}]}`, eur))
		is(t, "prices in another currency", p.prices(t, "Small"), "chf 7")
		is(t, "rules that are not named stay", rules(), "customer_group_id group, region_id reg")
		p.want(t, 200, "admin", "POST "+small, fmt.Sprintf(`{"prices": [{"id": %q, "amount": 7, "rules": {"region_id": "reg2"}}]}`, eur))
		is(t, "other rules", rules(), "region_id reg2")
		p.want(t, 200, "admin", "POST "+small, fmt.Sprintf(`{"prices": [{"id": %q, "amount": 7, "rules": {}}]}`, eur))
		is(t, "no rules", rules(), "")
		n, err := p.app.Pricing.Prices.Retrieve(t.Context(), eur)
		if err != nil || n.RulesCount == nil || *n.RulesCount != 0 {
			t.Errorf("the number of rules is %v (%v)", n.RulesCount, err)
		}
		p.want(t, 200, "admin", "POST "+small, `{"prices": []}`)
		is(t, "no prices", p.prices(t, "Small"), "")
		p.want(t, 200, "admin", "POST "+mid, `{"title": "Middling", "prices": [{"currency_code": "eur", "amount": 3}]}`)
		is(t, "the first price", p.prices(t, "Middling"), "eur 3")
		p.want(t, 404, "admin", "POST /admin/products/prod/variants/"+p.mid, `{"title": "Elsewhere"}`)
	})
}

// The values that a product has of an option are changed one by one.
func TestAPIProductOptionValues(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		p := pitch(t, s)
		change := func(status int, body string) {
			t.Helper()
			p.want(t, status, "admin", "POST "+p.path+"/options/batch", body)
		}
		option := at(p.now(t), "options", 0, "id").(string)
		id := func(value string) any { return at(named(at(p.now(t), "options", 0, "values"), "value", value), "id") }
		chosen := func() string {
			path := "/admin/products/" + strings.TrimPrefix(p.path, "/admin/products/") + "?fields=product_options.values.value"
			return texts(at(p.want(t, 200, "admin", "GET "+path, ""), "product", "product_options", 0, "values"), "value")
		}
		is(t, "values", chosen(), "L, M, S")
		large := id("L")
		change(200, fmt.Sprintf(`{"update": [{"product_option_id": %q, "add": [{"value": "XL"}, {"value": "S"}], "remove": [%q]}]}`, option, large))
		is(t, "after a change", chosen(), "M, S, XL")
		change(200, fmt.Sprintf(`{"update": [{"product_option_id": %q, "add": [%q]}]}`, option, large))
		is(t, "with a value that the option has", chosen(), "L, M, S, XL")
		change(400, fmt.Sprintf(`{"update": [{"product_option_id": %q, "add": [{"value": "XXL"}], "remove": [%q]}]}`, option, id("S")))
		change(400, fmt.Sprintf(`{"update": [{"product_option_id": %q, "add": ["optval_none"]}]}`, option))
		change(400, fmt.Sprintf(`{"update": [{"product_option_id": %q, "add": [{}]}]}`, option))
		change(400, `{"update": [{"product_option_id": "opt_none", "add": ["optval_none"]}]}`)
		change(400, `{"update": [{}]}`)
		is(t, "after mistakes", chosen(), "L, M, S, XL")
	})
}

// A change of a product keeps the images that it names, and moves the product
// to other channels and another profile.
func TestAPIProductChangesImagesAndPlaces(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, id := range []string{"profile1", "profile2"} {
			keep(t, s.app, fulfillment.ShippingProfiles, &fulfillment.ShippingProfile{Base: withID(id), Name: id, Type: "default"})
		}
		p := pitch(t, s)
		b, _ := at(named(at(p.now(t), "images"), "url", "https://img/b"), "id").(string)
		p.want(t, 200, "admin", "POST "+p.path, fmt.Sprintf(`{"images": [{"url": "https://img/c"}, {"id": %q, "url": "https://img/b2"}]}`, b))
		is(t, "images", texts(at(p.now(t), "images"), "rank", "url"), "0 https://img/c, 1 https://img/b2")
		is(t, "the kept image", fmt.Sprint(at(named(at(p.now(t), "images"), "url", "https://img/b2"), "id")), b)
		p.want(t, 200, "admin", "POST "+p.path, `{"title": "Big tent"}`)
		is(t, "images that are not named", texts(at(p.now(t), "images"), "url"), "https://img/b2, https://img/c")
		p.want(t, 200, "admin", "POST "+p.path, `{"images": []}`)
		is(t, "no images", texts(at(p.now(t), "images"), "url"), "")

		is(t, "channels", ids(at(p.now(t), "sales_channels")), "[sc]")
		p.want(t, 200, "admin", "POST "+p.path, `{"sales_channels": [{"id": "sc_other"}], "shipping_profile_id": "profile1"}`)
		is(t, "other channels", ids(at(p.now(t), "sales_channels")), "[sc_other]")
		is(t, "the profile", fmt.Sprint(at(p.now(t), "shipping_profile", "id")), "profile1")
		p.want(t, 200, "admin", "POST "+p.path, `{"shipping_profile_id": "profile2"}`)
		is(t, "another profile", fmt.Sprint(at(p.now(t), "shipping_profile", "id")), "profile2")
		is(t, "channels that are not named", ids(at(p.now(t), "sales_channels")), "[sc_other]")
		p.want(t, 404, "admin", "POST "+p.path, `{"title": "Lost", "sales_channels": [{"id": "sc"}, {"id": "nowhere"}]}`)
		is(t, "after a channel that does not exist", fmt.Sprint(at(p.now(t), "title"), " ", ids(at(p.now(t), "sales_channels"))), "Big tent [sc_other]")
		p.want(t, 200, "admin", "POST "+p.path, `{"sales_channels": [], "shipping_profile_id": null}`)
		is(t, "no channels", ids(at(p.now(t), "sales_channels")), "[]")
		is(t, "no profile", fmt.Sprint(at(p.now(t), "shipping_profile")), "<nil>")
	})
}

// What is passed over in a body is named in a header.
func TestAPINamesWhatItIgnores(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		const header = "X-Gorgon-Ignored-Fields"
		got := s.call("admin", "POST /admin/products", `{"title": "Tent", "options": [{"title": "Size", "values": ["S"], "shade": 1}],
			"variants": [{"title": "S", "options": {"Size": "S"}, "prices": [{"currency_code": "eur", "amount": 1, "until": null}]}]}`)
		if names := got.header.Get(header); got.status != 200 || names != "options, 0, shade; variants, 0, prices, 0, until" {
			t.Errorf("%d: ignored %q", got.status, names)
		}
		got = s.call("admin", "POST /admin/products", `{"title": "Hut", "options": [{"title": "Size", "values": ["S"]}]}`)
		if names, there := got.header[header]; got.status != 200 || there {
			t.Errorf("%d: ignored %q, and the body has nothing to ignore", got.status, names)
		}
		got = s.call("admin", "POST /admin/products", `{"title": "Shed", "shade": 1}`)
		if got.status != 400 || !strings.Contains(got.body, "shade") {
			t.Errorf("an unknown name on the top level: %d %s", got.status, got.body)
		}
	})
}

// The values of an option are listed, changed and deleted below it.
func TestAPIOptionValues(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/product-options", `{"title": "Size", "values": ["S", "L"]}`)["product_option"]
		path := "/admin/product-options/" + at(made, "id").(string) + "/values"
		all := s.want(t, 200, "admin", "GET "+path+"?order=rank", "")
		is(t, "values", texts(all["product_option_values"], "rank", "value"), "0 S, 1 L")
		one := path + "/" + at(all, "product_option_values", 1, "id").(string)
		contains(t, one, s.want(t, 200, "admin", "GET "+one, "")["product_option_value"], `{"value": "L"}`)
		contains(t, one, s.want(t, 200, "admin", "POST "+one, `{"value": "XL"}`)["product_option_value"], `{"value": "XL", "rank": 1}`)
		for _, method := range []string{"GET", "POST", "DELETE"} {
			body := map[string]string{"POST": `{"value": "M"}`}[method]
			s.want(t, 404, "admin", method+" "+path+"/optval", body) // of another option
		}
		contains(t, "DELETE "+one, s.want(t, 200, "admin", "DELETE "+one, ""), `{"deleted": true}`)
		s.want(t, 404, "admin", "GET "+one, "")
		is(t, "values after the deletion", texts(s.want(t, 200, "admin", "GET "+path, "")["product_option_values"], "value"), "S")
	})
}
