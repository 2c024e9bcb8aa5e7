package copydb

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// engine is what differs between the databases for a copy.
type engine interface {
	// identity returns the query of a text that no other open database has.
	identity() string
	// tables returns the query of the names of all tables.
	tables() string
	// text returns the expression that reads a column, which is quoted; decimals and
	// JSON as text.
	text(column string, k model.Kind) string
	// begin makes the transaction the only one that writes, and lets the foreign keys
	// in back refer to rows that come later.
	begin(ctx context.Context, c db.Conn, all []*model.Model, back []reference) error
	// settle checks the foreign keys, when all rows are there.
	settle(ctx context.Context, c db.Conn, all []*model.Model) error
	// number returns the last number that a numbered column has given, or 0.
	number(ctx context.Context, c db.Conn, table, column string) (int64, error)
	// setNumber makes a numbered column continue after the number n.
	setNumber(ctx context.Context, c db.Conn, table, column string, n int64) error
}

// engineOf returns the engine of a database.
func engineOf(d db.DB) (engine, error) {
	quote := d.Dialect().Quote
	switch name := d.Dialect().Name(); name {
	case "postgres":
		return &postgresEngine{quote: quote}, nil
	case "sqlite":
		return sqliteEngine{quote}, nil
	default:
		return nil, fmt.Errorf("copydb: unsupported dialect %q", name)
	}
}
