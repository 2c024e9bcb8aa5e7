// Package dbtest provides an empty database for every test, on PostgreSQL and
// SQLite. Each runs a function as the subtests "sqlite" and "postgres":
//
//	dbtest.Each(t, func(t *testing.T, d db.DB) { … })
//
// SQLite is a file in the test's temporary folder. PostgreSQL is a new schema of
// the server that GORGON_TEST_POSTGRES names, or of one that the package starts
// from installed binaries. Without a server, tests of PostgreSQL are skipped
// with a message on standard error; with CI=true they fail.
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

// Each runs test on an empty SQLite database and on an empty PostgreSQL schema.
func Each(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite returns an empty SQLite database, which is removed when the test ends.
// Like PostgreSQL of the tests, it does not wait for the disk.
func SQLite(t testing.TB) db.DB {
	t.Helper()
	d, err := sqlite.OpenWith(filepath.Join(t.TempDir(), "test.db"), sqlite.Options{Synchronous: sqlite.Off})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// Postgres returns an empty schema of the test server, which is dropped when the
// test ends.
func Postgres(t testing.TB) db.DB {
	t.Helper()
	d, err := postgres.Open(t.Context(), PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// PostgresURL returns the URL of an empty schema of the test server, which is
// dropped when the test ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	u, name := fresh(t, "CREATE SCHEMA %s", "DROP SCHEMA %s CASCADE")
	q := u.Query()
	q.Set("search_path", name)
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String()
}

// PostgresDatabase returns the URL of a new database of the test server, a copy
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
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
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

// started starts a server for this process, once.
var started = sync.OnceValues(start)

// leftOut is the value of GORGON_TEST_POSTGRES that leaves PostgreSQL out of
// the tests: for quick ones while working.
const leftOut = "none"

func server(t testing.TB) string {
	t.Helper()
	switch u := os.Getenv("GORGON_TEST_POSTGRES"); {
	case u == leftOut && os.Getenv("CI") == "true":
		t.Fatalf("PostgreSQL is left out by GORGON_TEST_POSTGRES=%s, and CI tests both databases", leftOut)
	case u == leftOut:
		t.Skipf("PostgreSQL is left out by GORGON_TEST_POSTGRES=%s", leftOut)
	case u != "":
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
