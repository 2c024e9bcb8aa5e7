// Package currency holds the currencies of the world, and how their amounts
// are written.
//
//	Currency{Code: "eur", Symbol: "€", SymbolNative: "€", Name: "Euro", DecimalDigits: 2}
//
// The table holds the whole world from the start (World); which of them a shop
// sells in is a matter of its store and its regions. A currency's key is its
// code of ISO 4217 in lower case, not an id: other modules hold the code.
//
// DecimalDigits say how amounts are shown. Amounts themselves are exact, in
// major units, whatever the currency (see package money).
package currency
