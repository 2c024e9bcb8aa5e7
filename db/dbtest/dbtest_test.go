package dbtest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
)

// Every test has a database of its own: each can create the same table.
func TestEachIsFresh(t *testing.T) {
	t.Parallel()
	for range 3 {
		dbtest.Each(t, func(t *testing.T, d db.DB) {
			for _, sql := range []string{"CREATE TABLE x (a text)", "INSERT INTO x VALUES ('mine')"} {
				if _, err := d.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			if n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM x"); n != 1 || err != nil {
				t.Errorf("there are %d rows, %v", n, err)
			}
		})
	}
}

func TestEachRunsBoth(t *testing.T) {
	t.Parallel()
	var ran []string
	dbtest.Each(t, func(t *testing.T, d db.DB) { ran = append(ran, d.Dialect().Name()) })
	if got := fmt.Sprint(ran); got != "[sqlite postgres]" && got != "[sqlite]" { // PostgreSQL is skipped if there is no server
		t.Errorf("the test ran on %s", got)
	}
}

// A test's schema is dropped when the test ends.
func TestSchemaIsDropped(t *testing.T) {
	t.Parallel()
	watch := dbtest.Postgres(t)
	var schema string
	t.Run("a test", func(t *testing.T) {
		d := dbtest.Postgres(t)
		var err error
		if schema, _, err = db.One[string](t.Context(), d, "SELECT current_schema()"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Exec(t.Context(), "CREATE TABLE x (a text)"); err != nil {
			t.Fatal(err)
		}
	})
	n, _, err := db.One[int64](t.Context(), watch, "SELECT count(*) FROM pg_namespace WHERE nspname = $1", schema)
	if n != 0 || schema == "" || err != nil {
		t.Errorf("%d schemas %q are left, %v", n, schema, err)
	}
}

func TestServerOfItsOwn(t *testing.T) {
	t.Parallel()
	url, stop, err := dbtest.Server()
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skipf("no server can be started here: %v", err)
	}
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		stop()
		t.Fatal(err)
	}
	folder, _, err := db.One[string](t.Context(), d, "SHOW data_directory")
	if err != nil {
		t.Error(err)
	}
	_ = d.Close()
	stop()
	if _, err := os.Stat(filepath.Dir(folder)); !os.IsNotExist(err) {
		t.Errorf("the folder %s is left: %v", folder, err)
	}
	if _, err := postgres.Open(t.Context(), url); err == nil {
		t.Error("a stopped server accepts connections")
	}
}

// Folders of servers that have ended are removed. Those of servers that are
// running or being created stay; initdb's own server writes its pid negative.
func TestClearLeftovers(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	ended := exec.CommandContext(t.Context(), "true")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	gone, here := ended.Process.Pid, os.Getpid()
	leftovers := map[string]struct {
		pid   string
		stays bool
	}{
		"running": {fmt.Sprintf("%d\n/some/folder\n", here), true}, "being-made": {fmt.Sprintf("-%d\n", here), true}, "empty": {"", true}, "no-number": {"soon", true},
		"ended": {fmt.Sprintf("%d\n/some/folder\n", gone), false}, "ended-being-made": {fmt.Sprintf("-%d\n", gone), false},
	}
	for name, l := range leftovers {
		data := filepath.Join(folder, "gorgon-postgres-"+name, "data")
		if err := os.MkdirAll(data, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(data, "postmaster.pid"), []byte(l.pid), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(folder, "gorgon-postgres-new"), 0o700); err != nil {
		t.Fatal(err)
	}
	leftovers["new"] = struct {
		pid   string
		stays bool
	}{"", true}
	dbtest.ClearLeftovers()
	for name, l := range leftovers {
		_, err := os.Stat(filepath.Join(folder, "gorgon-postgres-"+name))
		if (err == nil) != l.stays {
			t.Errorf("%s: stays %t, want %t", name, err == nil, l.stays)
		}
	}
}
