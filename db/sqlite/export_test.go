package sqlite

import (
	"context"
	"database/sql"
	"time"
)

// OpenWithin is Open with a different time to wait for locks.
func OpenWithin(path string, busy time.Duration) (*Database, error) {
	return open(path, Options{}, busy)
}

// Kept returns the number of statements that the writer keeps, and their bytes of
// SQL.
func (d *Database) Kept(ctx context.Context) (statements, text int, err error) {
	return kept(ctx, d.write)
}

func kept(ctx context.Context, pool *sql.DB) (statements, text int, err error) {
	c, err := pool.Conn(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer c.Close() //nolint:errcheck // back to the pool
	err = c.Raw(func(driverConn any) error {
		statements, text = len(driverConn.(*conn).kept), driverConn.(*conn).text
		return nil
	})
	return statements, text, err
}

// Like is the function behind ilike.
func Like(pattern, text string) bool { return like([]rune(pattern), []rune(text)) }

// Bind is bind.
func Bind(args []any) ([]any, error) { return bind(args) }
