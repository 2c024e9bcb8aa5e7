package file

import (
	"context"
	"io"
	"time"
)

// Provider keeps files. It is safe for use by many goroutines.
type Provider interface {
	// Create keeps a file under a new id that cannot be guessed, and returns when it is safe. The client's name for the file is
	// in neither the id nor the URL. If reading the content fails, Create returns that error, and keeps nothing.
	Create(ctx context.Context, f *File) (Stored, error)
	// Find returns a file, or a not_found error.
	Find(ctx context.Context, id string) (Stored, error)
	// Open returns the content of a file, which the caller closes, or a not_found error.
	Open(ctx context.Context, id string) (*Content, error)
	// Delete removes a file. One that does not exist is no error.
	Delete(ctx context.Context, id string) error
}

// File is a file to keep. New makes it.
type File struct {
	Name    string // by which the client knows it: for people to read, never a path
	Type    Type
	Content io.Reader
}

// Stored is a file that is kept.
type Stored struct {
	ID string `json:"id"`
	// URL is where everyone gets the file. One that begins with a slash is a path of the shop's own server.
	URL string `json:"url"`
}

// Content is what is in a file. If its reader is an io.Seeker, parts of it can be
// requested.
type Content struct {
	io.ReadCloser
	Type     Type
	Size     int64
	Modified time.Time
}
