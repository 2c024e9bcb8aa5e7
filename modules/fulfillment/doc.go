// Package fulfillment holds how goods reach customers: what can be chosen, and
// what was sent.
//
// What can be chosen hangs on a Set, which a stock location offers. A
// ServiceZone of the set says where its shipping options hold:
//
//	Set{Type: "shipping"}
//	└── ServiceZone{Name: "Europe"}
//	    ├── GeoZone{Type: ZoneCountry, CountryCode: "fr"}
//	    └── ShippingOption{Name: "Express", PriceType: PriceFlat}
//	        └── ShippingOptionRule{Attribute: "is_return", Operator: OperatorEqual, Value: "false"}
//
// An option is carried out by a Provider and is for the products of one
// ShippingProfile.
//
// What was sent is a Fulfillment: its items (how many of which order line),
// its labels, its address. The times in it tell how far it is: packed, shipped,
// delivered, canceled.
package fulfillment
