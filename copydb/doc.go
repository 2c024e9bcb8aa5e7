// Package copydb copies a whole shop from one database to another: every table
// of the model graph, link tables and logins too, soft-deleted rows, and the
// counters of numbered columns. The databases may be of different kinds.
//
//	report, err := copydb.Run(ctx, from, to, copydb.Options{Fresh: fresh})
//
// The source is read in one snapshot. The target must have the same tables, and
// hold nothing but what a migration puts into an empty database. What it holds is
// replaced, in one transaction: whatever fails, the target is as it was before.
//
// Rows are streamed in batches, so that memory does not grow with the shop.
// Values stay what they are: times to the millisecond, decimals in all digits,
// lists and JSON. JSON is copied as a value; blanks, the order of keys in an
// object and keys that repeat are the database's own, and PostgreSQL keeps none
// of them.
package copydb
