package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// newPool is a database/sql pool of at most size connections of our own
// driver, which has our functions and collation; the driver registered under
// "sqlite" stays untouched.
func newPool(dsn string, size int) *sql.DB {
	p := sql.OpenDB(connector{newDriver(), dsn})
	p.SetMaxOpenConns(size)
	p.SetMaxIdleConns(size)
	p.SetConnMaxIdleTime(5 * time.Minute)
	return p
}

type connector struct {
	driver *sqlite.Driver
	dsn    string
}

func (c connector) Driver() driver.Driver { return c.driver }

func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return &conn{driverConn: opened.(driverConn), kept: map[string]driverStmt{}}, nil
}

// The statements that a connection keeps prepared are bounded by their number
// and by their text together: a prepared statement takes up to thirty times
// its text in memory. One of more text than keptLength, a batch of rows, is
// prepared each time: that costs little beside running it.
const (
	keptStatements = 500
	keptText       = 1 << 19
	keptLength     = 1 << 16
)

// driverConn is what the driver's connections can do.
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

// driverStmt is what the driver's statements can do.
type driverStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is a connection that keeps its statements prepared. database/sql lets
// one goroutine at a time use it. A statement that is running is not among the
// kept ones, so that the same query, asked again while its rows are being
// read, gets a statement of its own.
type conn struct {
	driverConn
	kept map[string]driverStmt
	text int // bytes of the kept statements' text
}

// keeps reports whether a statement is worth keeping. Only those that read or
// write rows are: a PRAGMA may do its work while it is prepared.
func keeps(query string) bool {
	return len(query) <= keptLength && begins(query, "SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
}

// take removes the statement for a query from the kept ones, or prepares it.
func (c *conn) take(ctx context.Context, query string) (driverStmt, error) {
	if s := c.kept[query]; s != nil {
		delete(c.kept, query)
		c.text -= len(query)
		return s, nil
	}
	s, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.(driverStmt), nil
}

// give keeps a statement that has run. When there are too many, all are
// dropped: plans are few, so that happens only under odd loads.
func (c *conn) give(query string, s driverStmt) {
	if c.kept[query] != nil { // its rows were read beside another's
		_ = s.Close() // a statement that was prepared closes
		return
	}
	if len(c.kept) >= keptStatements || c.text+len(query) > keptText {
		c.forget()
	}
	c.kept[query] = s
	c.text += len(query)
}

func (c *conn) forget() {
	for _, s := range c.kept {
		_ = s.Close() // a statement that was prepared closes
	}
	clear(c.kept)
	c.text = 0
}

// ExecContext runs a statement. The driver answers no result at all for text
// without any statement, such as a comment; that changed no rows.
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

// QueryContext runs a statement that answers rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !keeps(query) {
		return c.driverConn.QueryContext(ctx, query, args)
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
	return &keptRows{r.(driverRows), c, query, s}, nil
}

// Close closes the kept statements and the connection.
func (c *conn) Close() error {
	c.forget()
	return c.driverConn.Close()
}

// driverRows is what the driver's rows can do.
type driverRows interface {
	driver.Rows
	driver.RowsColumnTypeScanType
	driver.RowsColumnTypeDatabaseTypeName
}

// keptRows are rows whose statement goes back when they are closed.
type keptRows struct {
	driverRows
	conn  *conn
	query string
	stmt  driverStmt
}

func (r *keptRows) Close() error {
	err := r.driverRows.Close()
	if r.stmt != nil {
		r.conn.give(r.query, r.stmt)
		r.stmt = nil
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
