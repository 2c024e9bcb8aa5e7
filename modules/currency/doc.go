// Package currency holds the currencies of the world and how their amounts are
// shown.
//
//	Currency{Code: "eur", Symbol: "€", SymbolNative: "€", Name: "Euro", DecimalDigits: 2}
//
// The table contains all currencies from the beginning (World). The currencies
// that a shop sells in are set on its store and its regions. The key of a
// currency is its ISO 4217 code in lower case, not an id, and other modules refer
// to it by the code.
//
// DecimalDigits is the number of decimals of an amount when it is shown. Amounts
// themselves are exact, in major units, whatever the currency (see package
// money).
package currency
