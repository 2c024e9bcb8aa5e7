package export

import (
	"bufio"
	"context"
	"io"

	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/show"
)

// Format is how records are written.
type Format string

// The formats.
const (
	NDJSON Format = "ndjson" // one JSON object per line
	CSV    Format = "csv"    // a table: null is empty, lists and JSON are JSON, and text that spreadsheets run has an apostrophe before it
)

// Write writes the records of a query and returns their number. It calls progress,
// which may be nil, with the number so far.
func Write(ctx context.Context, e *query.Engine, r query.Request, f Format, w io.Writer, progress func(n int64)) (n int64, err error) {
	out := bufio.NewWriterSize(w, 1<<16)
	write := line(out)
	if f == CSV {
		c := show.NewCSV(out, Columns(e, r))
		if err := c.Header(); err != nil {
			return 0, err
		}
		write = c.Record
	}
	err = Each(ctx, e, r, func(record []byte) error {
		n++
		if progress != nil {
			progress(n)
		}
		return write(record)
	})
	if err != nil {
		return n, err
	}
	return n, out.Flush()
}

// line returns a function that writes a record as one line of JSON.
func line(w *bufio.Writer) func(record []byte) error {
	return func(record []byte) error {
		if err := show.Compact(w, record); err != nil {
			return err
		}
		return w.WriteByte('\n')
	}
}

// Each calls yield with each record of a query until ctx ends.
func Each(ctx context.Context, e *query.Engine, r query.Request, yield func(record []byte) error) error {
	return e.Each(ctx, r, func(record []byte) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return yield(record)
	})
}
