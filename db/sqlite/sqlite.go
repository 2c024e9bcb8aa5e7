// Package sqlite implements db.DB on an SQLite file. It is the only package that
// imports the SQLite driver.
//
//	d, err := sqlite.Open("gorgon.db")
//
// A new file, and the files that SQLite keeps beside it, can be read by their
// owner only. A commit is on the disk when it returns, unless Options say
// otherwise.
//
// Two pools share the file, which is in WAL mode: one connection that writes,
// because SQLite allows one writer at a time, and several that read at the same
// time. Each connection keeps a bounded number of prepared statements. Decimals
// are canonical text with the collation "decimal", and timestamps are text in
// db.TimeFormat.
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

// busyTimeout is how long a statement waits for a lock of another process.
const busyTimeout = 5 * time.Second

// readers is the number of connections besides the writer.
const readers = 8

// A Database is an open SQLite file. It implements db.DB.
type Database struct {
	path  string
	write *sql.DB
	read  *sql.DB
}

// Open opens the file at path with the default options, and creates it if it does
// not exist. If its folder does not exist, or the file is locked, read-only or not an SQLite database, the
// error is a fault of type Unavailable. In-memory databases are not supported:
// each connection of the pools would have its own.
func Open(path string) (*Database, error) { return OpenWith(path, Options{}) }

// OpenWith is Open with options.
func OpenWith(path string, o Options) (*Database, error) { return open(path, o, busyTimeout) }

func open(path string, o Options, busy time.Duration) (*Database, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if path == "" || strings.HasPrefix(path, ":memory:") || strings.IndexByte(path, 0) >= 0 {
		return nil, fault.New(fault.InvalidData, "%q is not a valid path of an SQLite file: want a path such as gorgon.db", path)
	}
	if dir := filepath.Dir(path); dir != "." {
		_, err := os.Stat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.Wrap(err, fault.Unavailable, "cannot open the SQLite file %s: the folder %s does not exist", path, dir)
		}
	}
	createPrivate(path)
	d := &Database{
		path:  path,
		write: newPool(dsn(path, "rwc", busy, o.pragma()), 1, false),
		read:  newPool(dsn(path, "rw", busy, o.pragma(), "query_only(1)"), readers, true),
	}
	// Read the file, to find out now and not at the first statement whether it
	// is locked, read-only or not a database.
	if _, err := d.write.ExecContext(context.Background(), "PRAGMA schema_version"); err != nil {
		_ = d.Close() // err is what matters
		return nil, d.problem(err)
	}
	return d, nil
}

// mapped is how many bytes of the file are read through memory that the system
// shares with its cache, instead of being copied for each connection.
const mapped = 1 << 30

// dsn returns the data source name. The busy timeout comes first among the
// pragmas, so that switching to WAL can wait for a lock.
func dsn(path, mode string, busy time.Duration, pragmas ...string) string {
	v := url.Values{}
	v.Set("mode", mode)
	v.Set("_txlock", "immediate")
	v.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	for _, p := range append([]string{"journal_mode(WAL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-8000)", fmt.Sprintf("mmap_size(%d)", mapped)}, pragmas...) {
		v.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: filepath.Clean(path)}).EscapedPath() + "?" + v.Encode()
}

// Dialect returns the dialect of SQLite.
func (d *Database) Dialect() db.Dialect { return dialect{} }

// Readers returns the number of connections besides the writer.
func (d *Database) Readers() int { return readers }

// SQL returns the pool that writes.
func (d *Database) SQL() *sql.DB { return d.write }

// Path returns the path of the file.
func (d *Database) Path() string { return d.path }

// Query runs a statement that returns rows. One that only reads does not wait
// for the writer; one that writes runs on the writer.
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

// querier is implemented by pools and transactions.
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

// Begin starts a transaction. It takes the write lock at once, so that the
// transaction cannot fail to get it later.
func (d *Database) Begin(ctx context.Context) (db.Tx, error) {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, d.problem(err)
	}
	return &tx{d, t}, nil
}

// Snapshot starts a transaction that only reads, and sees the data as it is now.
// It does not wait for the writer, and the writer does not wait for it.
func (d *Database) Snapshot(ctx context.Context) (db.Tx, error) {
	t, err := d.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, d.problem(err)
	}
	var tables int // SQLite takes the snapshot at the first read
	if err := t.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		_ = t.Rollback() // err is what matters
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
