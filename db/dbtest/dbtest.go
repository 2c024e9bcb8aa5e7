// Package dbtest gives every test a fresh database, on both dialects.
//
//	dbtest.Each(t, func(t *testing.T, d db.DB) { … })
//
// runs the function as the subtests "sqlite" and "postgres". SQLite is a file
// in the test's own folder. PostgreSQL is the server named by
// GORGON_TEST_POSTGRES, else one started here from installed binaries; each
// test has a schema of its own. Without a server the PostgreSQL half is
// skipped, loudly; with CI=true that is a failure.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

// Each runs the test on a fresh database of each dialect.
func Each(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite is a fresh SQLite database, gone when the test ends.
func SQLite(t testing.TB) db.DB {
	t.Helper()
	d, err := sqlite.Open(filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// Postgres is a fresh schema of the test server, gone when the test ends.
func Postgres(t testing.TB) db.DB {
	t.Helper()
	d, err := postgres.Open(t.Context(), PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// PostgresURL is the URL of a fresh schema of the test server, dropped when
// the test ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	u, name := fresh(t, "CREATE SCHEMA %s", "DROP SCHEMA %s CASCADE")
	q := u.Query()
	q.Set("search_path", name)
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String()
}

// PostgresDatabase is the URL of a fresh database of the test server, a copy
// of the database template or, if that is "", without a table. It is dropped
// when the test ends. It is for dumps, which name the schema of each table;
// other tests use PostgresURL, which is faster.
func PostgresDatabase(t testing.TB, template string) string {
	t.Helper()
	if template == "" {
		template = "template0"
	}
	u, name := fresh(t, "CREATE DATABASE %s TEMPLATE "+template, "DROP DATABASE IF EXISTS %s WITH (FORCE)")
	q := u.Query()
	q.Del("search_path")
	q.Set("pool_max_conns", "4")
	u.Path, u.RawQuery = "/"+name, q.Encode()
	return u.String()
}

var made atomic.Int64

// fresh runs create with a new name, and drop with it when the test ends. It
// returns the URL of the server and the name.
func fresh(t testing.TB, create, drop string) (u *url.URL, name string) {
	t.Helper()
	base := server(t)
	admin, err := postgres.Open(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	name = fmt.Sprintf("test_%d_%d", os.Getpid(), made.Add(1))
	if _, err := admin.Exec(t.Context(), fmt.Sprintf(create, name)); err != nil {
		_ = admin.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if _, err := admin.Exec(ctx, fmt.Sprintf(drop, name)); err != nil {
			t.Errorf("%s: %v", fmt.Sprintf(drop, name), err)
		}
		_ = admin.Close()
	})
	if u, err = url.Parse(base); err != nil {
		t.Fatal("GORGON_TEST_POSTGRES is not a URL")
	}
	return u, name
}

// started is the server this process started, if it had to.
var started = sync.OnceValues(start)

func server(t testing.TB) string {
	t.Helper()
	if u := os.Getenv("GORGON_TEST_POSTGRES"); u != "" {
		return u
	}
	u, err := started()
	if err == nil {
		return u
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("PostgreSQL is not tested: %v", err)
	}
	fmt.Fprintf(os.Stderr, "\n*** %s: PostgreSQL IS NOT TESTED: %v\n*** install it, or set GORGON_TEST_POSTGRES=postgres://…\n", t.Name(), err)
	t.Skipf("PostgreSQL is not tested: %v", err)
	return ""
}
