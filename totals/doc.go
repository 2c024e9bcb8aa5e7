// Package totals computes what carts and orders come to.
//
// It is pure: plain values in, plain values out, in decimals throughout. Carts and
// orders store what it returns as columns, so that reading a total costs no
// arithmetic.
//
//	of := totals.Of(totals.Input{
//		Items:   []totals.Line{{UnitPrice: money.Int(100), Quantity: money.Int(2), Rates: ten}},
//		Methods: []totals.Line{{UnitPrice: money.Int(10), Quantity: money.Int(1), Rates: ten}},
//	}, totals.Exact)
//	of.Order.Total // 231
//
// # Lines
//
// A [Line] is charged: goods, or a shipping method, whose quantity is 1. With a
// price P, a quantity Q, tax rates of R in all and discounts of D without taxes, of
// which C = Q − received − dismissed is still charged:
//
//	subtotal          P·C, without the taxes that P may include
//	discount_subtotal D·C/Q
//	tax_total         (subtotal − discount_subtotal)·R
//	total             subtotal − discount_subtotal + tax_total
//
// The names with original_ are the same without discounts. What is requested to be
// returned is charged until it arrives.
//
// # Rounding
//
// [Exact] keeps all decimals, as Medusa does: 105.28 and 10 % tax come to 115.808.
// A [Currency] rounds every amount of a line and of a tax to its smallest unit.
// What rounding adds or takes away in all is made up on the largest line, so that
// lines add up to the totals and the totals are the rounded ones. Discounts take no more
// than the price of their line then; without rounding they may, as Medusa has it, and the
// total of the line is negative.
//
// Divisions keep 20 decimals, half up.
package totals
