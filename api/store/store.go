package store

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Opening shows storefronts more of an entity, wherever they can reach it.
// Nothing of a shop's own modules is shown without one:
//
//	store.Opening{Entity: "product", Fields: api.Fields("brand{id, name}")}
type Opening struct {
	// Entity is what the fields are of, such as product.
	Entity string
	// Fields are columns, and columns of relations. A relation without names below it opens all its columns.
	Fields []string
	// Visible returns, by entity, what records of the shop's own models must meet to be seen. Nil shows all of them.
	Visible func(c *api.Call) map[string]query.Filters
}

// routes builds the tables; its methods are the path segments, one file each.
type routes struct {
	*shop.Shop
	people   *people.People
	shipping *shipping.Shipping
	openings []Opening
}

// Routes returns all routes below /store. It panics if an opening names what the
// shop does not have.
func Routes(s *shop.Shop, openings ...Opening) []api.Route {
	r := &routes{s, people.New(s), shipping.New(s), openings}
	for _, o := range openings {
		for _, path := range o.Fields {
			if _, ok := s.Query.Lookup(o.Entity, path); !ok {
				panic(fmt.Sprintf("store: the opening of %q has no field %q", o.Entity, path))
			}
		}
	}
	var out []api.Route
	for _, segment := range []func() []api.Route{
		r.products, r.productVariants, r.productCategories, r.productOptions, r.productTags, r.productTypes, r.collections,
		r.regions, r.currencies, r.locales, r.returnReasons, r.shippingOptions, r.paymentProviders, r.customers, r.orders,
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

// show returns the visibility of an entity of which fields may be seen, and those
// of the openings wherever their entities are among them.
func (r *routes) show(entity string, fields []string) api.Visibility {
	out := append([]string(nil), fields...)
	at := map[string]bool{"": true} // the relations that are allowed
	for _, path := range fields {
		for i, c := range path {
			if c == '.' {
				at[path[:i]] = true
			}
		}
		if found, ok := r.Query.Lookup(entity, path); ok && found.Field == nil {
			at[strings.TrimSuffix(path, ".*")] = true
		}
	}
	for _, o := range r.openings {
		for relation := range at {
			found, ok := r.Query.Lookup(entity, relation)
			if !ok || found.Model == nil || found.Field != nil || found.Model.Name != o.Entity {
				continue
			}
			for _, field := range o.Fields {
				out = append(out, strings.TrimPrefix(relation+"."+field, "."))
			}
		}
	}
	return api.Visibility{Allowed: out, Depth: maxDepth, Models: r.seen}
}

// maxDepth is how many relations a path of fields may go through.
const maxDepth = 5
