// Package sqlite is Gorgon's database in one file, and the only importer of
// the SQLite driver.
//
// Two pools share the file: one connection that writes, because SQLite has one
// writer at a time, and several that read beside it (WAL). Statements are
// prepared once per connection and kept. Decimals are canonical text under the
// collation "decimal"; timestamps are text in model.TimeFormat.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"modernc.org/sqlite"
)

// busyTimeout is how long a statement waits for another process's lock.
const busyTimeout = 5 * time.Second

// readers is how many connections read beside the writer.
const readers = 4

// Database is an open SQLite file. It implements db.DB.
type Database struct {
	path  string
	write *pool
	read  *pool
}

// Open opens the file, which is made when it does not exist. A folder that is
// missing, or a file that is no SQLite database, is an error of type
// unavailable.
func Open(path string) (*Database, error) {
	if dir := filepath.Dir(path); dir != "." {
		if _, err := os.Stat(dir); err != nil {
			return nil, fault.New(fault.Unavailable, "cannot open the SQLite file %s: the folder %s does not exist", path, dir)
		}
	}
	d := &Database{path: path, write: newPool(dsn(path, "rwc"), 1), read: newPool(dsn(path, "rw"), readers)}
	if err := d.start(); err != nil {
		_ = d.Close() // the error that matters is err
		return nil, err
	}
	return d, nil
}

// start touches the file, so that a file that is locked, read-only or no
// database shows now and not at the first statement.
func (d *Database) start() error {
	ctx, cancel := context.WithTimeout(context.Background(), busyTimeout)
	defer cancel()
	if _, err := d.write.sql.ExecContext(ctx, "PRAGMA schema_version"); err != nil {
		return d.problem(err)
	}
	return nil
}

// dsn lists the pragmas in the order that matters: the busy timeout first, so
// that switching to WAL can wait for a lock.
func dsn(path, mode string) string {
	v := url.Values{}
	v.Set("mode", mode)
	v.Set("_txlock", "immediate")
	for _, p := range []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "temp_store(MEMORY)", "cache_size(-8000)",
	} {
		v.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + v.Encode()
}

// Dialect is SQLite's.
func (d *Database) Dialect() db.Dialect { return dialect{} }

// SQL is the writing pool.
func (d *Database) SQL() *sql.DB { return d.write.sql }

// Path is the file's path.
func (d *Database) Path() string { return d.path }

// Query runs a statement that reads beside the writer. A statement that
// writes and returns rows goes to the writer.
func (d *Database) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	p := d.read
	if !reads(query) {
		p = d.write
	}
	stmt, err := p.prepare(ctx, query)
	if err != nil {
		return nil, d.problem(err)
	}
	values, err := bind(args)
	if err != nil {
		return nil, err
	}
	r, err := stmt.QueryContext(ctx, values...)
	if err != nil {
		return nil, d.problem(err)
	}
	return &rows{r, d}, nil
}

// Exec runs a statement on the writer.
func (d *Database) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := d.write.prepare(ctx, query)
	if err != nil {
		return 0, d.problem(err)
	}
	return d.exec(ctx, stmt, args)
}

func (d *Database) exec(ctx context.Context, stmt *sql.Stmt, args []any) (int64, error) {
	values, err := bind(args)
	if err != nil {
		return 0, err
	}
	res, err := stmt.ExecContext(ctx, values...)
	if err != nil {
		return 0, d.problem(err)
	}
	return affected(res)
}

// affected is the number of rows changed. The driver answers no result at all
// for a statement without any, such as a comment, and database/sql panics on
// asking it.
func affected(res sql.Result) (n int64, err error) {
	defer func() {
		if recover() != nil {
			n, err = 0, nil
		}
	}()
	return res.RowsAffected()
}

// reads reports whether a statement only reads.
func reads(query string) bool {
	q := strings.TrimLeft(query, " \n\t(")
	for _, w := range []string{"SELECT", "WITH", "EXPLAIN", "PRAGMA"} {
		if len(q) >= len(w) && strings.EqualFold(q[:len(w)], w) {
			return true
		}
	}
	return false
}

// Begin starts a transaction that holds the write lock from the start, so
// that it cannot lose it half-way.
func (d *Database) Begin(ctx context.Context) (db.Tx, error) {
	t, err := d.write.sql.BeginTx(ctx, nil)
	if err != nil {
		return nil, d.problem(err)
	}
	return &tx{d, t}, nil
}

// Close closes both pools.
func (d *Database) Close() error {
	err := d.read.close()
	if werr := d.write.close(); err == nil {
		err = werr
	}
	return err
}

// connector opens connections of our own driver, which has our functions and
// collation; the driver registered under "sqlite" stays untouched.
type connector struct {
	driver *sqlite.Driver
	dsn    string
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }
