package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// Services are the modules that the routes write to.
type Services struct {
	APIKeys       *apikey.Service
	Customers     *customer.Service
	Orders        *order.Service
	Payments      *payment.Service
	Products      *product.Service
	Promotions    *promotion.Service
	Regions       *region.Service
	SalesChannels *saleschannel.Service
	Flows         *flows.Flows
}

// routes makes the tables; its methods are the groups, a file each.
type routes struct {
	*api.Shop
	Services
}

// Routes are all routes below /admin.
func Routes(s *api.Shop, services Services) []api.Route {
	r := &routes{s, services}
	var out []api.Route
	for _, group := range []func() []api.Route{
		r.orders, r.afterSale, r.carts, r.payments,
		r.customers, r.customerGroups,
		r.products, r.variants, r.options, r.catalog,
		r.promotions, r.campaigns,
		r.regions, r.channels, r.apiKeys, r.users,
		func() []api.Route { return queryRoutes(s) },
		func() []api.Route { return linkRoutes(s) },
	} {
		out = append(out, group()...)
	}
	return out
}

// resources are the routes of several resources.
func (r *routes) resources(list ...api.Resource) []api.Route {
	var out []api.Route
	for _, resource := range list {
		resource.Access = api.Admin
		out = append(out, resource.Routes(r.Shop)...)
	}
	return out
}

// removes soft-deletes records of a module, and dismisses their links.
func removes[T any](r *routes, of module.Records[T]) func(ctx context.Context, ids ...string) error {
	return func(ctx context.Context, ids ...string) error {
		if err := of.SoftDelete(ctx, ids...); err != nil {
			return err
		}
		_, err := r.Links.Delete(ctx, of.Model(), ids...)
		return err
	}
}

// addRemove is the body of routes that change which records belong to one.
func addRemove() api.Body { return api.Body{api.May("add", api.IDs), api.May("remove", api.IDs)} }
