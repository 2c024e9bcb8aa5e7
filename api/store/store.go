package store

import (
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/shop"
)

// routes builds the tables; its methods are the path segments, one file each.
type routes struct {
	*shop.Shop
	people *people.People
}

// Routes returns all routes below /store.
func Routes(s *shop.Shop) []api.Route {
	r := &routes{s, people.New(s)}
	var out []api.Route
	for _, segment := range []func() []api.Route{
		r.products, r.productVariants, r.productCategories, r.productOptions, r.productTags, r.productTypes, r.collections,
		r.regions, r.currencies, r.customers, r.orders,
	} {
		out = append(out, segment()...)
	}
	return out
}

// resource returns the routes of a resource that every storefront may call.
func (r *routes) resource(of api.Resource) []api.Route {
	of.Access = api.Storefront
	return of.Routes(r.Shop)
}
