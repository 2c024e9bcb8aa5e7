// Package db is the layer that runs all SQL, on PostgreSQL or SQLite.
//
// A DB is an open database: packages db/postgres and db/sqlite open them. A Tx
// is a transaction. Both are a Conn, which runs statements:
//
//	p := d.Dialect().Placeholder
//	rows, err := db.Use(ctx, d).Query(ctx, "SELECT id FROM brand WHERE name = "+p(1), "Acme")
//
// Collect and One read results of one column. The Dialect of a database writes
// what differs between the two.
//
// # Transactions
//
// The context carries the transaction. Do runs a function in a transaction, and
// Use returns the one that the context carries, so the functions of a business
// operation join its transaction without a parameter for it. Do within Do joins
// the outer transaction.
//
//	err := db.Do(ctx, d, func(ctx context.Context) error {
//		if err := reserve(ctx); err != nil { // uses db.Use(ctx, d)
//			return err // rolls back
//		}
//		return charge(ctx)
//	})
//
// Savepoint is for a part of a transaction that may fail without failing the
// whole.
//
// # Errors
//
// A row that the database refuses is reported as a *Violation. When the
// database is unreachable, locked or read-only, the error is a fault of type
// Unavailable; a lost race between transactions is one of type Conflict.
//
// Values are always bound as arguments. Identifiers come from model
// descriptors, never from a request.
package db
