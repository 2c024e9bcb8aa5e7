// Package store holds the settings of a shop: its name, the currencies and locales
// that it sells in, and its defaults.
//
//	Store{Name: "Acme", SupportedCurrencies: …}
//	├── Currency{CurrencyCode: "eur", IsDefault: true}
//	├── Currency{CurrencyCode: "usd"}
//	└── Locale{LocaleCode: "de-DE"}
//
// A store that has currencies has exactly one default among them, and no
// duplicates. SetCurrencies and SetLocales replace the whole list at once, so that
// the default can be changed.
//
// The default sales channel, region and stock location are ids of records of other
// modules. The codes of currencies are keys of the table of currencies.
package store
