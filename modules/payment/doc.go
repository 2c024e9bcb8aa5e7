// Package payment holds what is to be paid and what was.
//
// A Collection is an amount to be paid. Each attempt to pay it is a Session
// with a provider; a session that the provider authorizes gets a Payment, of
// which parts are captured and refunded:
//
//	Collection{Amount: 100, Status: CollectionPartiallyCaptured}
//	└── Session{ProviderID: "pp_system_default", Status: SessionAuthorized}
//	    └── Payment{Amount: 100}
//	        ├── Capture{Amount: 60}
//	        └── Refund{Amount: 10}
//
// The collection's authorized, captured and refunded amounts and its status
// follow from its payments. What a collection is for (an order, a cart, a
// claim) is a link and not known here.
//
// data of sessions, payments and account holders is the provider's own.
package payment
