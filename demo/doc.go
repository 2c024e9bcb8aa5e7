// Package demo fills a database with a shop to play with.
//
//	res, err := demo.Seed(ctx, demo.Shop{Store: app.Store, Links: app.Links}, demo.Options{Orders: 2000})
//	fmt.Println("look at order", res.OrderID)
//
// # Seed
//
// Everything follows from Options.Seed: who buys, what, when, what becomes of
// it, ids and timestamps too. The same seed and number of orders make the same
// rows in SQLite and in PostgreSQL. For that the services and the link manager
// work on a store of their own, whose clock and ids come from a source of
// chance (random.go).
//
// Records are written by the services of the modules and by the link manager,
// so their rules hold here as anywhere; in batches, and all in one transaction.
//
// # World
//
// First the world is made: what there is before anybody orders. Tables say
// what it consists of (catalog_table.go, people_table.go); there is a file for
// each kind of thing that is made of them: channels and reasons, regions,
// delivery, the catalog, people, promotions, prices.
//
// # Stories
//
// Then orders are told, one after the other. The table of fates (fates.go) says
// how many orders take which course, and when they may be placed. A story
// begins with a cart and lets time pass from one event to the next:
//
//	if s.pay() {
//		s.later(4*hour, 3*day, func() { s.pack(s.methods[0], s.everything()) })
//	}
//
// What would come after the end of the shop's time does not happen, so orders
// of late are still under way. Events are as in a real shop: each one that
// changes what the order has, or what became of it, is a confirmed change and a
// version of the order, with rows of that version (versions.go).
//
// A story writes nothing. It puts records into the book of its batch, which is
// written when the batch is full: one statement a table.
//
// # Money
//
// Prices are such that every discount and tax is a whole number of cents, and
// nothing is rounded: what the lines, the shipping, the discounts and the taxes
// of an order come to is what its summary says, and what was captured and
// refunded is what its transactions say.
package demo
