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
func SQLite(t testing.TB) db.DB {
	t.Helper()
	d, err := sqlite.Open(filepath.Join(t.TempDir(), "test.db"))
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

var schemas atomic.Int64

// PostgresURL returns the URL of an empty schema of the test server, which is
// dropped when the test ends.
func PostgresURL(t testing.TB) string {
	t.Helper()
	base := server(t)
	admin, err := postgres.Open(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := admin.Exec(t.Context(), "CREATE SCHEMA "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if _, err := admin.Exec(ctx, "DROP SCHEMA "+name+" CASCADE"); err != nil {
			t.Errorf("dropping the test's schema: %v", err)
		}
		_ = admin.Close()
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal("GORGON_TEST_POSTGRES is not a URL")
	}
	q := u.Query()
	q.Set("search_path", name)
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String()
}

// started starts a server for this process, once.
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
