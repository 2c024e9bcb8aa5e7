package currency

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records: a currency has a code of three
// letters in lower case, a name and symbols, and its digits and rounding step are
// not negative.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Currencies, module.Rules[Currency]{Each: check}),
	}
}

func check(c *Currency) error {
	if code, ok := money.Code(c.Code); !ok || code != c.Code {
		return fault.New(fault.InvalidData, "currency.code cannot be %q; it must be a code of three letters in lower case, such as eur", c.Code)
	}
	if c.DecimalDigits < 0 {
		return fault.New(fault.InvalidData, "currency.decimal_digits cannot be %d; it must be 0 or more", c.DecimalDigits)
	}
	return module.FirstError(
		module.Require(Currencies, "name", c.Name),
		module.Require(Currencies, "symbol", c.Symbol),
		module.Require(Currencies, "symbol_native", c.SymbolNative),
		module.NotNegative(Currencies, "rounding", c.Rounding),
	)
}
