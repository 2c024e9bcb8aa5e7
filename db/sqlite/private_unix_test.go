//go:build unix

package sqlite_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

// The files of a shop are its owner's alone, also where new files are open to
// everyone. The umask is the process's, so that this test is not parallel.
func TestNewFilesArePrivate(t *testing.T) {
	old := syscall.Umask(0)
	defer syscall.Umask(old)
	folder := t.TempDir()
	link := filepath.Join(folder, "link.db")
	if err := os.Symlink("target.db", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "new.db"), link} {
		d, err := sqlite.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, d, "CREATE TABLE x (a)")
		defer d.Close() //nolint:errcheck // the test ends
	}
	want := map[string]fs.FileMode{}
	for _, name := range []string{"new.db", "target.db"} {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			want[name+suffix] = 0o600
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); e.Name() != "link.db" && mode != want[e.Name()] {
			t.Errorf("%s has the mode %o", e.Name(), mode)
		}
		delete(want, e.Name())
	}
	if len(want) > 0 {
		t.Errorf("these files are missing: %v", want)
	}
}

// The mode of a file that exists is the owner's choice.
func TestOldFilesKeepTheirMode(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, nil, 0o640); err != nil { //nolint:gosec // the mode is what is tested
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil { //nolint:gosec // likewise
		t.Fatal(err)
	}
	d, err := sqlite.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() //nolint:errcheck // the test ends
	mustExec(t, d, "CREATE TABLE x (a)")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
