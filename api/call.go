package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Call is one request on its way through a route, and the response to it.
type Call struct {
	*http.Request
	Caller Caller
	w      *writer
	route  *Route
	params *parameters
	https  bool // the client sees HTTPS
}

// Param returns a parameter of the path.
func (c *Call) Param(name string) string {
	value := chi.URLParam(c.Request, name)
	if c.URL.RawPath == "" {
		return value
	}
	if plain, err := url.PathUnescape(value); err == nil {
		return plain
	}
	return value
}

// Query returns a parameter in the query part of the URL; "" when it is not
// there.
func (c *Call) Query(name string) string {
	text, _ := c.params.text(name)
	return text
}

// QueryList returns the values of a parameter in the query part of the URL.
func (c *Call) QueryList(name string) []string {
	if p := c.params.find(name); p != nil {
		return p.elements()
	}
	return nil
}

// QueryTexts is QueryList for a parameter that takes a text or a list of texts. What has
// an operator is invalid_data.
func (c *Call) QueryTexts(name string) ([]string, error) {
	if p := c.params.find(name); p != nil && len(p.kids) > 0 && !p.flat() {
		return nil, fault.New(fault.InvalidData, "Invalid request: Expected type: 'string, array' for field '%s', got: 'object'", name)
	}
	return c.QueryList(name), nil
}

// Text returns the body as it was sent. One that is longer than the server
// takes is a too_large error.
func (c *Call) Text() ([]byte, error) {
	text, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, unreadable(err)
	}
	return text, nil
}

// unreadable is the error of a body that cannot be read to its end.
func unreadable(err error) error {
	if large, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.New(fault.TooLarge, "the body has more than %d bytes", large.Limit)
	}
	return fault.Wrap(err, fault.InvalidData, "the body broke off")
}

// IgnoredHeader names what of a request was passed over: names in nested
// objects of the body that are not declared, names of the parameter fields that
// do not exist or are not for the caller, and parameters that a lenient route
// does not have. Paths are separated by semicolons:
// items, 0, color; items, 1, color; customer.nickname.
const IgnoredHeader = "X-Gorgon-Ignored-Fields"

// Decode returns the body of a call as its schema declares it. Names that the
// schema passes over are named in the response's IgnoredHeader.
func Decode[T any](c *Call, schema *body.Schema[T]) (*T, error) {
	text, err := c.Text()
	if err != nil {
		return nil, err
	}
	in, passed, err := schema.Decode(text)
	if err != nil {
		return nil, err
	}
	c.passOver(passed)
	return in, nil
}

// maxIgnoredHeader is how many bytes of what was passed over are named.
const maxIgnoredHeader = 2000

// passOver names what was passed over in the response's IgnoredHeader.
func (c *Call) passOver(paths []string) {
	if len(paths) == 0 {
		return
	}
	if before := c.w.Header().Get(IgnoredHeader); before != "" {
		paths = append([]string{before}, paths...)
	}
	text := headerText(strings.Join(paths, "; "))
	if len(text) > maxIgnoredHeader {
		text = text[:maxIgnoredHeader] + " ..."
	}
	c.SetHeader(IgnoredHeader, text)
}

// headerText is text as a header can hold it: printable ASCII.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

// only refuses parameters of the URL that the route does not have.
func (c *Call) only(known func(name string) bool) error {
	if unknown := c.params.beyond(known); unknown != nil {
		return unrecognized(unknown, "")
	}
	return nil
}
