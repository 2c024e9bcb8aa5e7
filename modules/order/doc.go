// Package order holds orders and everything that happens to them: changes, returns,
// claims, exchanges, payments and refunds.
//
// # Versions
//
// An order is never rewritten. What it consists of is stored in rows that have a
// version, and the header has the version in force:
//
//	Order{Version: 2}
//	├── Item{Version: 1, Quantity: 3} ── LineItem{Title: "Mug", UnitPrice: 12}
//	├── Item{Version: 2, Quantity: 2} ── the same LineItem
//	└── Summary{Version: 2, Totals: …}
//
// The actions of a Change prepare the next version. When the change is confirmed,
// every versioned row (Item, Shipping, the adjustments of both, CreditLine) is
// written again for the new version. Rows of earlier versions are kept, so an order
// can be read as it was. A LineItem or ShippingMethod is written once, and an Item
// or Shipping places it in each version. Tax lines, addresses and transactions have
// no versions.
//
// # Changes
//
// A [Snapshot] is an order in one version, as a value. The actions of a change apply to
// it (actions.go says what each type does); a [Preview] shows the result, and confirming
// the change writes it. The files named -ing are the operations: edits (adding.go),
// returns, receipts, claims, exchanges, transfers, drafts, and moving.go for parcels and
// money.
//
// # Queries
//
// In queries, the relations of an order follow the version in force. Its items are
// line items with their quantity in that version (see edges.go):
//
//	order.items              LineItem, with the quantity and price in force
//	order.items.detail       the Item: fulfilled, shipped, returned quantities
//	order.shipping_methods   ShippingMethod; its detail is the Shipping
//	order.summary            the totals, an object of amounts
//	order.credit_lines       the credit lines in force
//	return.items.detail      the Item of the same line, in the version in force
//
// Records are written in the form of the tables:
//
//	o := &order.Order{CurrencyCode: "eur", Version: 1, Items: []*order.Item{{
//		Version:  1,
//		Quantity: money.Int(3),
//		Item:     &order.LineItem{Title: "Mug", UnitPrice: money.Int(12)},
//	}}}
//
// # Totals
//
// What an order, its items, its shipping methods, their taxes and discounts come to
// are columns, which package totals computes. They follow whatever the service
// writes, before the commit of its transaction: see [Service.Total]. They cannot be
// written otherwise.
//
// # Returns, claims and exchanges
//
// A Return brings goods back. A Claim settles a complaint with a refund or a
// replacement, and an Exchange replaces goods with others; both may have a Return.
// All of them refer to the order, as do their Shippings and Transactions, so that
// the order's totals include everything.
package order
