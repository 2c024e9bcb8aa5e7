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

var schemas atomic.Int64

// PostgresURL is the URL of a fresh schema of the test server, dropped when
// the test ends.
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
		t.Fatal("GORGON_TEST_POSTGRES is no URL")
	}
	q := u.Query()
	q.Set("search_path", name)
	q.Set("pool_max_conns", "8")
	u.RawQuery = q.Encode()
	return u.String()
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
