package api

import (
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Page is the part of a list that a URL asks for.
type Page struct {
	Limit, Offset int
	Order         []string // paths, "-" before one for descending; nil when none is given
	WithDeleted   bool     // soft-deleted records, too
	Count         Counting // of the records in all pages
}

// Counting says how a list counts its records.
type Counting string

// The ways to count. The first is that of a URL without the parameter.
const (
	CountEstimated Counting = "estimated" // exact up to query.Limits.MaxCount
	CountExact     Counting = "exact"
	CountNone      Counting = "none"
)

// maxStorefrontPage is the largest page of a list that not all may be seen of.
const maxStorefrontPage = 1000

// Page reads the parameters limit, offset, order, with_deleted and count. The limit is
// the one given when the URL has none.
func (c *Call) Page(limit int) (Page, error) { return readPage(c.params, limit) }

// Request returns the query of the page, for an entity.
func (p Page) Request(entity string, fields ...string) query.Request {
	r := query.Request{
		Entity: entity, Fields: fields, Limit: p.Limit, Offset: p.Offset, Order: p.Order, WithDeleted: p.WithDeleted,
		Count: p.Count != CountNone, Estimate: p.Count != CountExact,
	}
	if p.Limit == 0 {
		r.Limit = query.None
	}
	return r
}

func readPage(p *parameters, limit int) (Page, error) {
	out := Page{Limit: limit}
	for _, c := range []struct{ name, wanted string }{{"limit", "number"}, {"offset", "number"}, {"order", "string"}, {"with_deleted", "boolean"}, {"count", "string"}} {
		if err := p.plain(c.name, c.wanted); err != nil {
			return out, err
		}
	}
	if err := readNumber(p, "limit", &out.Limit); err != nil {
		return out, err
	}
	if err := readNumber(p, "offset", &out.Offset); err != nil {
		return out, err
	}
	if text, ok := p.text("order"); ok && text != "" {
		out.Order = strings.Split(text, ",")
	}
	if text, ok := p.text("with_deleted"); ok {
		b, err := strconv.ParseBool(text)
		if err != nil {
			return out, fault.New(fault.InvalidData, "Invalid request: Expected type: 'boolean' for field 'with_deleted', got: '%s'", fault.Clip(text))
		}
		out.WithDeleted = b
	}
	out.Count = CountEstimated
	if text, ok := p.text("count"); ok {
		if out.Count = Counting(text); out.Count != CountEstimated && out.Count != CountExact && out.Count != CountNone {
			return out, fault.New(fault.InvalidData, "Invalid request: Expected: 'estimated, exact, none' for field 'count', but got: '%s'", fault.Clip(text))
		}
	}
	return out, nil
}

func readNumber(p *parameters, name string, into *int) error {
	text, ok := p.text(name)
	if !ok || text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return fault.New(fault.InvalidData, "Invalid request: Expected type: 'number' for field '%s', got: '%s'", name, fault.Clip(text))
	case n < 0:
		return fault.New(fault.InvalidData, "Invalid request: Value for field '%s' too small, expected at least: '0'", name)
	}
	*into = n
	return nil
}
