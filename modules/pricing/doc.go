// Package pricing holds prices, and calculates which of them applies.
//
// # Prices
//
// A PriceSet is all prices of one thing that it is linked to, such as a variant or a
// shipping option. Each Price is an amount in a currency:
//
//	PriceSet
//	├── Price{Amount: 20, CurrencyCode: "eur"}
//	├── Price{Amount: 18, CurrencyCode: "eur", MinQuantity: 10}
//	├── Price{Amount: 19, CurrencyCode: "eur"}
//	│   └── PriceRule{Attribute: "region_id", Operator: "eq", Value: "reg_1"}
//	└── Price{Amount: 15, CurrencyCode: "eur", PriceList: …}
//
// A price applies if the quantity is within its bounds and all its rules match the
// buyer's context. A price in a PriceList applies only while the list is active,
// between its dates, and if the rules of the list match.
//
// Prices with bounds are tiers. Those of a set with the same currency, list and rules
// do not overlap; Change writes several at once, so that they can trade places.
//
// # Calculation
//
// Calculate returns what the buyer pays, for any number of sets in one statement. Of
// the prices of the set itself, and of those in lists, it takes the most specific: the
// one with the most rules, then with the highest priority, then with bounds on the
// quantity, then with the lowest amount. The price of a sale list is used if it is not
// higher than the set's own price, which remains the original price. The price of an
// override list is always used, and is the original price as well.
//
// # Taxes
//
// A PricePreference says whether amounts include taxes. The preference of the region
// applies to prices that have a rule on the region, the preference of the currency to
// all others.
package pricing
