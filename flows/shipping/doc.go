// Package shipping has the operations on how a shop ships: the zones that it ships
// to, the shipping options there, and which of them serve a cart.
//
//	offers, err := shipping.New(s).Options(ctx, cart, shipping.Purpose{Store: true})
package shipping
