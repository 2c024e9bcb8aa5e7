// Package order holds orders and all that happens to them: changes, returns,
// claims, exchanges, and the money that came in and went out.
//
// # Versions
//
// An order is never rewritten. What it consists of stands in rows that carry a
// version, and the header says which version is in force:
//
//	Order{Version: 2}
//	├── Item{Version: 1, Quantity: 3} ── LineItem{Title: "Mug", UnitPrice: 12}
//	├── Item{Version: 2, Quantity: 2} ── the same LineItem
//	└── Summary{Version: 2, Totals: …}
//
// A Change prepares the next version by its Actions; when it is confirmed the
// order moves on and every versioned row (Item, Shipping, the adjustments of
// both, CreditLine) is written anew. Rows of earlier versions stay, so an order
// can be read as it was. A LineItem or ShippingMethod is written once and
// placed in each version by an Item or a Shipping. Tax lines, addresses and
// transactions have no versions.
//
// # What queries see
//
// The way from an order to its items leads through the version in force, and
// answers the line items with their quantity in it (see edges.go):
//
//	order.items              LineItem, with the quantity and price in force
//	order.items.detail       the Item: fulfilled, shipped, returned quantities
//	order.shipping_methods   ShippingMethod; its detail is the Shipping
//	order.summary            the totals, an object of amounts
//	order.credit_lines       those in force
//	return.items.detail      the Item, in the order's version, of the same line
//
// Records are written in the form of the tables:
//
//	o := &order.Order{CurrencyCode: "eur", Version: 1, Items: []*order.Item{{
//		Version:  1,
//		Quantity: money.Int(3),
//		Item:     &order.LineItem{Title: "Mug", UnitPrice: money.Int(12)},
//	}}}
//
// # After the sale
//
// A Return brings goods back. A Claim answers a complaint with money or other
// goods, an Exchange swaps goods; both may have a Return of their own. They
// refer to the order, and so do their Shippings and Transactions, so that the
// order's totals hold everything.
package order
