package filetest

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
)

// Memory keeps files in memory. Its zero value is empty. Their readers do not seek,
// as those of a service elsewhere.
type Memory struct {
	files sync.Map // of id: kept
}

type kept struct {
	kind    file.Type
	content []byte
	at      time.Time
}

// Create implements file.Provider.
func (m *Memory) Create(_ context.Context, f *file.File) (file.Stored, error) {
	content, err := io.ReadAll(f.Content)
	if err != nil {
		return file.Stored{}, err
	}
	id := rand.Text()
	m.files.Store(id, kept{f.Type, content, time.Now()})
	return stored(id), nil
}

// Find implements file.Provider.
func (m *Memory) Find(ctx context.Context, id string) (file.Stored, error) {
	if _, err := m.Open(ctx, id); err != nil {
		return file.Stored{}, err
	}
	return stored(id), nil
}

// Open implements file.Provider.
func (m *Memory) Open(_ context.Context, id string) (*file.Content, error) {
	found, ok := m.files.Load(id)
	if !ok {
		return nil, fault.New(fault.NotFound, "there is no file with id %s", fault.Clip(id))
	}
	k := found.(kept)
	return &file.Content{ReadCloser: io.NopCloser(bytes.NewBuffer(k.content)), Type: k.kind, Size: int64(len(k.content)), Modified: k.at}, nil
}

// Delete implements file.Provider.
func (m *Memory) Delete(_ context.Context, id string) error {
	m.files.Delete(id)
	return nil
}

// Len returns how many files there are.
func (m *Memory) Len() int {
	n := 0
	m.files.Range(func(any, any) bool { n++; return true })
	return n
}

func stored(id string) file.Stored {
	return file.Stored{ID: id, URL: "https://files.example.com/" + id}
}
