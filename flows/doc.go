// Package flows is the home of business operations that go across modules: one
// package an area, one file an operation.
//
//	flows/catalog   products, variants, prices
//	flows/exports   files of records, and the notices of them
//	flows/markets   regions, sales channels, stock locations, taxes
//	flows/people    invites, users, customers
//	flows/shipping  zones, shipping options, and which serve a cart
//	flows/stock     inventory items, levels, reservations
//
// A flow runs in one transaction: its own, or that of its caller. It calls the
// services of modules for their records, and the link manager for what ties
// them together, so that records and links change together or not at all.
// Routes call flows; flows call no routes, and modules call no flows.
package flows
