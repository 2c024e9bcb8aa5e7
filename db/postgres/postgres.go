// Package postgres is Gorgon's database on PostgreSQL 14 or newer, and the
// only importer of pgx.
//
// Statements are prepared once per connection and kept by pgx. Decimals are
// numeric, timestamps timestamptz with milliseconds, text compares by bytes
// (COLLATE "C") so that it sorts as in SQLite.
package postgres

import (
	"context"
	"database/sql"
	"errors"

	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Database is a pool of connections. It implements db.DB.
type Database struct {
	pool *pgxpool.Pool
	sql  *sql.DB
}

// Open connects to postgres://user:password@host:port/database?options. The
// options are libpq's and pgxpool's (pool_max_conns …). A server that does not
// answer is an error of type unavailable; no message repeats the URL, which
// may hold a password.
func Open(ctx context.Context, url string) (*Database, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fault.New(fault.InvalidData, "the PostgreSQL URL cannot be read; it looks like postgres://user:password@host:5432/database")
	}
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC" // the text that the server makes of a time is in UTC
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
		return nil, problem(err)
	}
	return &Database{pool, stdlib.OpenDBFromPool(pool)}, nil
}

// Dialect is PostgreSQL's.
func (d *Database) Dialect() db.Dialect { return dialect{} }

// SQL is the same pool behind database/sql.
func (d *Database) SQL() *sql.DB { return d.sql }

// Query runs a statement on any connection.
func (d *Database) Query(ctx context.Context, query string, args ...any) (db.Rows, error) {
	return ask(ctx, d.pool, query, args)
}

// Exec runs a statement on any connection.
func (d *Database) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return run(ctx, d.pool, query, args)
}

// Begin starts a transaction at the database's default isolation level.
func (d *Database) Begin(ctx context.Context) (db.Tx, error) {
	t, err := d.pool.Begin(ctx)
	if err != nil {
		return nil, problem(err)
	}
	return &tx{t}, nil
}

// Close closes every connection.
func (d *Database) Close() error {
	err := d.sql.Close()
	d.pool.Close()
	return err
}

// querier is what a pool and a transaction have in common.
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

// rows reads a result; pgx reports what the server found wrong only at its end.
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
