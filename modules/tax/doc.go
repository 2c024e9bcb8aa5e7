// Package tax holds who charges which taxes where, and finds those of a line.
//
// A Region is a country, or a province below its country. Its Rates are a default
// one, and others that apply only to what their rules name:
//
//	Region{CountryCode: "us"}
//	├── Rate{Code: "us-std", Rate: 4, IsDefault: true}
//	├── Rate{Code: "us-food", Rate: 1}
//	│   └── RateRule{Reference: ReferenceProductType, ReferenceID: "ptyp_food"}
//	└── Region{CountryCode: "us", ProvinceCode: "us-ca"}
//	    └── Rate{Code: "us-ca", Rate: 7.25, IsDefault: true, IsCombinable: true}
//
// # Which rate applies
//
// The most specific one, by two questions in this order: a rate of the province goes
// before one of the country; and within a region a rule on the product or on the shipping
// option goes before one on the type of the product, which goes before the default. One
// rate applies to a line. If it is combinable, the rate that applies in the country is
// added to it. Taxes is this rule, as a pure function.
//
// # Providers
//
// A Provider turns lines into tax lines. The system's own, SystemProviderID, uses the rates
// that the shop keeps. Another is the service of a shop's own module that implements
// Provider; AddProviders gives each a row, so that regions can choose it.
package tax
