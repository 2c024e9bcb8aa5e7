// Package stocklocation holds the places where stock is kept: warehouses, stores,
// and their addresses.
//
//	l := &stocklocation.StockLocation{Name: "Lyon", Address: &stocklocation.Address{Address1: "4 quai des Entrepôts", CountryCode: "fr"}}
//	err := s.StockLocation.StockLocations.Create(ctx, l)
//
// The sales channels that a location serves, and the ways in which it ships, are
// linked to it.
package stocklocation
