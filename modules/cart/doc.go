// Package cart holds carts: what a visitor of the shop is about to order.
//
// A Cart has line items, shipping methods and credit lines. Line items and
// shipping methods have adjustments (discounts) and tax lines. Nothing is
// versioned: a cart is changed in place until it is completed.
//
//	c := &cart.Cart{CurrencyCode: "eur", Items: []*cart.LineItem{{
//		Title:     "Mug",
//		Quantity:  2,
//		UnitPrice: money.Int(12),
//	}}}
//
// A LineItem copies what it needs from the product and the variant, and keeps
// their ids. The ids of region, customer, sales channel, product and promotion
// refer to records of other modules. The database does not check them; queries
// follow them through links.
//
// # Totals
//
// What a cart, its lines, its shipping methods, their taxes and discounts come to are
// columns, which package totals computes. They follow whatever the service writes,
// before the commit of its transaction: see [Service.Total]. They cannot be written
// otherwise.
//
// # Names
//
// The names of models have no prefix ("line_item", "address"), while those of an
// order begin with "order_". All tables except credit_line begin with "cart_".
package cart
