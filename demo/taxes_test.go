package demo_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// taxed is an order with the taxes of its lines.
type taxed struct {
	DisplayID int64 `json:"display_id"`
	Address   *struct {
		Country  string  `json:"country_code"`
		Province *string `json:"province"`
	} `json:"shipping_address"`
	Items []struct {
		ProductID string `json:"product_id"`
		TaxLines  []struct {
			Code string       `json:"code"`
			Rate money.Amount `json:"rate"`
		} `json:"tax_lines"`
	} `json:"items"`
}

// The lines of orders have the taxes that the tax regions give them.
func TestTaxesAreThoseOfTheRegions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.seed(t, few)
		res, err := s.Query.Graph(t.Context(), query.Request{
			Entity: "order", Fields: []string{"display_id", "shipping_address.country_code", "shipping_address.province", "items.product_id", "items.tax_lines.code", "items.tax_lines.rate"},
		})
		if err != nil {
			t.Fatal(err)
		}
		var orders []taxed
		if err := json.Unmarshal(res.Data, &orders); err != nil {
			t.Fatal(err)
		}
		compared := 0
		for _, o := range orders {
			if o.Address == nil {
				continue
			}
			to := tax.Address{CountryCode: o.Address.Country}
			if o.Address.Province != nil {
				to.ProvinceCode = *o.Address.Province
			}
			for _, item := range o.Items {
				found, err := s.Tax.Lines(t.Context(), []tax.Line{{ProductID: item.ProductID}}, to)
				if err != nil {
					t.Fatal(err)
				}
				var got, want []string
				for _, l := range found[0] {
					got = append(got, l.Code+" "+l.Rate.String())
				}
				for _, l := range item.TaxLines {
					want = append(want, l.Code+" "+l.Rate.String())
				}
				slices.Sort(got)
				slices.Sort(want)
				if fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("a line of order %d to %+v has the taxes %v; the regions say %v", o.DisplayID, to, want, got)
				}
				compared++
			}
		}
		if compared < few {
			t.Errorf("only %d lines were compared", compared)
		}
	})
}
