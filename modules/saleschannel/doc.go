// Package saleschannel holds the channels that a shop sells through, such as its
// web store, a marketplace, or a point of sale.
//
//	c := &saleschannel.SalesChannel{Name: "Web store"}
//
// The products, stock locations and orders of a channel are linked to it.
package saleschannel
