// Package db is the narrow layer that all SQL passes through.
//
// A DB is a database: PostgreSQL (package db/postgres) or SQLite (db/sqlite).
// A Tx is a transaction in it. Both are a Conn: they run statements.
//
//	rows, err := db.Use(ctx, d).Query(ctx, "SELECT id FROM brand WHERE name = "+d.Dialect().Placeholder(1), "Acme")
//
// A transaction travels in the context. Do runs a function in one: a new one,
// or the one the caller is already in, so that whatever a business operation
// calls joins its transaction without saying so.
//
//	err := db.Do(ctx, d, func(ctx context.Context) error {
//		… every db.Use(ctx, d) in here, at any depth, is the same transaction
//	})
//
// Savepoint does the same for a part of a transaction that may fail alone.
//
// Errors that the database reports about the data are *Violation; one that
// says the database is away, locked or read-only is a fault of type
// Unavailable. Every value is bound; identifiers come from model descriptors.
package db
