package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
)

// Services are the modules that the routes work with.
type Services struct {
	Customers *customer.Service
	Prices    *pricing.Service
	Flows     *flows.Flows
}

type routes struct {
	*api.Shop
	Services
}

// Routes are all routes below /store.
func Routes(s *api.Shop, services Services) []api.Route {
	r := &routes{s, services}
	var out []api.Route
	for _, group := range []func() []api.Route{r.products, r.catalog, r.regions, r.customers, r.orders} {
		out = append(out, group()...)
	}
	return out
}

func (r *routes) resources(list ...api.Resource) []api.Route {
	var out []api.Route
	for _, resource := range list {
		if resource.Access == api.Public {
			resource.Access = api.Storefront
		}
		out = append(out, resource.Routes(r.Shop)...)
	}
	return out
}
