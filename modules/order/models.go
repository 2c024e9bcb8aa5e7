package order

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Orders, Addresses, Summaries,
	Items,
	LineItems, LineItemAdjustments, LineItemTaxLines,
	Shippings, ShippingMethods, ShippingMethodAdjustments, ShippingMethodTaxLines,
	Transactions, CreditLines,
	Changes, ChangeActions,
	Returns, ReturnItems, ReturnReasons,
	Claims, ClaimItems, ClaimItemImages,
	Exchanges, ExchangeItems,
}
