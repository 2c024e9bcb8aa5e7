package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"github.com/gorgon-commerce/gorgon/db"
)

// BeginUnchecked starts a transaction that does not enforce foreign keys. It is
// for rebuilding a table: dropping the old one would delete the rows that refer
// to it. The caller must check the foreign keys with pragma_foreign_key_check
// before Commit.
func (d *Database) BeginUnchecked(ctx context.Context) (db.Tx, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, d.problem(err)
	}
	u := &uncheckedTx{conn: conn}
	// The pragma has no effect inside a transaction, so it comes before one. No
	// one else uses the writer's one connection until it is returned.
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return nil, d.problem(u.end(err))
	}
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return nil, d.problem(u.end(err))
	}
	u.tx = &tx{d, t}
	return u, nil
}

type uncheckedTx struct {
	*tx
	conn *sql.Conn
}

func (u *uncheckedTx) Commit(ctx context.Context) error { return u.end(u.tx.Commit(ctx)) }

func (u *uncheckedTx) Rollback(ctx context.Context) error { return u.end(u.tx.Rollback(ctx)) }

// end returns the connection to the pool with foreign keys on, or discards it if
// that fails. It returns err.
func (u *uncheckedTx) end(err error) error {
	if u.conn == nil {
		return err
	}
	_, failed := u.conn.ExecContext(context.Background(), "PRAGMA foreign_keys = ON")
	var on bool
	if failed == nil {
		failed = u.conn.QueryRowContext(context.Background(), "PRAGMA foreign_keys").Scan(&on)
	}
	if failed != nil || !on {
		_ = u.conn.Raw(func(any) error { return driver.ErrBadConn }) // database/sql closes it
	}
	_ = u.conn.Close() // back to the pool
	u.conn = nil
	return err
}
