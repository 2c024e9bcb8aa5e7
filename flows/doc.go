// Package flows holds the business operations that go across modules, one file
// each.
//
// A flow runs in one transaction: its own, or that of its caller. It uses the
// services of modules for their records and the link manager for what ties
// them, so that an order, its links and its stock change together or not at
// all:
//
//	id, err := f.CreateProduct(ctx, flows.Product{…})   // product, variants, prices, sales channels
//	err = f.DeleteCustomer(ctx, id)                      // customer, links, and the right to log in as it
package flows
