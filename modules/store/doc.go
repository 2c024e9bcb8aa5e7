// Package store holds what a shop says of itself: its name, the currencies and
// languages it sells in, and what it takes when nothing else is said.
//
//	Store{Name: "Acme", SupportedCurrencies: …}
//	├── Currency{CurrencyCode: "eur", IsDefault: true}
//	├── Currency{CurrencyCode: "usd"}
//	└── Locale{LocaleCode: "de-DE"}
//
// A store that has currencies has exactly one default among them, and none of
// them twice. SetCurrencies and SetLocales replace the whole list at once, so
// that a default can move from one currency to another.
//
// The default sales channel, region and stock location are ids of records of
// other modules; the currencies' codes are keys of the table of currencies.
package store
