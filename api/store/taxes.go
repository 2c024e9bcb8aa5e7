package store

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// taxedPrice is what a variant costs, with and without the taxes of where it goes.
type taxedPrice struct {
	pricing.Calculated
	CalculatedWithTax    money.Amount `json:"calculated_amount_with_tax"`
	CalculatedWithoutTax money.Amount `json:"calculated_amount_without_tax"`
	OriginalWithTax      money.Amount `json:"original_amount_with_tax"`
	OriginalWithoutTax   money.Amount `json:"original_amount_without_tax"`
}

// withTaxes returns prices of variants with the taxes of the address that the caller
// names. It takes two statements for any number of variants.
func (r *routes) withTaxes(ctx context.Context, c *api.Call, prices map[string]pricing.Calculated) (map[string]taxedPrice, error) {
	lines, err := r.taxLines(ctx, prices)
	if err != nil {
		return nil, err
	}
	taxes, err := r.Tax.Lines(ctx, lines, tax.Address{CountryCode: c.Query("country_code"), ProvinceCode: c.Query("province")})
	if err != nil {
		return nil, err
	}
	out := make(map[string]taxedPrice, len(prices))
	for i, l := range lines {
		out[l.ID] = taxed(prices[l.ID], taxes[i])
	}
	return out, nil
}

// taxLines returns the variants that have prices as lines that taxes are asked of.
func (r *routes) taxLines(ctx context.Context, prices map[string]pricing.Calculated) ([]tax.Line, error) {
	ids := make([]string, 0, len(prices))
	for id := range prices {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var out []tax.Line
	of := query.Request{Entity: "variant", Fields: []string{"id", "product.id", "product.type_id"}, Filters: query.Filters{"id": ids}}
	err := r.Query.Each(ctx, of, func(record []byte) error {
		var v struct {
			ID      string `json:"id"`
			Product struct {
				ID     string `json:"id"`
				TypeID string `json:"type_id"`
			} `json:"product"`
		}
		err := json.Unmarshal(record, &v)
		out = append(out, tax.Line{ID: v.ID, ProductID: v.Product.ID, ProductTypeID: v.Product.TypeID})
		return err
	})
	return out, err
}

// taxed returns a price with taxes.
func taxed(p pricing.Calculated, taxes []tax.TaxLine) taxedPrice {
	rate := money.Zero
	for _, t := range taxes {
		rate = rate.Add(t.Rate)
	}
	factor := money.Int(1).Add(rate.Div(money.Int(100)))
	out := taxedPrice{Calculated: p}
	out.CalculatedWithTax, out.CalculatedWithoutTax = split(p.CalculatedAmount, factor, p.IsCalculatedPriceTaxInclusive)
	out.OriginalWithTax, out.OriginalWithoutTax = split(p.OriginalAmount, factor, p.IsOriginalPriceTaxInclusive)
	return out
}

// split returns an amount with and without a tax, which it may include.
func split(amount, factor money.Amount, inclusive bool) (with, without money.Amount) {
	if inclusive {
		return amount, amount.Div(factor)
	}
	return amount.Mul(factor), amount
}
