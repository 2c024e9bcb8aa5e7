package shop

import (
	"context"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

// CheckDatabase returns an error unless a URL is that of a database: sqlite:FILE or
// postgres://…. The error does not repeat it.
func CheckDatabase(url string) error {
	if _, ok := SQLitePath(url); ok || isPostgres(url) {
		return nil
	}
	return fault.New(fault.InvalidData, "invalid database URL: want sqlite:FILE or postgres://user:password@host:5432/name%s", meantFile(url))
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres:") || strings.HasPrefix(url, "postgresql:")
}

// OpenDatabase opens the database that a URL names: postgres://…, or
// sqlite:FILE, with ?synchronous=normal or off for who prefers speed to
// durable commits. Errors never repeat the URL of a server, which may hold a
// password.
func OpenDatabase(ctx context.Context, url string) (db.DB, error) {
	if path, ok := SQLitePath(url); ok {
		o, err := sqliteOptions(url)
		if err != nil {
			return nil, err
		}
		return sqlite.OpenWith(path, o)
	}
	if isPostgres(url) {
		return postgres.Open(ctx, url)
	}
	return nil, CheckDatabase(url)
}

// meantFile suggests the URL of a file that is named without sqlite:, as the end
// of a message. It repeats nothing that may be the URL of a server.
func meantFile(path string) string {
	if path == "" || strings.ContainsAny(path, ":@?") {
		return ""
	}
	if kind := filepath.Ext(path); kind != ".db" && kind != ".sqlite" && kind != ".sqlite3" {
		return ""
	}
	return "; did you mean sqlite:" + fault.Clip(path) + "?"
}

// SQLitePath returns the file that the URL of an SQLite database names, without
// the parameters; ok is false for any other URL.
func SQLitePath(url string) (path string, ok bool) {
	rest, ok := strings.CutPrefix(url, "sqlite:")
	path, _, _ = strings.Cut(strings.TrimPrefix(rest, "//"), "?")
	return path, ok && path != ""
}

// sqliteOptions returns the options in the parameters of an SQLite URL.
func sqliteOptions(rawURL string) (o sqlite.Options, err error) {
	_, text, _ := strings.Cut(rawURL, "?")
	parameters, err := url.ParseQuery(text)
	if err != nil {
		return o, fault.New(fault.InvalidData, "invalid parameters of the SQLite URL: want sqlite:FILE?synchronous=normal; a file name cannot contain a question mark")
	}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		values := parameters[name]
		if name != "synchronous" || len(values) != 1 {
			return o, fault.New(fault.InvalidData, "the SQLite URL has the parameter %q; the only one is synchronous, which may be given once; a file name cannot contain a question mark", fault.Clip(name))
		}
		if o.Synchronous = sqlite.Synchronous(strings.ToLower(values[0])); o.Synchronous == "" {
			return o, fault.New(fault.InvalidData, "synchronous in the SQLite URL is empty; want full, normal or off")
		}
	}
	return o, nil
}
