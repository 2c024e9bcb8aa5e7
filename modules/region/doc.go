// Package region holds the regions a shop sells in.
//
// A Region is a set of countries with one currency. A Country is in one region
// at most, so an address leads to its region:
//
//	Region{Name: "Europe", CurrencyCode: "eur"}
//	├── Country{ISO2: "de"}
//	└── Country{ISO2: "fr"}
//
// The table of countries holds the whole world from the start (WorldCountries);
// making a region means to put countries into it. A country's key is its
// two-letter code in lower case, not an id.
package region
