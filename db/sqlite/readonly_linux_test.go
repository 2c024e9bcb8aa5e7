package sqlite_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/fault"
)

// shared returns a folder in which every user may create files.
func shared(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, f := range []string{filepath.Dir(folder), folder} {
		if err := os.Chmod(f, 0o777); err != nil { // gone when the test ends
			t.Fatal(err)
		}
	}
	return folder
}

// nobody makes the kernel check file permissions as for an unprivileged user for
// the rest of the test, because root may write read-only files.
func nobody(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	runtime.LockOSThread() // not unlocked: the thread ends with the test
	if err := syscall.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	folder := shared(t)
	path := filepath.Join(folder, "shop.db")
	d, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, d, "CREATE TABLE x (a)")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for name, modes := range map[string]struct{ file, folder os.FileMode }{
		"file":            {0o444, 0o777},
		"file and folder": {0o444, 0o555},
		"folder":          {0o666, 0o555}, // SQLite needs two more files there
		"unreadable":      {0o000, 0o777},
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.Chmod(path, modes.file); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(folder, modes.folder); err != nil {
				t.Fatal(err)
			}
			nobody(t)
			d, err := sqlite.Open(path)
			if err == nil {
				_, err = d.Exec(t.Context(), "INSERT INTO x VALUES (1)")
				_ = d.Close()
			}
			if fault.TypeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), path) {
				t.Errorf("the error is %s: %v", fault.TypeOf(err), err)
			}
			t.Log(err)
		})
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // so that it can be removed
}

func TestNewFileInAReadOnlyFolder(t *testing.T) {
	t.Parallel()
	folder := shared(t)
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Run("open", func(t *testing.T) {
		nobody(t)
		_, err := sqlite.Open(filepath.Join(folder, "new.db"))
		if fault.TypeOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "new.db cannot be opened") {
			t.Errorf("the error is %s: %v", fault.TypeOf(err), err)
		}
	})
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
}
