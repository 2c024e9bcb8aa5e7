// Package payment holds payments: amounts to be paid, attempts to pay them, and what
// was paid.
//
// A Collection is an amount to be paid. Each attempt to pay it is a Session with a
// provider. When the provider authorizes a session, it gets a Payment, which is
// captured and refunded in one or several parts:
//
//	Collection{Amount: 100, Status: CollectionPartiallyCaptured}
//	└── Session{ProviderID: "pp_system_default", Status: SessionAuthorized}
//	    └── Payment{Amount: 100}
//	        ├── Capture{Amount: 60}
//	        └── Refund{Amount: 10}
//
// The collection's authorized, captured and refunded amounts and its status follow
// from its payments. What a collection is for (an order, a cart, a claim) is linked
// to it.
//
// The field data of sessions, payments and account holders belongs to the provider.
package payment
