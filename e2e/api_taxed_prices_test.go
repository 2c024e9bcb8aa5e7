package e2e_test

import (
	"fmt"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/server"
)

// costs returns the amounts of a variant's price: what it is with and without tax, and
// then the same without price lists.
func (s *served) costs(t *testing.T, query, variant string) string {
	t.Helper()
	found := s.want(t, 200, "store", "GET /store/products?limit=50&fields=id,variants.id,*variants.calculated_price&"+query, "")
	products, _ := found["products"].([]any)
	for _, p := range products {
		variants, _ := at(p, "variants").([]any)
		for _, v := range variants {
			if at(v, "id") == variant {
				return amounts(at(v, "calculated_price"))
			}
		}
	}
	t.Fatalf("%s: there is no variant %s", query, variant)
	return ""
}

func amounts(price any) string {
	of, ok := price.(map[string]any)
	if !ok {
		return "nothing"
	}
	if _, ok := of["calculated_amount_with_tax"]; !ok {
		return fmt.Sprint(of["calculated_amount"])
	}
	return fmt.Sprint(of["calculated_amount_with_tax"], " ", of["calculated_amount_without_tax"], " ", of["original_amount_with_tax"], " ", of["original_amount_without_tax"])
}

// A storefront that says to which country goods go sees prices with its taxes: those of
// the product, its type or everything, and of the province.
func TestAPIPricesWithTaxes(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		product, one, two := s.twoVariants(t)
		rug := s.want(t, 200, "admin", "POST /admin/products", `{"title": "Rug", "status": "published", "sales_channels": [{"id": "sc"}], "variants": [{"title": "One", "prices": [{"currency_code": "eur", "amount": 20}]}]}`)
		other := at(rug, "product", "variants", 0, "id").(string)
		s.want(t, 200, "admin", "POST /admin/price-lists", fmt.Sprintf(`{"title": "Sale", "description": "Winter", "status": "active", "prices": [{"variant_id": %q, "currency_code": "eur", "amount": 10}]}`, one))
		keep(t, s.app, cart.Carts, &cart.Cart{Base: withID("cart_here"), CurrencyCode: "eur", RegionID: ref("reg")})
		country := func(code, rate string) string {
			body := fmt.Sprintf(`{"country_code": %q, "default_tax_rate": {"rate": %s, "code": "std", "name": "Standard"}}`, code, rate)
			return at(s.want(t, 200, "admin", "POST /admin/tax-regions", body), "tax_region", "id").(string)
		}
		us := country("us", "25")
		country("jp", "10")
		s.want(t, 200, "admin", "POST /admin/tax-rates", fmt.Sprintf(`{"tax_region_id": %q, "rate": 5, "code": "low", "name": "Low", "rules": [{"reference": "product", "reference_id": %q}]}`, us, product))
		s.want(t, 200, "admin", "POST /admin/tax-regions",
			fmt.Sprintf(`{"country_code": "us", "province_code": "us-ca", "parent_id": %q, "default_tax_rate": {"rate": 7.5, "code": "ca", "name": "California", "is_combinable": true}}`, us))
		look := func(variant string, want map[string]string) {
			t.Helper()
			for query, want := range want {
				if got := s.costs(t, query, variant); got != want {
					t.Errorf("%s: %s, want %s", query, got, want)
				}
			}
		}
		look(one, map[string]string{
			"region_id=reg": "10", "region_id=reg&province=us-ca": "10", "region_id=reg&country_code=us": "10.5 10 21 20", "cart_id=cart_here&country_code=US": "10.5 10 21 20", "cart_id=c1&country_code=us": "10", // a cart without a region
			"region_id=reg&country_code=us&province=CA": "11.25 10 22.5 20", "region_id=reg&country_code=us&province=tx": "10.5 10 21 20",
			"region_id=reg&country_code=jp": "11 10 22 20", "region_id=reg&country_code=zz": "10 10 20 20", "region_id=reg&country_code=%25": "10 10 20 20",
		})
		look(other, map[string]string{"region_id=reg&country_code=us": "25 20 25 20"})
		look(two, map[string]string{"region_id=reg&country_code=us": "nothing"})
		for path, route := range map[string][]any{
			"product-variants/" + one + "?":    {"variant", "calculated_price"},
			"product-variants?id=" + one + "&": {"variants", 0, "calculated_price"},
		} {
			got := s.want(t, 200, "store", "GET /store/"+path+"fields=id,*calculated_price&region_id=reg&country_code=us", "")
			if amounts := amounts(at(got, route...)); amounts != "10.5 10 21 20" {
				t.Errorf("%s: %s", path, amounts)
			}
		}
		s.want(t, 200, "admin", "POST /admin/price-preferences", `{"attribute": "currency_code", "value": "eur", "is_tax_inclusive": true}`)
		look(one, map[string]string{"region_id=reg&country_code=jp": "10 9.090909090909092 20 18.181818181818183"})
		look(other, map[string]string{"region_id=reg&country_code=us": "20 16 20 16"})
		s.want(t, 200, "admin", "POST /admin/regions/reg", `{"automatic_taxes": false}`)
		look(one, map[string]string{"region_id=reg&country_code=us": "10", "cart_id=cart_here&country_code=us": "10"})
		s.want(t, 400, "store", "GET /store/products?fields=*variants.calculated_price&country_code=us", "")
		s.want(t, 400, "store", "GET /store/products?fields=*variants.calculated_price&country_code=us&region_id=none", "")
	})
}

// A page of products with taxed prices takes as many statements for 20 products as for
// one.
func TestAPITaxedPageCostsTheSame(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for i := range 20 {
			s.want(t, 200, "admin", "POST /admin/products", fmt.Sprintf(`{"title": "Rug %d", "status": "published", "sales_channels": [{"id": "sc"}],
				"variants": [{"title": "One", "prices": [{"currency_code": "eur", "amount": %d}]}, {"title": "Two", "prices": [{"currency_code": "eur", "amount": 30}]}]}`, i, 20+i))
		}
		s.want(t, 200, "admin", "POST /admin/tax-regions", `{"country_code": "us", "default_tax_rate": {"rate": 25, "code": "std", "name": "Standard"}}`)
		d, count := dbtest.Counting(s.app.DB())
		s.handler = server.Handler(s.app.Blueprint.On(d), server.Config{}, nil)
		statements := func(limit int) int64 {
			return count.Of(func() {
				path := fmt.Sprintf("GET /store/products?limit=%d&q=Rug&fields=id,*variants.calculated_price&region_id=reg&country_code=us", limit)
				got := s.want(t, 200, "store", path, "")
				if products, _ := got["products"].([]any); len(products) != limit || amounts(at(products[0], "variants", 0, "calculated_price")) == "nothing" {
					t.Errorf("%d: %v", limit, got)
				}
			})
		}
		statements(1) // the key and the plans are known from here on
		if one, many := statements(1), statements(20); one != many || one == 0 {
			t.Errorf("%d statements for one product, %d for 20", one, many)
		}
	})
}
