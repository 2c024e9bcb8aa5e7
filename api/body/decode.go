package body

import (
	"bytes"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/gorgon-commerce/gorgon/fault"
)

// decoder reads one body. After a syntax error every method returns at once;
// problems are gathered to the end of the text.
type decoder struct {
	*jsontext.Decoder
	text     []byte
	err      error
	path     []step
	problems []problem
	passed   []string
	unquoted []byte // of a text with escapes
}

// step leads from a value to one within it: by an index, or by a name when the
// index is -1.
type step struct {
	index int
	name  string
}

func newDecoder(text []byte) *decoder {
	return &decoder{
		Decoder: jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true)),
		text:    text, path: make([]step, 0, 8),
	}
}

// body decodes the whole text.
func (d *decoder) body(o *object, v reflect.Value) error {
	isObject := d.PeekKind() == '{'
	if isObject {
		o.members(d, v)
	} else {
		d.value()
	}
	switch {
	case d.err != nil:
		return NotJSON(d.err)
	case len(bytes.TrimSpace(d.text[d.InputOffset():])) > 0:
		return fault.New(fault.InvalidData, "the body is more than one JSON value")
	case !isObject:
		return fault.New(fault.InvalidData, "the body must be a JSON object")
	}
	return invalid(d.problems)
}

// value returns the text of the next value, good until the one after it; nil
// after an error.
func (d *decoder) value() []byte {
	if d.err != nil {
		return nil
	}
	raw, err := d.ReadValue()
	if err != nil {
		d.err = err
		return nil
	}
	return raw
}

// delimiter reads a bracket or brace.
func (d *decoder) delimiter() {
	if d.err == nil {
		_, d.err = d.ReadToken()
	}
}

// more reports whether the array or object has another element.
func (d *decoder) more() bool {
	if d.err != nil {
		return false
	}
	kind := d.PeekKind()
	return kind != '}' && kind != ']'
}

// name returns the next name in an object, good until the next value.
func (d *decoder) name() []byte {
	raw := d.value()
	if raw == nil {
		return nil
	}
	return d.plain(raw)
}

// plain returns the text of a JSON string, good until the next value.
func (d *decoder) plain(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	d.unquoted, _ = jsontext.AppendUnquote(d.unquoted[:0], raw)
	return d.unquoted
}

// unquote returns the text of a JSON string.
func unquote(raw []byte) string {
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1])
	}
	s, _ := jsontext.AppendUnquote(nil, raw)
	return string(s)
}

// compact returns a copy of a JSON value without the space around its parts.
func compact(raw []byte) []byte {
	out := jsontext.Value(raw).Clone()
	if bytes.ContainsAny(raw, " \n\r\t") {
		_ = out.Compact() // was read as JSON
	}
	return out
}

func (d *decoder) enter(name string) { d.path = append(d.path, step{-1, name}) }
func (d *decoder) enterIndex(i int)  { d.path = append(d.path, step{index: i}) }
func (d *decoder) leave()            { d.path = d.path[:len(d.path)-1] }
