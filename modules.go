package gorgon

import (
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// Modules are the built-in modules. A module knows none of the others; the
// links join them.
var Modules = []*module.Module{
	module.New("order", order.Models...),
	module.New("cart", cart.Models...),
	module.New("customer", customer.Models...),
	module.New("fulfillment", fulfillment.Models...),
	module.New("payment", payment.Models...),
	module.New("product", product.Models...),
	module.New("promotion", promotion.Models...),
	module.New("region", region.Models...),
	module.New("sales_channel", saleschannel.Models...),
	module.New("pricing", pricing.Models...),
	module.New("currency", currency.Models...),
	module.New("store", store.Models...),
	module.New("user", user.Models...),
	module.New("auth", auth.Models...),
	module.New("api_key", apikey.Models...),
}

// services are the services of the built-in modules.
type services struct {
	Orders        *order.Service
	Carts         *cart.Service
	Customers     *customer.Service
	Fulfillments  *fulfillment.Service
	Payments      *payment.Service
	Products      *product.Service
	Promotions    *promotion.Service
	Regions       *region.Service
	SalesChannels *saleschannel.Service
	Pricing       *pricing.Service
	Currencies    *currency.Service
	Stores        *store.Service
	APIKeys       *apikey.Service
}

func newServices(s *module.Store) services {
	return services{
		Orders: order.New(s), Carts: cart.New(s), Customers: customer.New(s), Fulfillments: fulfillment.New(s),
		Payments: payment.New(s), Products: product.New(s), Promotions: promotion.New(s), Regions: region.New(s),
		SalesChannels: saleschannel.New(s), Pricing: pricing.New(s), Currencies: currency.New(s), Stores: store.New(s),
		APIKeys: apikey.New(s),
	}
}
