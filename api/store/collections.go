package store

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) collections() []api.Route {
	return r.resource(api.Resource{
		One: "collection", Many: "collections", Path: "/store/collections", Entity: "product_collection", Limit: 10,
		Fields:  api.Fields("id, title, handle, external_id, created_at, updated_at"),
		Listing: api.Listing{Order: []string{"-created_at"}},
		Visible: r.show("product_collection", allowedCollections),
	})
}
