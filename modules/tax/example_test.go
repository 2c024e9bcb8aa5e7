package tax_test

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/money"
)

// The rate of a province is added to that of its country, and a rule on a type of products
// goes before the default.
func ExampleTaxes() {
	percent := func(s string) *money.Amount { return new(money.MustParse(s)) }
	regions := []*tax.Region{
		{CountryCode: "us", TaxRates: []*tax.Rate{
			{Name: "State tax", Rate: percent("6.5"), IsDefault: true},
			{Name: "Food", Rate: percent("1"), Rules: []*tax.RateRule{{Reference: tax.ReferenceProductType, ReferenceID: "ptyp_food"}}},
		}},
		{CountryCode: "us", ProvinceCode: new("us-or"), TaxRates: []*tax.Rate{
			{Name: "Local tax", Rate: percent("3.5"), IsDefault: true, IsCombinable: true},
		}},
	}
	lines := []tax.Line{{ProductID: "prod_lamp"}, {ProductID: "prod_tea", ProductTypeID: "ptyp_food"}}
	for _, taxes := range tax.Taxes(lines, tax.Address{CountryCode: "US", ProvinceCode: "OR"}, regions) {
		fmt.Println("a line:")
		for _, t := range taxes {
			fmt.Println(t.Name, t.Rate)
		}
	}
	// Output:
	// a line:
	// Local tax 3.5
	// State tax 6.5
	// a line:
	// Local tax 3.5
	// Food 1
}
