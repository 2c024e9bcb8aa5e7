package demo_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/money"
)

// sold is what a line of an order cost, and the price set of its variant.
type sold struct {
	set, currency, region, amount string
}

// What was sold has cost what the variant's prices say, in the region's
// currency and without taxes. What a claim replaces costs nothing.
func TestOrdersCostWhatThePricesSay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := seeded(t, d, demo.Options{Orders: few})
		rows, err := d.Query(t.Context(), `SELECT DISTINCT v.price_set_id, o.currency_code, o.region_id, CAST(i.unit_price AS text) FROM order_line_item i
			JOIN order_item p ON p.item_id = i.id JOIN "order" o ON o.id = p.order_id JOIN product_variant_price_set v ON v.variant_id = i.variant_id
			WHERE i.unit_price <> '0'`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		prices, checked := pricing.New(s.Store), 0
		var all []sold
		for rows.Next() {
			var line sold
			if err := rows.Scan(&line.set, &line.currency, &line.region, &line.amount); err != nil {
				t.Fatal(err)
			}
			all = append(all, line)
		}
		for _, line := range all {
			found, err := prices.Calculate(t.Context(), []string{line.set}, pricing.Context{CurrencyCode: line.currency, RegionID: line.region})
			got := found[line.set]
			if err != nil || !got.OriginalAmount.Equal(money.MustParse(line.amount)) || got.IsCalculatedPriceTaxInclusive {
				t.Errorf("%+v costs %s, with taxes: %t (%v)", line, got.OriginalAmount, got.IsCalculatedPriceTaxInclusive, err)
			}
			checked++
		}
		if checked < 20 {
			t.Errorf("only %d prices were looked at", checked)
		}
	})
}

func TestEverythingHasItsPrices(t *testing.T) {
	t.Parallel()
	s := seeded(t, dbtest.SQLite(t), demo.Options{Orders: few})
	for what, sql := range map[string]string{
		"variants without two prices": `SELECT count(*) FROM product_variant v WHERE 2 <> (SELECT count(DISTINCT p.currency_code)
			FROM product_variant_price_set l JOIN price p ON p.price_set_id = l.price_set_id WHERE l.variant_id = v.id)`,
		"options without one price": `SELECT count(*) FROM shipping_option o WHERE 1 <> (SELECT count(*)
			FROM shipping_option_price_set l JOIN price p ON p.price_set_id = l.price_set_id WHERE l.shipping_option_id = o.id)`,
		"prices of nothing": `SELECT count(*) FROM price_set s WHERE NOT EXISTS (SELECT 1 FROM product_variant_price_set l WHERE l.price_set_id = s.id)
			AND NOT EXISTS (SELECT 1 FROM shipping_option_price_set l WHERE l.price_set_id = s.id)`,
	} {
		if n := one[int64](t, s, sql); n != 0 {
			t.Errorf("%d %s", n, what)
		}
	}
}

func TestTheDemoHasAStore(t *testing.T) {
	t.Parallel()
	s := seeded(t, dbtest.SQLite(t), demo.Options{Orders: few})
	stores, err := store.New(s.Store).Stores.List(t.Context(), nil, module.Page{})
	if err != nil || len(stores) != 1 || stores[0].Name != store.DefaultName {
		t.Fatalf("the stores are %v (%v)", stores, err)
	}
	if n := one[int64](t, s, "SELECT count(*) FROM region WHERE id = ?1 AND currency_code = (SELECT currency_code FROM store_currency WHERE is_default)", *stores[0].DefaultRegionID); n != 1 {
		t.Error("the default region is not in the default currency")
	}
	if n := one[int64](t, s, "SELECT count(*) FROM sales_channel WHERE id = ?1", *stores[0].DefaultSalesChannelID); n != 1 {
		t.Error("the default sales channel is not there")
	}
}

// The demo has a sale, a list for members, and prices for quantities.
func TestTheDemoHasPriceLists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := seeded(t, d, demo.Options{Orders: few})
		group := one[string](t, s, `SELECT id FROM customer_group WHERE name = 'Members'`)
		for _, c := range []struct {
			sku, want string
			in        pricing.Context
		}{
			{"APR", "49 of 58.5", pricing.Context{}},
			{"BRD-SMALL", "44 of 44", pricing.Context{}},
			{"BRD-SMALL", "39 of 39", pricing.Context{CustomerGroupIDs: []string{group}}},
			{"CDL-FIG", "21.5 of 21.5", pricing.Context{Quantity: money.Int(5)}},
			{"CDL-FIG", "19.5 of 19.5", pricing.Context{Quantity: money.Int(11)}},
			{"CDL-FIG", "17.5 of 17.5", pricing.Context{Quantity: money.Int(12)}},
		} {
			c.in.CurrencyCode = "eur"
			set := one[string](t, s, "SELECT l.price_set_id FROM product_variant_price_set l JOIN product_variant v ON v.id = l.variant_id WHERE v.sku = "+d.Dialect().Placeholder(1), c.sku)
			found, err := pricing.New(s.Store).Calculate(t.Context(), []string{set}, c.in)
			if got := found[set].CalculatedAmount.String() + " of " + found[set].OriginalAmount.String(); got != c.want || err != nil {
				t.Errorf("%s: %s, want %s (%v)", c.sku, got, c.want, err)
			}
		}
	})
}
