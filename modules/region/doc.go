// Package region holds the regions that a shop sells in.
//
// A Region is a set of countries with one currency. A Country is in at most one
// region, so an address determines the region:
//
//	Region{Name: "Europe", CurrencyCode: "eur"}
//	├── Country{ISO2: "de"}
//	└── Country{ISO2: "fr"}
//
// The table of countries contains all countries from the beginning
// (WorldCountries); creating a region assigns countries to it. The key of a
// country is its two-letter code in lower case, not an id.
package region
