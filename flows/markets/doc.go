// Package markets holds the operations on where a shop sells and ships from that go
// across modules: stores, regions with their payment providers and price preferences,
// sales channels, stock locations, and taxes.
package markets
