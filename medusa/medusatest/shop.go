package medusatest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
)

// template is the database that those of the tests are copied from, created once per
// process.
var template struct {
	sync.Mutex
	name string
}

// Shop returns the URL of a new database with the sample shop. It is dropped when the test
// ends.
func Shop(t testing.TB) string {
	t.Helper()
	return dbtest.PostgresDatabase(t, load(t))
}

// load returns the name of the template, which it creates if it does not exist yet.
func load(t testing.TB) string {
	t.Helper()
	template.Lock()
	defer template.Unlock()
	if template.name != "" {
		return template.name
	}
	dump, name := Dump(t), fmt.Sprintf("medusa_%d_template", os.Getpid())
	admin := connect(t, serverURL(t, ""))
	for _, sql := range []string{"DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name + " TEMPLATE template0"} {
		if _, err := admin.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	d := connect(t, serverURL(t, name))
	if err := dbtest.LoadDump(t.Context(), d, dump); err != nil {
		t.Fatalf("loading the sample shop: %v", err)
	}
	_ = d.Close() // a template must not be in use
	template.name = name
	return name
}

// Main runs the tests of a package that uses Shop, and then drops the template.
func Main(m *testing.M) int {
	defer func() {
		if template.name != "" && os.Getenv("GORGON_TEST_POSTGRES") != "" {
			dropTemplate(os.Getenv("GORGON_TEST_POSTGRES"))
		}
	}()
	return m.Run()
}

func dropTemplate(server string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if admin, err := postgres.Open(ctx, server); err == nil {
		_, _ = admin.Exec(ctx, "DROP DATABASE IF EXISTS "+template.name+" WITH (FORCE)") // the server is for tests
		_ = admin.Close()
	}
}

// serverURL returns the URL of a database of the test server; "" means the default one.
func serverURL(t testing.TB, database string) string {
	t.Helper()
	u, err := url.Parse(dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Del("search_path")
	u.RawQuery = q.Encode()
	if database != "" {
		u.Path = "/" + database
	}
	return u.String()
}

func connect(t testing.TB, url string) db.DB {
	t.Helper()
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
