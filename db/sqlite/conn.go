package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"time"

	"modernc.org/sqlite"

	"github.com/gorgon-commerce/gorgon/db"
)

// newPool returns a pool of at most size connections of newDriver. It does not
// touch the driver that is registered as "sqlite".
func newPool(dsn string, size int, reads bool) *sql.DB {
	p := sql.OpenDB(connector{newDriver(), dsn, reads})
	p.SetMaxOpenConns(size)
	p.SetMaxIdleConns(size)
	p.SetConnMaxIdleTime(5 * time.Minute)
	return p
}

type connector struct {
	driver *sqlite.Driver
	dsn    string
	reads  bool // its connections only read
}

func (c connector) Driver() driver.Driver { return c.driver }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	h, err := handleOf(opened)
	if err != nil {
		_ = opened.Close() // err is what matters
		return nil, err
	}
	if c.reads {
		h.limitLength(db.MaxRow)
	}
	return &conn{driverConn: opened.(driverConn), handle: h, kept: map[string]keptStmt{}}, nil
}

// A connection keeps at most keptStatements prepared statements with keptText
// bytes of SQL in total, because a prepared statement takes up to thirty times
// its text in memory. Statements longer than keptLength, which are batches of
// rows, are prepared each time: that costs little compared with running them.
const (
	keptStatements = 500
	keptText       = 1 << 19
	keptLength     = 1 << 16
)

// driverConn is implemented by the driver's connections.
type driverConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// driverStmt is implemented by the driver's statements.
type driverStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is a connection that keeps its statements prepared. database/sql lets
// one goroutine use it at a time. A running statement is not among the kept
// ones, so the same query, run again while its rows are being read, gets a
// statement of its own.
type conn struct {
	driverConn
	handle handle
	kept   map[string]keptStmt
	text   int    // bytes of the kept statements' text
	uses   uint64 // of kept statements, to tell the last use of each
}

// keptStmt is a prepared statement that is not running.
type keptStmt struct {
	driverStmt
	used uint64 // higher than that of statements used before
}

// keeps reports whether a statement is kept prepared. Only those that read or
// write rows are: a PRAGMA may take effect while it is being prepared.
func keeps(query string) bool {
	return len(query) <= keptLength && begins(query, "SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
}

// take removes the statement for a query from the kept ones, or prepares it.
func (c *conn) take(ctx context.Context, query string) (driverStmt, error) {
	if s, ok := c.kept[query]; ok {
		delete(c.kept, query)
		c.text -= len(query)
		return s.driverStmt, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(driverStmt), nil
}

// give keeps a statement that has run, in place of those that were not used for
// longest if there are too many.
func (c *conn) give(query string, s driverStmt) {
	if _, ok := c.kept[query]; ok { // the same query ran twice at once
		_ = s.Close() // closing a prepared statement cannot fail
		return
	}
	for len(c.kept) > 0 && (len(c.kept) >= keptStatements || c.text+len(query) > keptText) {
		c.drop()
	}
	c.uses++
	c.kept[query] = keptStmt{s, c.uses}
	c.text += len(query)
}

// drop closes the statement that was not used for longest.
func (c *conn) drop() {
	oldest := ""
	for query, s := range c.kept {
		if oldest == "" || s.used < c.kept[oldest].used {
			oldest = query
		}
	}
	_ = c.kept[oldest].Close() // closing a prepared statement cannot fail
	delete(c.kept, oldest)
	c.text -= len(oldest)
}

func (c *conn) forget() {
	for _, s := range c.kept {
		_ = s.Close() // closing a prepared statement cannot fail
	}
	clear(c.kept)
	c.text = 0
}

// ExecContext runs a statement. For text without a statement, such as a comment,
// the driver returns a nil result; ExecContext returns one without changes.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	r, err := c.exec(ctx, query, args)
	if r == nil && err == nil {
		return driver.RowsAffected(0), nil
	}
	return r, err
}

func (c *conn) exec(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !keeps(query) {
		return c.driverConn.ExecContext(ctx, query, args)
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer c.give(query, s)
	return s.ExecContext(ctx, args)
}

// QueryContext runs a statement that returns rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !keeps(query) {
		r, err := c.driverConn.QueryContext(ctx, query, args)
		if err != nil {
			return nil, err
		}
		return &watchedRows{driverRows: r.(driverRows), watch: c.handle.watch(ctx)}, nil
	}
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	r, err := s.QueryContext(ctx, args)
	if err != nil {
		c.give(query, s)
		return nil, err
	}
	return &watchedRows{driverRows: r.(driverRows), watch: c.handle.watch(ctx), done: func() { c.give(query, s) }}, nil
}

// Close closes the kept statements and the connection.
func (c *conn) Close() error {
	c.forget()
	return c.driverConn.Close()
}

// driverRows is implemented by the driver's rows.
type driverRows interface {
	driver.Rows
	driver.RowsColumnTypeScanType
	driver.RowsColumnTypeDatabaseTypeName
}

// watchedRows are rows that end with their context, between two of them and
// inside one.
type watchedRows struct {
	driverRows
	watch *watch
	done  func() // gives a kept statement back; may be nil
}

func (r *watchedRows) Next(dest []driver.Value) error {
	err := r.driverRows.Next(dest)
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return r.watch.because(err)
}

func (r *watchedRows) Close() error {
	r.watch.end()
	err := r.driverRows.Close()
	if r.done != nil {
		r.done()
		r.done = nil
	}
	return err
}

// begins reports whether a statement begins with one of the words.
func begins(query string, words ...string) bool {
	q := strings.TrimLeft(query, " \n\t\r(")
	for _, w := range words {
		if len(q) >= len(w) && strings.EqualFold(q[:len(w)], w) {
			return true
		}
	}
	return false
}
