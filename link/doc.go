// Package link connects records of different modules.
//
// A stored link has a table of its own, with a row for every pair:
//
//	link.Between(link.One(order.Orders), link.Many(fulfillment.Fulfillments))
//
// reads: one order, many fulfillments. From an order, queries now know
// `fulfillments` (the records) and `fulfillment_link` (the rows of the link);
// from a fulfillment, `order` and `order_link`; and the link itself is the
// entity `order_fulfillment`.
//
// A read-only link has no table: one side holds the other's id.
//
//	link.ReadOnly(order.Orders, "customer_id", customer.Customers).Inverse("orders")
//
// A virtual link is a read-only link to records outside the database, which a
// Go function resolves:
//
//	link.Virtual(product.Products, "handle", "article", cms.Articles)
//
// Install puts definitions into a graph of models: stored links become models
// of their tables, and all of them edges, of the same kind as relations inside
// a module. The Manager writes stored links:
//
//	err := links.Create(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//	err := links.Dismiss(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//
// The database holds the rules: partial unique indexes over live rows keep the
// cardinality under any race, foreign keys see that both ends exist. A
// dismissed row stays, marked as deleted; linking the same pair again makes a
// new row, so the history of a link can be read.
package link
