package copydb

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// cell holds a value of one column, row after row.
type cell struct {
	kind   model.Kind
	text   *string // of text, decimals and JSON
	number *int64
	float  *float64
	truth  *bool
	at     *time.Time
	list   []string
}

// dest returns what a row is scanned into.
func (c *cell) dest() any {
	switch c.kind {
	case model.Int:
		return &c.number
	case model.Float:
		return &c.float
	case model.Bool:
		return &c.truth
	case model.Time:
		return &c.at
	case model.TextList:
		return &c.list
	}
	return &c.text
}

// word is about the size of a value that is not text.
const word = 8

// value returns the value to write, which is nil for null, and about how many
// bytes it has.
func (c *cell) value() (v any, size int, err error) {
	switch c.kind {
	case model.Int:
		return orNil(c.number), word, nil
	case model.Float:
		return orNil(c.float), word, nil
	case model.Bool:
		return orNil(c.truth), word, nil
	case model.Time:
		return orNil(c.at), word, nil
	case model.TextList:
		if c.list == nil {
			return nil, word, nil
		}
		for _, e := range c.list {
			size += len(e) + word
		}
		return c.list, size, nil
	}
	if c.text == nil {
		return nil, word, nil
	}
	text := *c.text
	switch c.kind {
	case model.Decimal:
		a, err := money.Parse(text)
		if err != nil {
			return nil, 0, errors.New(fault.Clip(text) + " is not an amount")
		}
		text = a.String()
	case model.JSON:
		var compact bytes.Buffer // PostgreSQL returns JSON with blanks
		if err := json.Compact(&compact, []byte(text)); err != nil {
			return nil, 0, errors.New(fault.Clip(text) + " is not JSON")
		}
		text = compact.String()
	}
	return text, len(text) + word, nil
}

func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// shown returns the value for messages.
func (c *cell) shown() string {
	switch {
	case c.number != nil:
		return strconv.FormatInt(*c.number, 10)
	case c.text != nil:
		return fault.Clip(*c.text)
	}
	return "null"
}
