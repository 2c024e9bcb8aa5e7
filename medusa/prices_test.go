package medusa_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/money"
)

// cartLine is a line of an imported cart: whose it is, and the price that Medusa
// calculated.
type cartLine struct {
	id, set, price string
	inclusive      bool
	quantity       int64
	context        pricing.Context
}

// cartLines returns the lines of all carts whose price was calculated.
func cartLines(t *testing.T, d db.DB) []cartLine {
	t.Helper()
	rows, err := d.Query(t.Context(), `SELECT l.id, s.price_set_id, CAST(l.unit_price AS text), l.is_tax_inclusive, l.quantity, c.currency_code, c.region_id, g.customer_group_id
		FROM cart_line_item l JOIN cart c ON c.id = l.cart_id JOIN product_variant_price_set s ON s.variant_id = l.variant_id
		JOIN price_set p ON p.id = s.price_set_id AND p.deleted_at IS NULL
		LEFT JOIN customer_group_customer g ON g.customer_id = c.customer_id AND g.deleted_at IS NULL
		WHERE NOT l.is_custom_price ORDER BY l.id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []cartLine
	for rows.Next() {
		var l cartLine
		var group *string
		if err := rows.Scan(&l.id, &l.set, &l.price, &l.inclusive, &l.quantity, &l.context.CurrencyCode, &l.context.RegionID, &group); err != nil {
			t.Fatal(err)
		}
		if n := len(all); n > 0 && all[n-1].id == l.id { // a customer of several groups
			l.context.CustomerGroupIDs, all = all[n-1].context.CustomerGroupIDs, all[:n-1]
		}
		if group != nil {
			l.context.CustomerGroupIDs = append(l.context.CustomerGroupIDs, *group)
		}
		all = append(all, l)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// Our prices equal those that Medusa calculated for the lines of carts: prices of regions,
// sales, lists of groups, tiers of quantities, with taxes included or not.
func TestPricesAreThoseOfTheOriginal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		importShop(t, open(t, medusatest.Shop(t)), s)
		prices := pricing.New(s)
		lines := cartLines(t, d)
		if len(lines) < 300 {
			t.Errorf("only %d lines were compared", len(lines))
		}
		kinds := map[string]int{}
		for _, l := range lines {
			l.context.Quantity = money.Int(l.quantity)
			found, err := prices.Calculate(t.Context(), []string{l.set}, l.context)
			got := found[l.set]
			if err != nil || !got.CalculatedAmount.Equal(money.MustParse(l.price)) || got.IsCalculatedPriceTaxInclusive != l.inclusive {
				t.Errorf("%s costs %s, with taxes: %t; ours: %s, %t (%v)", l.id, l.price, l.inclusive, got.CalculatedAmount, got.IsCalculatedPriceTaxInclusive, err)
			}
			if kind := got.CalculatedPrice.PriceListType; kind != nil {
				kinds[string(*kind)]++
			}
			if got.CalculatedPrice.MinQuantity != nil {
				kinds["tier"]++
			}
		}
		for _, kind := range []string{"sale", "override", "tier"} {
			if kinds[kind] == 0 {
				t.Errorf("no line has a price of the kind %s", kind)
			}
		}
	})
}

// priced is the calculated prices of a recorded answer.
type priced struct {
	Products []struct {
		Variants []struct {
			CalculatedPrice json.RawMessage `json:"calculated_price"`
		}
	}
}

// The calculated prices of a recorded list of products, in the form that clients get.
func TestCalculatedPricesAreThoseRecorded(t *testing.T) {
	t.Parallel()
	var recorded priced
	must(json.Unmarshal(medusatest.Pages(t)["r094"].Body, &recorded))
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		importShop(t, open(t, medusatest.Shop(t)), s)
		region := one(t, d, "SELECT id FROM region WHERE name = 'Europe'")
		compared := 0
		for _, p := range recorded.Products {
			for _, v := range p.Variants {
				compared++
				comparePrice(t, pricing.New(s), v.CalculatedPrice, pricing.Context{CurrencyCode: "eur", RegionID: region})
			}
		}
		if compared != 3 {
			t.Errorf("%d prices were compared, want 3", compared)
		}
	})
}

func comparePrice(t *testing.T, s *pricing.Service, recorded json.RawMessage, c pricing.Context) {
	t.Helper()
	var set struct{ ID string }
	must(json.Unmarshal(recorded, &set))
	found, err := s.Calculate(t.Context(), []string{set.ID}, c)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := json.Marshal(found[set.ID])
	must(err)
	var want, got any
	must(json.Unmarshal(recorded, &want))
	must(json.Unmarshal(ours, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: want -, got +\n%s", set.ID, diff)
	}
}
