// Package store is the routes of storefronts, below /store: what a shop shows to
// everyone, and what it shows to a customer of their own.
//
// Every route needs a publishable API key. A storefront sees published
// products of its key's sales channels, and a customer sees what is theirs;
// what may be asked for of a record is a list, and nothing else can be reached
// by any spelling of fields, filters or order.
package store
