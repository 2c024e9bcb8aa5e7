package medusa_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/modules/tax"
)

// taxedLine is a line or shipping method of an imported cart: where it goes, and the taxes
// that Medusa found, as "id code name rate".
type taxedLine struct {
	line  tax.Line
	to    tax.Address
	taxes []string
}

// The taxed lines of carts that have an address, and their shipping methods.
const (
	taxedItems = `SELECT l.id, l.product_id, l.product_type_id, '', a.country_code, a.province, t.tax_rate_id, t.code, t.description, t.rate
		FROM cart_line_item l JOIN cart c ON c.id = l.cart_id JOIN cart_address a ON a.id = c.shipping_address_id
		JOIN cart_line_item_tax_line t ON t.item_id = l.id AND t.deleted_at IS NULL WHERE l.deleted_at IS NULL ORDER BY l.id`
	taxedMethods = `SELECT l.id, '', '', l.shipping_option_id, a.country_code, a.province, t.tax_rate_id, t.code, t.description, t.rate
		FROM cart_shipping_method l JOIN cart c ON c.id = l.cart_id JOIN cart_address a ON a.id = c.shipping_address_id
		JOIN cart_shipping_method_tax_line t ON t.shipping_method_id = l.id AND t.deleted_at IS NULL WHERE l.deleted_at IS NULL ORDER BY l.id`
)

func taxedLines(t *testing.T, d db.DB, sql string) []*taxedLine {
	t.Helper()
	rows, err := d.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []*taxedLine
	for rows.Next() {
		var id, code string
		var product, kind, option, country, province, rateID, name *string
		var rate float64
		if err := rows.Scan(&id, &product, &kind, &option, &country, &province, &rateID, &code, &name, &rate); err != nil {
			t.Fatal(err)
		}
		if n := len(all); n == 0 || all[n-1].line.ID != id {
			all = append(all, &taxedLine{
				line: tax.Line{ID: id, ProductID: orEmpty(product), ProductTypeID: orEmpty(kind), ShippingOptionID: orEmpty(option)},
				to:   tax.Address{CountryCode: orEmpty(country), ProvinceCode: orEmpty(province)},
			})
		}
		l := all[len(all)-1]
		l.taxes = append(l.taxes, strings.Join([]string{orEmpty(rateID), code, orEmpty(name), strconv.FormatFloat(rate, 'f', -1, 64)}, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Our taxes equal those that Medusa found for the lines and shipping methods of carts: by
// country, with the rates of a province on top, and reduced ones of products.
func TestTaxesAreThoseOfTheOriginal(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := store(t, d)
		importShop(t, open(t, medusatest.Shop(t)), s)
		taxes := tax.New(s)
		lines := append(taxedLines(t, d, taxedItems), taxedLines(t, d, taxedMethods)...)
		if len(lines) < 450 {
			t.Errorf("only %d lines were compared", len(lines))
		}
		for _, l := range lines {
			found, err := taxes.Lines(t.Context(), []tax.Line{l.line}, l.to)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range found[0] {
				got = append(got, strings.Join([]string{x.RateID, x.Code, x.Name, x.Rate.String()}, " "))
			}
			slices.Sort(got)
			slices.Sort(l.taxes)
			if !slices.Equal(got, l.taxes) {
				t.Errorf("%+v to %+v has the taxes %v; ours: %v", l.line, l.to, l.taxes, got)
			}
		}
	})
}
