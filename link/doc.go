// Package link connects records of different modules.
//
// # What a link is
//
// A stored link has a table of its own, with a row for every pair:
//
//	link.Between(link.One(order.Orders), link.Many(fulfillment.Fulfillments))
//
// reads: one order, many fulfillments. From an order, queries now know
// fulfillments (the records) and fulfillment_link (the rows of the link); from
// a fulfillment, order and order_link; and the link itself is the entity
// order_fulfillment. All names can be set, columns added:
//
//	link.Between(
//		link.Many(product.Products),
//		link.One(Brands).As("maker"),
//	).Table("product_maker").Columns(link.Column{Name: "note", Kind: model.Text})
//
// A field can lead past the record at the other end, along one of its
// relations, so that a brand knows the variants of its products in one step:
//
//	link.Between(link.One(Brands), link.Many(product.Products).Beyond("variants", "variants"))
//
// A read-only link has no table: one side holds the other's id, or a list of
// them.
//
//	link.ReadOnly(order.Orders, "customer_id", customer.Customers).Inverse("orders")
//
// A virtual link is a read-only link to records outside the database, which a
// Go function resolves:
//
//	link.Virtual(product.Products, "handle", "article", cms.Articles)
//
// # Definitions become edges
//
// Install puts definitions into a graph of models: stored links become models
// of their tables, and all of them edges, of the same kind as relations inside
// a module. What cannot be is an error that names the link and says what would
// be right. Map lists what there is.
//
// # Writing links
//
// The Manager writes stored links, one or a thousand at once: a call is one
// statement a link.
//
//	rows, err := links.Create(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//	rows, err = links.Dismiss(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//	rows, err = links.List(ctx, link.Pair{order.Orders: orderID, cart.Carts: ""})
//
// The database holds the rules: unique indexes over live rows keep the
// cardinality under any race, foreign keys see that both ends exist. Breaking
// them is a conflict, or not_found, that names the record. To create a pair
// that is linked already changes nothing but the extra columns that are given.
//
// Every call writes all or nothing, in the transaction that ctx carries or in
// one of its own. One that fails leaves the caller's transaction usable.
//
// # History
//
// A dismissed row stays, marked as deleted; linking the same pair again makes a
// new row. So the history of a link can be read: the entity of the link table,
// queried with deleted rows.
//
// # Deleting records
//
// When a module deletes a record, Delete dismisses the links of that record,
// and soft-deletes the records at ends that Cascade, with their own links.
// Restore undoes the last Delete of a record, and exactly that: links dismissed
// before stay dismissed. What a Delete did is noted in the table link_deletion.
package link
