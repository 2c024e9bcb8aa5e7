package shop

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

// OpenDatabase opens the database that a URL names: sqlite:FILE or
// postgres://…. Errors never repeat the URL of a server, which may hold a
// password.
func OpenDatabase(ctx context.Context, url string) (db.DB, error) {
	if path, ok := SQLitePath(url); ok {
		return sqlite.Open(path)
	}
	if strings.HasPrefix(url, "postgres:") || strings.HasPrefix(url, "postgresql:") {
		return postgres.Open(ctx, url)
	}
	return nil, fault.New(fault.InvalidData, "invalid database URL: want sqlite:FILE or postgres://user:password@host:5432/name")
}

// SQLitePath returns the file that the URL of an SQLite database names; ok is
// false for any other URL.
func SQLitePath(url string) (path string, ok bool) {
	rest, ok := strings.CutPrefix(url, "sqlite:")
	return strings.TrimPrefix(rest, "//"), ok && rest != ""
}
