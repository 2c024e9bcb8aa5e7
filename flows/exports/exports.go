package exports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/gorgon-commerce/gorgon/export"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/modules/notification"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// maxFile is how many bytes the file of a job may have.
const maxFile = 1 << 30

// Exports runs jobs.
type Exports struct {
	shop  *shop.Shop
	files file.Provider
}

// New returns the exports of a shop to the provider of its files.
func New(s *shop.Shop, files file.Provider) *Exports { return &Exports{s, files} }

// Job is an export.
type Job struct {
	ID      string        // the key of its notification
	Title   string        // what is exported: Inventory items
	Request query.Request // which records, and what of them; its page has no effect
	Server  string        // the URL of the server as the client knows it: https://shop.example.com
}

// Run writes the records of a job to a CSV file and adds a notice with its address to the
// feed, or one of its failure. The error is the reason.
func (e *Exports) Run(ctx context.Context, j Job) error {
	j.Request.Limit, j.Request.Offset = 0, 0
	stored, n, err := e.write(ctx, j)
	title := "Export of " + strings.ToLower(j.Title[:1]) + j.Title[1:]
	if err != nil {
		failed := notification.Notice{Title: title, Description: "The export failed; the log of the server says why."}
		return errors.Join(err, e.shop.Notification.Tell(context.WithoutCancel(ctx), j.ID, failed))
	}
	address := stored.URL
	if strings.HasPrefix(address, "/") {
		address = j.Server + address
	}
	return e.shop.Notification.Tell(ctx, j.ID, notification.Notice{
		Title: title, Description: fmt.Sprintf("The export is ready: %d records.", n),
		File: &notification.File{Filename: j.filename(), URL: address, MimeType: "text/csv"},
	})
}

// filename returns the name of the file: inventory-items.csv.
func (j Job) filename() string {
	return strings.ReplaceAll(strings.ToLower(j.Title), " ", "-") + ".csv"
}

// write keeps the file while it is being written, and returns how many records it has.
func (e *Exports) write(ctx context.Context, j Job) (file.Stored, int64, error) {
	from, to := io.Pipe()
	var n int64
	ended := make(chan error, 1)
	go func() {
		var err error
		n, err = export.Write(ctx, e.shop.Query, j.Request, export.CSV, to, nil)
		_ = to.CloseWithError(err) // it always returns nil
		ended <- err
	}()
	stored, err := e.keep(ctx, j, from)
	_ = from.CloseWithError(err) // it always returns nil; the writer stops, if it has not ended
	if cause := <-ended; cause != nil && err == nil {
		err = cause
	}
	return stored, n, err
}

func (e *Exports) keep(ctx context.Context, j Job, content io.Reader) (file.Stored, error) {
	f, err := file.New(j.filename(), "text/csv", content, maxFile)
	if err != nil {
		return file.Stored{}, err
	}
	return e.files.Create(ctx, f)
}
