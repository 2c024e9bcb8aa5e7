package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Call is one request on its way through a route.
type Call struct {
	*http.Request
	Caller Caller
	w      http.ResponseWriter
	route  *Route
	params *parameters
}

// Param is a parameter of the path.
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

// Query is a parameter in the query part of the URL; "" when it is not there.
func (c *Call) Query(name string) string {
	text, _ := c.params.text(name)
	return text
}

// QueryList are the values of a parameter in the query part of the URL.
func (c *Call) QueryList(name string) []string {
	if p := c.params.find(name); p != nil {
		return p.elements()
	}
	return nil
}

// Text is the body as it was sent, which must be UTF-8.
func (c *Call) Text() ([]byte, error) {
	text, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, bodyError(err)
	}
	if !utf8.Valid(text) {
		return nil, fault.New(fault.InvalidData, "the body is not UTF-8")
	}
	return text, nil
}

// Body is the body, checked against what the route declares.
func (c *Call) Body() (Values, error) {
	text, err := c.Text()
	if err != nil {
		return nil, err
	}
	return c.route.Body.Read(text)
}

func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.New(fault.TooLarge, "the body has more than %d bytes", large.Limit)
	}
	return fault.Wrap(err, fault.InvalidData, "the body broke off")
}

// only refuses parameters of the URL that the route does not have.
func (c *Call) only(known func(name string) bool) error {
	var unknown []string
	for _, k := range c.params.kids {
		if !known(k.name) {
			unknown = append(unknown, fault.Clip(k.name))
		}
	}
	if unknown != nil {
		return unrecognized(unknown)
	}
	return nil
}
