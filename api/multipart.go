package api

import (
	"errors"
	"io"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Files calls take with each file of a multipart body, in order and as it comes: the
// name and the media type are what the client says. A body has from one to most files,
// all in the field of the route's Files, and nothing else. Files ends with the first
// error of take.
func (c *Call) Files(most int, take func(name, media string, content io.Reader) error) error {
	parts, err := c.MultipartReader()
	if err != nil {
		return fault.New(fault.InvalidData, "the body must be multipart/form-data with a boundary, and files in the field %s", c.route.Files)
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		ended := err == io.EOF //nolint:errorlint // an error that wraps it is a body that broke off
		switch {
		case ended && n == 0:
			return fault.New(fault.InvalidData, "the body has no file; send one or more in the field %s", c.route.Files)
		case ended:
			return nil
		case err != nil:
			return unreadable(err)
		case part.FormName() != c.route.Files:
			return fault.New(fault.InvalidData, "the body has a field %q; files are sent in the field %s, and nothing else", fault.Clip(part.FormName()), c.route.Files)
		case n == most:
			return fault.New(fault.InvalidData, "the body has more than %d files; send them in several requests", most)
		}
		if err := take(part.FileName(), part.Header.Get("Content-Type"), readable{part}); err != nil {
			return err
		}
	}
}

// readable is a part of a body, whose errors tell the caller what is wrong.
type readable struct{ io.Reader }

func (r readable) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unreadable(err)
	}
	return n, err
}
