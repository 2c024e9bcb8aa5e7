package file_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/file/filetest"
)

func TestProviders(t *testing.T) {
	t.Parallel()
	t.Run("local", func(t *testing.T) {
		folder := filepath.Join(t.TempDir(), "below", "files")
		filetest.Conform(t, file.NewLocal(folder, ""))
		if left, err := os.ReadDir(folder); len(left) > 0 || err != nil {
			t.Errorf("the folder holds %v, %v", left, err)
		}
	})
	t.Run("memory", func(t *testing.T) {
		m := &filetest.Memory{}
		filetest.Conform(t, m)
		if m.Len() > 0 {
			t.Errorf("it holds %d files", m.Len())
		}
	})
}

func text(content io.Reader) *file.File { return &file.File{Type: file.Text, Content: content} }

// Nobody else on the machine reads the files, and their names are those of URLs.
func TestFilesOfAFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "files")
	for url, want := range map[string]string{"": "/static/", "https://cdn.example.com/": "https://cdn.example.com/", "https://shop.example.com/static": "https://shop.example.com/static/"} {
		p := file.NewLocal(folder, url)
		stored, err := p.Create(t.Context(), text(strings.NewReader("a")))
		if err != nil || stored.URL != want+stored.ID || !strings.HasSuffix(stored.ID, ".txt") {
			t.Errorf("%q: %+v, %v", url, stored, err)
		}
		for path, mode := range map[string]fs.FileMode{folder: fs.ModeDir | 0o700, filepath.Join(folder, stored.ID): 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode() != mode {
				t.Errorf("%s: %v, %v", path, info, err)
			}
		}
	}
}

// Only files that Local made are served: no folder, no link to elsewhere, nothing
// unfinished, no name of another form.
func TestOnlyFilesOfTheProviderAreServed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret")
	p := file.NewLocal(folder, "")
	name := func(letter string) string { return strings.Repeat(letter, 26) + ".txt" }
	for _, err := range []error{
		os.WriteFile(secret, []byte("secret"), 0o600), os.Symlink(secret, filepath.Join(folder, name("a"))), os.Mkdir(filepath.Join(folder, name("b")), 0o700),
		os.WriteFile(filepath.Join(folder, ".unfinished-"+name("c")), nil, 0o600), os.WriteFile(filepath.Join(folder, "shop.db"), nil, 0o600),
		os.WriteFile(filepath.Join(folder, strings.Repeat("d", 26)+".php"), nil, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{name("b"), ".unfinished-" + name("c"), "shop.db", strings.Repeat("d", 26) + ".php", name("A"), "../" + filepath.Base(folder) + "/" + name("a")} {
		if c, err := p.Open(t.Context(), id); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("%s: %+v, %v", id, c, err)
		}
	}
	if c, err := p.Open(t.Context(), name("a")); err == nil {
		t.Errorf("a link to another folder: %+v", c)
	}
	if err := p.Delete(t.Context(), "shop.db"); err != nil {
		t.Error(err)
	}
	for _, path := range []string{secret, filepath.Join(folder, "shop.db")} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

// What a process that died has left unfinished is removed by a later one; what
// may still be written is not.
func TestUnfinishedFilesAreRemoved(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	old, fresh := filepath.Join(folder, ".unfinished-old"), filepath.Join(folder, ".unfinished-fresh")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	p := file.NewLocal(folder, "")
	if _, err := p.Create(t.Context(), text(iotest.ErrReader(errors.New("broken")))); err == nil {
		t.Error("a broken file is kept")
	}
	if left, err := filepath.Glob(folder + "/.*"); err != nil || len(left) != 1 || left[0] != fresh {
		t.Errorf("the folder holds %q, %v", left, err)
	}
}

func TestAFolderThatCannotBe(t *testing.T) {
	t.Parallel()
	taken := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if stored, err := file.NewLocal(taken, "").Create(t.Context(), text(strings.NewReader("a"))); err == nil || stored != (file.Stored{}) {
		t.Errorf("%+v, %v", stored, err)
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	c := file.Config{}.OrDefaults("shop")
	if c.Folder != filepath.Join("shop", "gorgon-files") || c.MaxSize != 32<<20 || c.Provider == nil || c.Check() != nil {
		t.Errorf("the defaults are %+v", c)
	}
	m := &filetest.Memory{}
	if c := (file.Config{Folder: "a", MaxSize: 1, Provider: m}).OrDefaults("shop"); c.Folder != "a" || c.MaxSize != 1 || c.Provider != m {
		t.Errorf("the settings are %+v", c)
	}
	for _, c := range []file.Config{
		{MaxSize: -1}, {MaxSize: 1<<40 + 1}, {URL: "shop.example.com"}, {URL: "/static"}, {URL: "ftp://shop.example.com"}, {URL: "https://shop.example.com?a"}, {URL: "https://u:p@shop.example.com"},
		{URL: "https://shop.example.com#a"}, {URL: "https://"}, {URL: "%"},
	} {
		if err := c.Check(); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
