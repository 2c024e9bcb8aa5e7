package cart

import (
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// rules returns the rules for the module's records:
//
//   - a cart has a currency;
//   - a line has a title, a quantity of more than zero and a price of zero or more;
//   - a shipping method has a name and an amount of zero or more;
//   - a discount is zero or more.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Carts, module.Rules[Cart]{Each: checkCart}),
		module.On(LineItems, module.Rules[LineItem]{Each: checkLine}),
		module.On(LineItemAdjustments, module.Rules[LineItemAdjustment]{
			Each: func(a *LineItemAdjustment) error { return module.NotNegative(LineItemAdjustments, "amount", a.Amount) },
		}),
		module.On(ShippingMethods, module.Rules[ShippingMethod]{Each: checkMethod}),
		module.On(ShippingMethodAdjustments, module.Rules[ShippingMethodAdjustment]{
			Each: func(a *ShippingMethodAdjustment) error {
				return module.NotNegative(ShippingMethodAdjustments, "amount", a.Amount)
			},
		}),
	}
}

func checkCart(c *Cart) error { return module.Currency(Carts, "currency_code", &c.CurrencyCode) }

func checkLine(l *LineItem) error {
	return module.FirstError(
		module.Require(LineItems, "title", l.Title),
		module.Positive(LineItems, "quantity", money.Int(l.Quantity)),
		module.NotNegative(LineItems, "unit_price", l.UnitPrice),
	)
}

func checkMethod(m *ShippingMethod) error {
	return module.FirstError(
		module.Require(ShippingMethods, "name", m.Name),
		module.NotNegative(ShippingMethods, "amount", m.Amount),
	)
}
