// Package link connects records of different modules, which know nothing of one
// another.
//
// # Stored links
//
// A stored link has a table of its own, with a row for every pair of linked
// records:
//
//	link.Between(link.One(order.Orders), link.Many(fulfillment.Fulfillments))
//
// links one order to many fulfillments. In queries, an order now has the fields
// fulfillments (the records) and fulfillment_link (the rows of the link), a
// fulfillment has order and order_link, and the link itself is the entity
// order_fulfillment. All names can be changed, and columns can be added:
//
//	link.Between(
//		link.Many(product.Products),
//		link.One(Brands).As("maker"),
//	).Table("product_maker").Columns(link.Column{Name: "note", Kind: model.Text})
//
// A field can lead past the record at the other end, along one of its
// relations. With this link, a brand has the field variants, which lists the
// variants of all its products:
//
//	link.Between(link.One(Brands), link.Many(product.Products).Beyond("variants", "variants"))
//
// A model can be linked with itself. Each direction has a name: a product has the
// fields related and related_to, and pairs name the ends by their [Role]. A
// record cannot be linked to itself.
//
//	link.Between(
//		link.Many(product.Products).As("related_to").Named("related_to"),
//		link.Many(product.Products).As("related").Named("related"),
//	).Table("product_related")
//	links.Create(ctx, link.Pair{link.Role("related_to"): id, link.Role("related"): other})
//
// # Read-only and virtual links
//
// A read-only link has no table: a column of one model holds the id of the
// other, or a list of ids.
//
//	link.ReadOnly(order.Orders, "customer_id", customer.Customers).Inverse("orders")
//
// A virtual link is a read-only link to records outside the database, which a
// Go function returns:
//
//	link.Virtual(product.Products, "handle", "article", cms.Articles)
//
// # Installing links
//
// [Install] adds definitions to a graph of models. A stored link becomes a model
// of its table, and every link becomes edges of the same kind as the relations
// inside a module. If a definition is not valid, the error names the link and
// says what would be right. [Map] lists the links of a graph.
//
// # Writing links
//
// A [Manager] writes stored links, any number with one call, and usually with
// one statement per link.
//
//	rows, err := links.Create(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//	rows, err = links.Dismiss(ctx, link.Pair{order.Orders: orderID, cart.Carts: cartID})
//	rows, err = links.List(ctx, link.Pair{order.Orders: orderID, cart.Carts: ""})
//	err = links.Set(ctx, link.Pair{product.Products: id, saleschannel.SalesChannels: ""}, channelIDs...)
//
// Create is idempotent: for a pair that is already linked, it changes only the
// extra columns that are given. Set replaces the records that a record is linked
// to, by dismissing some links and creating others.
//
// The database enforces the rules: unique indexes over live rows keep the
// cardinality under concurrent writes, and foreign keys ensure that both records
// exist. A violation is a conflict or a not_found error that names the record.
// Create does not check whether a record is soft-deleted, so a soft-deleted
// record can be linked.
//
// Every call writes all or nothing, in the transaction that ctx carries or in
// one of its own. A call that fails leaves the caller's transaction usable.
//
// # History
//
// Dismissing a link does not delete its row but sets its deleted_at, and linking
// the same pair again inserts a new row. To read the history of a link, query
// the entity of the link table with deleted rows.
//
// # Deleting records
//
// Links follow their records. A Manager watches its store (see module.Watcher):
// when a record is soft-deleted through any service on the store, its links are
// dismissed in the same transaction, and the records at ends that
// [End.Cascade] are soft-deleted, with their own links. Restoring the record
// brings back exactly what went with it: a link that had been dismissed before
// stays dismissed. If the other record of a link has been linked elsewhere in
// the meantime and can have only one link, the restoration is a conflict and
// the record stays deleted. When a record is deleted permanently, the database
// deletes its link rows.
//
// [Manager.Delete] and [Manager.Restore] do the same for records that are
// deleted elsewhere, without the store's knowledge. What was deleted together is
// recorded in the table link_deletion.
package link
