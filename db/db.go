package db

import (
	"context"
	"database/sql"
)

// Conn runs statements. Arguments are the Go types of model.Kind, pointers to
// them (nil is NULL), and []string, []int64, []bool for lists.
type Conn interface {
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (affected int64, err error)
}

// Rows are the rows of a result, read in order. Close may be called twice;
// after Next has answered false, Err tells why.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// DB is a database. It is safe for use by many goroutines.
type DB interface {
	Conn
	Begin(ctx context.Context) (Tx, error)
	Dialect() Dialect
	SQL() *sql.DB // the same database for tools that speak database/sql
	Close() error
}

// Tx is a transaction: all of it or nothing. After Commit, Rollback does
// nothing.
type Tx interface {
	Conn
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}
