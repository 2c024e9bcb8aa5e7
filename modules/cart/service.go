package cart

import (
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Service keeps carts and what is in them.
type Service struct {
	Carts                     module.Records[Cart]
	Addresses                 module.Records[Address]
	CreditLines               module.Records[CreditLine]
	LineItems                 module.Records[LineItem]
	LineItemAdjustments       module.Records[LineItemAdjustment]
	LineItemTaxLines          module.Records[LineItemTaxLine]
	ShippingMethods           module.Records[ShippingMethod]
	ShippingMethodAdjustments module.Records[ShippingMethodAdjustment]
	ShippingMethodTaxLines    module.Records[ShippingMethodTaxLine]
}

// New makes the service on a store, and sets the module's rules there:
//
//   - a cart has a currency;
//   - a line has a title, a quantity above zero and a price of zero or more;
//   - a shipping method has a name and an amount of zero or more;
//   - a discount is zero or more.
func New(s *module.Store) *Service {
	return &Service{
		Carts:       module.For[Cart](s, Carts).With(module.Rules[Cart]{Each: checkCart}),
		Addresses:   module.For[Address](s, Addresses),
		CreditLines: module.For[CreditLine](s, CreditLines),
		LineItems:   module.For[LineItem](s, LineItems).With(module.Rules[LineItem]{Each: checkLine}),
		LineItemAdjustments: module.For[LineItemAdjustment](s, LineItemAdjustments).With(module.Rules[LineItemAdjustment]{
			Each: func(a *LineItemAdjustment) error { return module.NotNegative(LineItemAdjustments, "amount", a.Amount) },
		}),
		LineItemTaxLines: module.For[LineItemTaxLine](s, LineItemTaxLines),
		ShippingMethods:  module.For[ShippingMethod](s, ShippingMethods).With(module.Rules[ShippingMethod]{Each: checkMethod}),
		ShippingMethodAdjustments: module.For[ShippingMethodAdjustment](s, ShippingMethodAdjustments).With(module.Rules[ShippingMethodAdjustment]{
			Each: func(a *ShippingMethodAdjustment) error {
				return module.NotNegative(ShippingMethodAdjustments, "amount", a.Amount)
			},
		}),
		ShippingMethodTaxLines: module.For[ShippingMethodTaxLine](s, ShippingMethodTaxLines),
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
