package filetest

import (
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
)

// Conform tests that a provider keeps to what file.Provider says. It keeps some small
// files, and removes them.
func Conform(t *testing.T, p file.Provider) {
	t.Helper()
	t.Run("a file is kept as it is, until it is deleted", func(t *testing.T) { keeps(t, p) })
	t.Run("each file has an id of its own, and no name of the client's", func(t *testing.T) { names(t, p) })
	t.Run("a file that breaks off is not kept", func(t *testing.T) { breaksOff(t, p) })
	t.Run("a file that does not exist is not found, and deleted", func(t *testing.T) { misses(t, p) })
}

func keeps(t *testing.T, p file.Provider) {
	for _, kind := range file.Types() {
		content := strings.Repeat(kind.Media+"\x00\r\n", 10_000)
		stored := create(t, p, &file.File{Name: "x", Type: kind, Content: strings.NewReader(content)})
		if found, err := p.Find(t.Context(), stored.ID); found != stored || err != nil {
			t.Errorf("Find returned %+v, %v; Create %+v", found, err, stored)
		}
		c, err := p.Open(t.Context(), stored.ID)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(c)
		if string(got) != content || c.Size != int64(len(content)) || c.Type != kind || c.Modified.IsZero() || errors.Join(err, c.Close()) != nil {
			t.Errorf("Open returned %d bytes of %d, %+v, changed %v, %v; want %d of %+v", len(got), c.Size, c.Type, c.Modified, err, len(content), kind)
		}
		if err := p.Delete(t.Context(), stored.ID); err != nil {
			t.Errorf("Delete: %v", err)
		}
		missing(t, p, stored.ID)
	}
}

// names keeps one file many times at once.
func names(t *testing.T, p file.Provider) {
	var mu sync.Mutex
	var ids []string
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			stored, err := p.Create(t.Context(), &file.File{Name: "../../etc/secretname.html", Type: file.Text, Content: strings.NewReader("the same")})
			if err != nil {
				t.Errorf("Create: %v", err)
				return
			}
			if strings.Contains(stored.ID+stored.URL, "secretname") || strings.Contains(stored.ID+stored.URL, "..") || len(stored.ID) < 20 {
				t.Errorf("the file is %+v, which can be guessed", stored)
			}
			mu.Lock()
			defer mu.Unlock()
			ids = append(ids, stored.ID)
		})
	}
	wg.Wait()
	slices.Sort(ids)
	if n := len(slices.Compact(slices.Clone(ids))); n != 20 {
		t.Errorf("%d ids of 20 files", n)
	}
	for i, id := range ids { // deleting one leaves the others
		if err := p.Delete(t.Context(), id); err != nil {
			t.Error(err)
		}
		if i == 0 {
			if _, err := p.Find(t.Context(), ids[1]); err != nil {
				t.Errorf("the second of two files of one content: %v", err)
			}
		}
	}
}

func breaksOff(t *testing.T, p file.Provider) {
	broken := fault.New(fault.TooLarge, "too much")
	content := io.MultiReader(strings.NewReader(strings.Repeat("a", 100_000)), iotest.ErrReader(broken))
	if stored, err := p.Create(t.Context(), &file.File{Type: file.Text, Content: content}); !errors.Is(err, broken) || stored != (file.Stored{}) {
		t.Errorf("Create returned %+v, %v", stored, err)
	}
}

func misses(t *testing.T, p file.Provider) {
	for _, id := range []string{
		"", ".", "..", "/", "a.png", "../a.png", "/etc/passwd", "..%2f", "a\x00.png", strings.Repeat("a", 26) + ".png", strings.Repeat("a", 10_000), `C:\a`, "é", "\xff",
	} {
		missing(t, p, id)
		if err := p.Delete(t.Context(), id); err != nil {
			t.Errorf("Delete of %q: %v", id, err)
		}
	}
}

func create(t *testing.T, p file.Provider, f *file.File) file.Stored {
	t.Helper()
	stored, err := p.Create(t.Context(), f)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	if stored.ID == "" || stored.URL == "" {
		t.Errorf("Create returned %+v", stored)
	}
	return stored
}

func missing(t *testing.T, p file.Provider, id string) {
	t.Helper()
	if found, err := p.Find(t.Context(), id); fault.TypeOf(err) != fault.NotFound {
		t.Errorf("Find of %.50q: %+v, %v", id, found, err)
	}
	if c, err := p.Open(t.Context(), id); fault.TypeOf(err) != fault.NotFound {
		t.Errorf("Open of %.50q: %+v, %v", id, c, err)
	}
}
