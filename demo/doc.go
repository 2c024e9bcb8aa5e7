// Package demo fills a database with a demo shop.
//
//	res, err := demo.Seed(ctx, app.Shop, demo.Options{Orders: 2000})
//	fmt.Println("look at order", res.OrderID)
//
// # Seed
//
// Everything is determined by Options.Seed: who buys what and when, what happens to the
// orders, and all ids and timestamps. The same seed and number of orders give the same
// rows in SQLite and in PostgreSQL. Therefore the services and the link manager use a
// store whose times and ids come from a source of pseudorandom numbers (random.go).
//
// Records are written by the services of the modules and by the link manager, so that
// their rules apply, in batches and in one transaction.
//
// # World
//
// First the world is created: everything that exists before the first order. It is
// generated from tables (catalog_table.go, people_table.go), with a file for each kind of
// records: channels and reasons, regions, delivery, the catalog, people, promotions,
// prices.
//
// # Stories
//
// Then the orders are generated, one after the other. The table of fates (fates.go) says
// how many orders take which course, and when they can be placed. A story begins with a
// cart and lets time pass from one event to the next:
//
//	if s.pay() {
//		s.later(4*hour, 3*day, func() { s.pack(s.methods[0], s.everything()) })
//	}
//
// Events after the end of the shop's time do not happen, so recent orders are still in
// progress.
//
// An order is an [order.Snapshot], and each event that changes it or the state of its items
// applies actions to it, as the operations of the order module do: whether it can, what
// the next version consists of and what it comes to is said by that module
// (versions.go). Only the writing differs: a shop confirms one change at a time.
//
// A story writes nothing. It adds records to the book of its batch, which is written when
// the batch is full, with one statement per table.
//
// # Money
//
// Prices are chosen so that every discount and tax is a whole number of cents and nothing
// is rounded; the transactions of an order are the exact amounts captured and refunded.
package demo
