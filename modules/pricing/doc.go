// Package pricing holds what things cost.
//
// # Prices
//
// A PriceSet is all prices of one thing; links say of what: a variant, a way
// of shipping. Each Price is an amount in a currency:
//
//	PriceSet
//	├── Price{Amount: 20, CurrencyCode: "eur"}
//	├── Price{Amount: 18, CurrencyCode: "eur", MinQuantity: 10}
//	├── Price{Amount: 19, CurrencyCode: "eur"}
//	│   └── PriceRule{Attribute: "region_id", Operator: "eq", Value: "reg_1"}
//	└── Price{Amount: 15, CurrencyCode: "eur", PriceList: …}
//
// A price holds when the quantity is within its bounds and all its rules match
// the buyer's context. Prices of a PriceList hold, besides, while the list is
// active, between its dates and where the list's own rules match.
//
// # The price that holds
//
// Calculate finds, for any number of sets in one statement, what the buyer
// pays. Among the prices of the set itself, and among those of lists, that one
// is taken which is made for this case most: more rules, then a higher
// priority, then a quantity of its own, then the lower amount. A list of type
// sale is taken when its price is not above the set's own, which stays visible
// as the original price; a list of type override always, and it is the
// original price, too.
//
// # Taxes
//
// A PricePreference says whether amounts include taxes. That of the region is
// for prices that have a rule on the region; all others go by their currency.
package pricing
