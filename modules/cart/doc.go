// Package cart holds carts: what a visitor of the shop is about to order.
//
// A Cart has line items, shipping methods and credit lines, each line and
// method its adjustments (discounts) and tax lines. Nothing here is versioned;
// a cart is changed in place until it is completed.
//
//	c := &cart.Cart{CurrencyCode: "eur", Items: []*cart.LineItem{{
//		Title:     "Mug",
//		Quantity:  2,
//		UnitPrice: money.Int(12),
//	}}}
//
// A LineItem copies what it needs of the product and the variant, and keeps
// their ids. The ids of region, customer, sales channel, product and promotion
// name records of other modules; the database does not check them, and
// queries follow them by links.
//
// The names here are bare ("line_item", "address"): those of an order begin
// with "order_". All tables but credit_line begin with "cart_".
package cart
