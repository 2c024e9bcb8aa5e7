// Package saleschannel holds the channels that a shop sells through: its web
// store, a marketplace, the till of a branch.
//
//	c := &saleschannel.SalesChannel{Name: "Web store"}
//
// What is sold in a channel, from which stock, and what was ordered there are
// links to other modules.
package saleschannel
