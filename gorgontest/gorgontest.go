// Package gorgontest helps shops to test themselves, on both databases.
//
//	func TestBrands(t *testing.T) {
//		gorgontest.Each(t, Shop, func(t *testing.T, app *gorgon.App) {
//			brands := module.For[Brand](app.Store, Brands)
//			…
//		})
//	}
//
// Shop is the function that assembles the App, as main uses it; gorgon.New is
// the plain one. Each test gets a database of its own with all tables. The
// PostgreSQL server is the one that GORGON_TEST_POSTGRES names, or one that is
// started from the installed binaries; without either, that part of the test
// is skipped, or fails when CI=true.
package gorgontest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Each runs a test on a shop in a new SQLite file, and on one in a new schema
// of PostgreSQL.
func Each(t *testing.T, assemble func(c gorgon.Config) *gorgon.App, test func(t *testing.T, app *gorgon.App)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, Open(t, assemble, SQLite(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, assemble, dbtest.PostgresURL(t))) })
}

// SQLite returns the URL of an SQLite file that does not exist yet, in a folder
// that goes with the test. It does not wait for the disk.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "shop.db") + "?synchronous=off"
}

// Open returns a shop that is open on a database, with all of its tables. It is
// closed when the test ends.
func Open(t testing.TB, assemble func(c gorgon.Config) *gorgon.App, database string) *gorgon.App {
	t.Helper()
	_ = os.Unsetenv("GORGON_DATABASE") // it comes before the Config: the test would change the database of the shell
	app := assemble(gorgon.Config{Database: database})
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.Close() })
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return app
}

// Token returns the bearer token of an administrator who is made for it.
func Token(t testing.TB, app *gorgon.App) string {
	t.Helper()
	const email = "admin@example.com"
	if _, err := app.Auth.CreateUser(t.Context(), email, "a long password"); err != nil {
		t.Fatal(err)
	}
	token, err := app.Auth.TokenFor(t.Context(), "user", email)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Serve serves the HTTP API of a shop until the test ends, and returns the base
// of its URLs.
func Serve(t testing.TB, app *gorgon.App) string {
	t.Helper()
	server := httptest.NewServer(app.Handler())
	t.Cleanup(server.Close)
	return server.URL
}

// Do sends a request to the HTTP API of a shop without a server, and returns
// the response.
func Do(t testing.TB, app *gorgon.App, r *http.Request) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	app.Handler().ServeHTTP(w, r)
	return w
}
