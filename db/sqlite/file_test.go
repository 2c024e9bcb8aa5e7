package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestOddPaths(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"plain.db", "a space.db", "100%.db", "%41.db", "what?.db", "what?mode=memory.db", "sharp#1.db", "ümlaut ß 東京.db", "a&b=c;d.db", "quote's \"x\".db", "-dash.db", "no extension",
		"back\\slash.db", "new\nline.db", "plus+.db", "file:x.db", "\xff.db", "a//b.db", "./c.db",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			path := folder + "/" + name
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			d, err := sqlite.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			if d.Path() != path {
				t.Errorf("the path is %q", d.Path())
			}
			mustExec(t, d, "CREATE TABLE x (a)")
			mustExec(t, d, "INSERT INTO x VALUES (1)")
			if err := d.Close(); err != nil {
				t.Fatal(err)
			}
			var files []string
			if err := filepath.WalkDir(folder, func(p string, e fs.DirEntry, err error) error {
				if !e.IsDir() {
					files = append(files, p)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if len(files) != 1 || files[0] != filepath.Clean(path) {
				t.Errorf("the folder holds %q, want %q alone", files, path)
			}
			again, err := sqlite.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close() //nolint:errcheck // the test ends
			if n, _, err := db.One[int64](t.Context(), again, "SELECT a FROM x"); n != 1 || err != nil {
				t.Errorf("the file holds %d, %v", n, err)
			}
		})
	}
}

func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	d, err := sqlite.Open("shop.db")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test ends
	if _, err := os.Stat("shop.db"); err != nil {
		t.Error(err)
	}
}

// The error for a file that cannot be opened names it.
func TestWrongFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, test := range map[string]struct {
		path, says string
		typ        fault.Type
	}{
		"missing folder":  {filepath.Join(folder, "no", "where.db"), "the folder " + filepath.Join(folder, "no") + " does not exist", fault.Unavailable},
		"a folder":        {folder, "cannot be opened: it is a folder; name a file in it", fault.Unavailable},
		"under a file":    {filepath.Join(write("file.txt", nil), "x.db"), "cannot be opened", fault.Unavailable},
		"text":            {write("text.db", bytes.Repeat([]byte("This is not a database. "), 100)), "is not an SQLite database", fault.Unavailable},
		"a short text":    {write("short.db", []byte("hello")), "is not an SQLite database", fault.Unavailable},
		"a broken header": {write("header.db", append([]byte("SQLite format 3\x00"), bytes.Repeat([]byte{0xff}, 4000)...)), "is not an SQLite database", fault.Unavailable},
		"no path":         {"", "is not a valid path of an SQLite file", fault.InvalidData},
		"memory":          {":memory:", "is not a valid path of an SQLite file", fault.InvalidData},
		"a NUL":           {filepath.Join(folder, "a\x00b.db"), "is not a valid path of an SQLite file", fault.InvalidData},
	} {
		d, err := sqlite.Open(test.path)
		if err == nil {
			_ = d.Close()
			t.Errorf("%s: it was opened", name)
			continue
		}
		if fault.TypeOf(err) != test.typ || !strings.Contains(err.Error(), test.says) || test.typ == fault.Unavailable && !strings.Contains(err.Error(), test.path) {
			t.Errorf("%s: the error is %s: %v", name, fault.TypeOf(err), err)
		}
	}
	if content, err := os.ReadFile(filepath.Join(folder, "short.db")); err != nil || string(content) != "hello" {
		t.Errorf("opening changed the file to %q, %v", content, err)
	}
}

func TestDamagedFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.db")
	d, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, d, "CREATE TABLE x (id integer PRIMARY KEY, a text)")
	mustExec(t, d, "CREATE INDEX x_a ON x (a)")
	mustExec(t, d, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO x SELECT i, 'row ' || i FROM n")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ { // all but the first page
		content[i] = 0x5a
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err = sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test ends
	_, err = db.Collect[string](t.Context(), d, "SELECT a FROM x ORDER BY id")
	if fault.TypeOf(err) != fault.Unavailable || !strings.HasSuffix(err.Error(), path+" is damaged") {
		t.Errorf("reading: %s: %v", fault.TypeOf(err), err)
	}
	_, err = d.Exec(t.Context(), "INSERT INTO x (a) VALUES ('more')")
	if fault.TypeOf(err) != fault.Unavailable {
		t.Errorf("writing: %s: %v", fault.TypeOf(err), err)
	}
	err = db.Do(t.Context(), d, func(ctx context.Context) error {
		_, err := db.Use(ctx, d).Exec(ctx, "UPDATE x SET a = 'new'")
		return err
	})
	if fault.TypeOf(err) != fault.Unavailable {
		t.Errorf("a transaction: %s: %v", fault.TypeOf(err), err)
	}
}

// A file that must not grow is like a full disk.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "PRAGMA max_page_count = 20")
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		for {
			if _, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO parent VALUES (hex(randomblob(1000)))"); err != nil {
				return err
			}
		}
	})
	if fault.TypeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "the disk is full") {
		t.Fatalf("the error is %v", err)
	}
	if n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM parent"); n != 1 || err != nil {
		t.Errorf("%d parents are left, %v; want the one from before", n, err)
	}
	mustExec(t, d, "PRAGMA max_page_count = 2000")
	mustExec(t, d, "INSERT INTO parent VALUES ('there is room again')")
}

// Writing to a file that was removed is an error.
func TestFileIsRemoved(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "PRAGMA journal_mode = DELETE") // in WAL mode SQLite does not notice
	if err := os.Remove(d.Path()); err != nil {
		t.Fatal(err)
	}
	_, err := d.Exec(t.Context(), "INSERT INTO parent VALUES ('p2')")
	if fault.TypeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "is read-only: allow this user to read and write the file") {
		t.Errorf("the error is %s: %v", fault.TypeOf(err), err)
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	d := open(t)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Exec(t.Context(), "SELECT 1"); err == nil {
		t.Error("a closed database ran a statement")
	}
	if _, err := d.Query(t.Context(), "SELECT 1"); err == nil {
		t.Error("a closed database ran a statement")
	}
	if _, err := d.Begin(t.Context()); err == nil {
		t.Error("a closed database began a transaction")
	}
	if err := d.Close(); err != nil && !errors.Is(err, sql.ErrConnDone) {
		t.Errorf("closing again: %v", err)
	}
}

func mustExec(t testing.TB, d *sqlite.Database, sql string, args ...any) {
	t.Helper()
	if _, err := d.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
