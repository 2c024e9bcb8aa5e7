// Package catalog holds the operations on what a shop sells that go across
// modules: products and variants with their prices, sales channels and
// shipping profiles.
//
//	c := catalog.New(s)
//	id, err := c.CreateProduct(ctx, &catalog.NewProduct{…})
//	err = c.UpdateProduct(ctx, &catalog.ProductChange{ID: id, SalesChannels: &channels})
//
// Products and variants are deleted through their module; links and prices
// follow.
package catalog
