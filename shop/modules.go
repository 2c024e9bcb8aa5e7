package shop

import (
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/notification"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/modules/translation"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// Modules are the built-in modules, which every shop has. A module knows none
// of the others; the links join them.
var Modules = []*module.Module{
	order.Module,
	cart.Module,
	customer.Module,
	fulfillment.Module,
	payment.Module,
	product.Module,
	promotion.Module,
	region.Module,
	saleschannel.Module,
	stocklocation.Module,
	inventory.Module,
	pricing.Module,
	tax.Module,
	currency.Module,
	translation.Module,
	store.Module,
	user.Module,
	auth.Module,
	apikey.Module,
	notification.Module,
}
