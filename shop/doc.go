// Package shop assembles a shop: the built-in modules and links, those of its
// own, a database, and every service once.
//
//	s, err := shop.Open(ctx, shop.Config{Database: "sqlite:shop.db"})
//	defer s.Close()
//	order, err := s.Order.Orders.Retrieve(ctx, id)                     // a module's service
//	res, err := s.Query.Graph(ctx, query.Request{Entity: "order", …})   // reads across modules
//	_, err = s.Links.Create(ctx, link.Pair{order.Orders: id, cart.Carts: cartID})
//
// Modules and Links are the map of the system: which modules there are, and
// how records of one are linked to records of another.
//
// # From a map to a shop
//
// Build joins modules and links into a Blueprint: a graph of models, and the
// tables that follow from it. It needs no database. A Blueprint is opened on a
// database, any number of times:
//
//	b, err := shop.Build(shop.Config{Modules: []*module.Module{brand.Module}, Links: brand.Links})
//	s, err := b.Connect(ctx, "postgres://…")   // whatever tables it has
//	_, err = s.Migrate(ctx, schema.Options{})
//
// # What hangs together
//
// The rules of modules hold on Shop.Store, whoever writes a record. Links
// follow their records there: a record that is deleted, by any service or
// route, takes its links along, in the same transaction.
//
// This package and package api are all that a program needs to serve a shop in
// its own way. Neither knows the command line; package gorgon adds it.
package shop
