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
//   - a discount is zero or more;
//   - totals follow from all of these.
func rules(s *module.Store) []module.Rule {
	c := New(s).causes()
	return []module.Rule{
		module.On(Carts, module.Rules[Cart]{New: computeNew, Each: checkCart}),
		module.On(LineItems, follow(c.items, checkLine)),
		module.On(LineItemTaxLines, follow(c.itemTaxes, nil)),
		module.On(LineItemAdjustments, follow(c.itemDiscounts, func(a *LineItemAdjustment) error {
			return module.FirstError(module.NotNegative(LineItemAdjustments, "amount", a.Amount), module.Fits("line_item_adjustment.amount", a.Amount))
		})),
		module.On(ShippingMethods, follow(c.methods, checkMethod)),
		module.On(ShippingMethodTaxLines, follow(c.methodTaxes, nil)),
		module.On(ShippingMethodAdjustments, follow(c.methodDiscounts, func(a *ShippingMethodAdjustment) error {
			return module.FirstError(module.NotNegative(ShippingMethodAdjustments, "amount", a.Amount), module.Fits("shipping_method_adjustment.amount", a.Amount))
		})),
		module.On(CreditLines, follow(c.credits, func(l *CreditLine) error { return module.Fits("credit_line.amount", l.Amount) })),
	}
}

// follow returns the rules for records that totals follow from.
func follow[T any](c module.Cause[T], each func(*T) error) module.Rules[T] {
	return module.Rules[T]{Each: each, Before: c.Before, After: c.After}
}

// computeNew computes the totals of a new cart.
func computeNew(c *Cart) error {
	c.compute()
	c.mark()
	return nil
}

func checkCart(c *Cart) error { return module.Currency(Carts, "currency_code", &c.CurrencyCode) }

func checkLine(l *LineItem) error {
	return module.FirstError(
		module.Require(LineItems, "title", l.Title),
		module.Positive(LineItems, "quantity", money.Int(l.Quantity)),
		module.NotNegative(LineItems, "unit_price", l.UnitPrice),
		module.Fits("line_item.unit_price", l.UnitPrice),
	)
}

func checkMethod(m *ShippingMethod) error {
	return module.FirstError(
		module.Require(ShippingMethods, "name", m.Name),
		module.NotNegative(ShippingMethods, "amount", m.Amount),
		module.Fits("shipping_method.amount", m.Amount),
	)
}
