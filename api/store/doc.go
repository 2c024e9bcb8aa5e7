// Package store is the routes of storefronts, below /store: what a shop shows to
// everyone, and what it shows to a customer of their own.
//
// Every route needs a publishable API key. Two things say what it opens:
//
//   - A tree of names for each route (allowed.go): the columns and relations that
//     fields, filters and sorts may use. A relation leads no further than the
//     names below it.
//   - Conditions by entity (visible.go): published products in the sales channels
//     of the key, categories that are active and not internal, a customer's own
//     orders and addresses. They hold wherever a query reaches such a record, so
//     that one that may not be seen is as good as not there.
//
// A shop shows fields of its own modules with an Opening.
package store
