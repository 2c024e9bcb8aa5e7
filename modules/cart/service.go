package cart

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "cart",
	Models: []*model.Model{
		Carts, Addresses, CreditLines,
		LineItems, LineItemAdjustments, LineItemTaxLines,
		ShippingMethods, ShippingMethodAdjustments, ShippingMethodTaxLines,
	},
	Rules:   rules,
	Settle:  settle,
	Service: module.Provide(provide),
}

// Service manages carts and what is in them.
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

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Carts:                     module.For[Cart](s, Carts),
		Addresses:                 module.For[Address](s, Addresses),
		CreditLines:               module.For[CreditLine](s, CreditLines),
		LineItems:                 module.For[LineItem](s, LineItems),
		LineItemAdjustments:       module.For[LineItemAdjustment](s, LineItemAdjustments),
		LineItemTaxLines:          module.For[LineItemTaxLine](s, LineItemTaxLines),
		ShippingMethods:           module.For[ShippingMethod](s, ShippingMethods),
		ShippingMethodAdjustments: module.For[ShippingMethodAdjustment](s, ShippingMethodAdjustments),
		ShippingMethodTaxLines:    module.For[ShippingMethodTaxLine](s, ShippingMethodTaxLines),
	}
}
