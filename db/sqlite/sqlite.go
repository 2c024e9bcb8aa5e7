// Package sqlite is Gorgon's database in one file, and the only importer of
// the SQLite driver.
//
// Two pools share the file: one connection that writes, because SQLite has one
// writer at a time, and several that read beside it (WAL). Statements are
// prepared once per connection and kept, within bounds. Decimals are canonical text under the
// collation "decimal"; timestamps are text in model.TimeFormat.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// busyTimeout is how long a statement waits for another process's lock.
const busyTimeout = 5 * time.Second

// readers is how many connections read beside the writer.
const readers = 4

// Database is an open SQLite file. It implements db.DB.
type Database struct {
	path  string
	write *sql.DB
	read  *sql.DB
}

// Open opens the file, which is made when it does not exist. A folder that is
// missing, or a file that is locked, read-only or no SQLite database, is an
// error of type unavailable. A database in memory only is not offered: the
// connections of a pool would each have their own.
func Open(path string) (*Database, error) { return open(path, busyTimeout) }

func open(path string, busy time.Duration) (*Database, error) {
	if path == "" || strings.HasPrefix(path, ":memory:") || strings.IndexByte(path, 0) >= 0 {
		return nil, fault.New(fault.InvalidData, "%q cannot be the path of an SQLite file; give one such as gorgon.db", path)
	}
	if dir := filepath.Dir(path); dir != "." {
		_, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.Wrap(err, fault.Unavailable, "cannot open the SQLite file %s: the folder %s does not exist", path, dir)
		}
	}
	d := &Database{
		path:  path,
		write: newPool(dsn(path, "rwc", busy), 1),
		read:  newPool(dsn(path, "rw", busy, "query_only(1)"), readers),
	}
	// Touching the file shows now, and not at the first statement, that it is
	// locked, read-only or no database.
	if _, err := d.write.ExecContext(context.Background(), "PRAGMA schema_version"); err != nil {
		_ = d.Close() // the error that matters is err
		return nil, d.problem(err)
	}
	return d, nil
}

// dsn lists the pragmas in the order that matters: the busy timeout first, so
// that switching to WAL can wait for a lock.
func dsn(path, mode string, busy time.Duration, pragmas ...string) string {
	v := url.Values{}
	v.Set("mode", mode)
	v.Set("_txlock", "immediate")
	v.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	for _, p := range append([]string{"journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-8000)"}, pragmas...) {
		v.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: filepath.Clean(path)}).EscapedPath() + "?" + v.Encode()
}

// Dialect is SQLite's.
func (d *Database) Dialect() db.Dialect { return dialect{} }

// SQL is the writing pool.
func (d *Database) SQL() *sql.DB { return d.write }

// Path is the file's path.
func (d *Database) Path() string { return d.path }

// Query runs a statement that reads beside the writer. A statement that
// writes and returns rows goes to the writer.
func (d *Database) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	if !begins(query, "SELECT", "WITH", "EXPLAIN", "PRAGMA") {
		return d.ask(ctx, d.write, query, args)
	}
	r, err := d.ask(ctx, d.read, query, args)
	if err != nil && begins(query, "WITH") && code(err) == codeReadOnly { // WITH … INSERT … RETURNING
		return d.ask(ctx, d.write, query, args)
	}
	return r, err
}

// Exec runs a statement on the writer.
func (d *Database) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return d.run(ctx, d.write, query, args)
}

// querier is what a pool and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (d *Database) ask(ctx context.Context, q querier, query string, args []any) (db.Rows, error) {
	values, err := bind(args)
	if err != nil {
		return nil, err
	}
	r, err := q.QueryContext(ctx, query, values...)
	if err != nil {
		return nil, d.problem(err)
	}
	return &rows{Rows: r, db: d}, nil
}

func (d *Database) run(ctx context.Context, q querier, query string, args []any) (int64, error) {
	values, err := bind(args)
	if err != nil {
		return 0, err
	}
	res, err := q.ExecContext(ctx, query, values...)
	if err != nil {
		return 0, d.problem(err)
	}
	return res.RowsAffected()
}

// Begin starts a transaction that holds the write lock from the start, so
// that it cannot lose it half-way.
func (d *Database) Begin(ctx context.Context) (db.Tx, error) {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, d.problem(err)
	}
	return &tx{d, t}, nil
}

// Close closes both pools.
func (d *Database) Close() error {
	err := d.read.Close()
	if werr := d.write.Close(); err == nil {
		err = werr
	}
	return err
}
