package db

import (
	"context"
	"database/sql"
	"errors"
)

// A Conn runs statements. Arguments have the Go types of model.Kind, or are
// pointers to them, where nil is NULL; lists are []string, []int64, []float64 or
// []bool.
type Conn interface {
	Query(ctx context.Context, sql string, args ...any) (Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (affected int64, err error)
}

// Rows is the result of a query, read row by row as sql.Rows is: when Next
// returns false, Err returns the error that ended the iteration, if any. Close
// may be called more than once.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Err() error
	Close()
}

// A DB is an open database. It is safe for concurrent use.
type DB interface {
	Conn
	Begin(ctx context.Context) (Tx, error)
	Snapshot(ctx context.Context) (Tx, error) // a transaction that only reads, and sees the data as it is now
	Dialect() Dialect
	Readers() int // how many statements can read at the same time
	SQL() *sql.DB // the same database, for tools that use database/sql
	Close() error
}

// MaxRow is how many bytes of a row can be read, at most. On SQLite it bounds each
// value that a statement builds while it reads. Beyond it, the error is
// ErrTooLarge.
const MaxRow = 32 << 20

// ErrTooLarge is the error of a result with a row that is larger than MaxRow.
var ErrTooLarge = errors.New("a row of the result is larger than 32 MiB")

// TimeFormat is the layout of timestamps in SQLite: UTC with milliseconds. Text in
// it sorts by time.
const TimeFormat = "2006-01-02T15:04:05.000Z"

// A Tx is a transaction. Rollback does nothing after Commit.
type Tx interface {
	Conn
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}
