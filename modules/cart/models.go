package cart

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Carts, Addresses, CreditLines,
	LineItems, LineItemAdjustments, LineItemTaxLines,
	ShippingMethods, ShippingMethodAdjustments, ShippingMethodTaxLines,
}
