// Package markets holds the operations on where a shop sells that go across
// modules: regions with their payment providers and price preferences, and
// sales channels.
package markets
