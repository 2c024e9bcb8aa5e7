// Package postgres implements db.DB on PostgreSQL 14 or newer. It is the only
// package that imports pgx.
//
//	d, err := postgres.Open(ctx, "postgres://shop:secret@localhost:5432/shop")
//
// Every connection runs in UTC, without parallel workers and just-in-time compilation
// unless the URL asks for them (…?max_parallel_workers_per_gather=2&jit=on). pgx prepares each statement once per connection
// and keeps it. Decimals are numeric, timestamps are timestamptz(3), and text
// has the collation "C", which sorts by bytes as SQLite does.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"strings"

	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// A Database is a pool of connections. It implements db.DB.
type Database struct {
	pool *pgxpool.Pool
	sql  *sql.DB
}

// maxConns is the number of connections unless the URL has pool_max_conns.
const maxConns = 16

// short are settings for many short statements, unless the URL has others. Workers
// and compiled expressions pay off in statements of seconds: a count that stops at
// 10,000 took five times as long with them.
var short = []struct{ name, value string }{{"max_parallel_workers_per_gather", "0"}, {"jit", "off"}}

// Open connects to postgres://user:password@host:port/database?options, with the
// options of libpq and pgxpool, such as pool_max_conns. If the server cannot be
// reached, the error is a fault of type Unavailable that names the host and the
// reason. A database whose encoding is not UTF8 is refused. No error contains the URL, which may hold a password.
func Open(ctx context.Context, url string) (*Database, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fault.New(fault.InvalidData, "invalid PostgreSQL URL: want postgres://user:password@host:5432/database, with %%40 for an @, %%23 for a # and %%2F for a / in the password, and valid values of parameters such as sslmode")
	}
	if !strings.Contains(url, "pool_max_conns") {
		cfg.MaxConns = maxConns
	}
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC" // for times that the server formats
	for _, p := range short {
		if _, given := cfg.ConnConfig.RuntimeParams[p.name]; !given {
			cfg.ConnConfig.RuntimeParams[p.name] = p.value
		}
	}
	cfg.ConnConfig.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		f := pgproto3.NewFrontend(r, w)
		f.SetMaxBodyLen(db.MaxRow)
		return f
	}
	cfg.AfterConnect = func(_ context.Context, c *pgx.Conn) error {
		c.TypeMap().RegisterType(&pgtype.Type{Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC}})
		return nil
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, problem(err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, notOpened(ctx, url, &cfg.ConnConfig.Config, err)
	}
	if err := isUTF8(ctx, pool); err != nil {
		pool.Close()
		return nil, err
	}
	return &Database{pool, stdlib.OpenDBFromPool(pool)}, nil
}

// isUTF8 returns an error if the database keeps text in another encoding, which
// lacks most characters.
func isUTF8(ctx context.Context, pool *pgxpool.Pool) error {
	return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
		if encoding := c.Conn().PgConn().ParameterStatus("server_encoding"); encoding != "UTF8" {
			return fault.New(fault.InvalidData, "the PostgreSQL database keeps text as %s; it must be UTF8: create it with createdb --encoding=UTF8 --template=template0", encoding)
		}
		return nil
	})
}

// Dialect returns the dialect of PostgreSQL.
func (d *Database) Dialect() db.Dialect { return dialect{} }

// Readers returns the number of connections of the pool.
func (d *Database) Readers() int { return int(d.pool.Config().MaxConns) }

// SQL returns the same pool as a database/sql handle.
func (d *Database) SQL() *sql.DB { return d.sql }

// Query runs a statement that returns rows, on any connection.
func (d *Database) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	return ask(ctx, d.pool, query, args)
}

// Exec runs a statement on any connection.
func (d *Database) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return run(ctx, d.pool, query, args)
}

// Begin starts a transaction at the server's default isolation level.
func (d *Database) Begin(ctx context.Context) (db.Tx, error) {
	t, err := d.pool.Begin(ctx)
	if err != nil {
		return nil, problem(err)
	}
	return &tx{t}, nil
}

// Snapshot starts a transaction that only reads, and sees the data as it is now.
func (d *Database) Snapshot(ctx context.Context) (db.Tx, error) {
	t, err := d.pool.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, problem(err)
	}
	if _, err := t.Exec(ctx, "SELECT 1"); err != nil { // the server takes the snapshot at the first statement
		_ = t.Rollback(context.WithoutCancel(ctx)) // err is what matters
		return nil, problem(err)
	}
	return &tx{t}, nil
}

// Close closes all connections.
func (d *Database) Close() error {
	err := d.sql.Close()
	d.pool.Close()
	return err
}

// querier is implemented by pools and transactions.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

func ask(ctx context.Context, q querier, query string, args []any) (db.Rows, error) {
	values, err := bind(args)
	if err != nil {
		return nil, err
	}
	r, err := q.Query(ctx, query, values...)
	if err != nil {
		return nil, problem(err)
	}
	return &rows{r}, nil
}

func run(ctx context.Context, q querier, query string, args []any) (int64, error) {
	values, err := bind(args)
	if err != nil {
		return 0, err
	}
	tag, err := q.Exec(ctx, query, values...)
	return tag.RowsAffected(), problem(err)
}

// rows converts the errors of a result, which pgx reports at its end.
type rows struct{ pgx.Rows }

func (r *rows) Err() error { return problem(r.Rows.Err()) }

type tx struct{ tx pgx.Tx }

func (t *tx) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	return ask(ctx, t.tx, query, args)
}

func (t *tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return run(ctx, t.tx, query, args)
}

func (t *tx) Commit(ctx context.Context) error { return problem(t.tx.Commit(ctx)) }

func (t *tx) Rollback(ctx context.Context) error {
	if err := t.tx.Rollback(ctx); !errors.Is(err, pgx.ErrTxClosed) {
		return problem(err)
	}
	return nil
}
