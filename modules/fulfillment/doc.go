// Package fulfillment holds shipping options and fulfillments: how goods can reach
// customers, and what was sent.
//
// Shipping options belong to a Set, which a stock location offers. The
// ServiceZones of the set say where its options are available:
//
//	Set{Type: "shipping"}
//	└── ServiceZone{Name: "Europe"}
//	    ├── GeoZone{Type: ZoneCountry, CountryCode: "fr"}
//	    └── ShippingOption{Name: "Express", PriceType: PriceFlat}
//	        └── ShippingOptionRule{Attribute: "is_return", Operator: OperatorEqual, Value: "false"}
//
// An option is carried out by a Provider and applies to the products of one
// ShippingProfile.
//
// A Fulfillment is a parcel: its items (how many of which order line), its labels
// and its address. Its times say whether it has been packed, shipped, delivered
// or canceled.
package fulfillment
