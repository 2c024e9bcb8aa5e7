package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/money"
)

const (
	maxProblems = 3  // told about one body
	maxNesting  = 32 // levels of a body
)

// Read reads a JSON object and checks it. Problems are one invalid_data error
// that names up to three of them.
func (b Body) Read(text []byte) (Values, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		text = []byte("{}")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, NotJSON(err)
	}
	if d.More() {
		return nil, fault.New(fault.InvalidData, "the body is more than one JSON value")
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, fault.New(fault.InvalidData, "the body must be a JSON object")
	}
	c := &checker{}
	out := c.object(object, b, nil)
	if c.problems == nil {
		return out, nil
	}
	most := min(len(c.problems), maxProblems)
	return nil, fault.New(fault.InvalidData, "Invalid request: %s", strings.Join(c.problems[:most], "; "))
}

// NotJSON is an error of reading JSON as one of the caller's.
func NotJSON(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return fault.New(fault.InvalidData, "the body is no JSON: %s", fault.Clip(strings.TrimPrefix(err.Error(), "json: ")))
}

// checker gathers what is wrong with a body.
type checker struct {
	problems []string
}

func (c *checker) say(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// object checks the properties and makes each the value that Values holds.
func (c *checker) object(o map[string]any, b Body, path []string) Values {
	if len(path) > maxNesting {
		c.say("the body has more than %d levels", maxNesting)
		return nil
	}
	out := make(Values, len(o))
	for _, p := range b {
		at := append(slices.Clip(path), p.Name)
		v, there := o[p.Name]
		switch {
		case there:
			out[p.Name] = c.value(v, p.Type, at)
		case p.Required:
			c.say("Field '%s' is required", strings.Join(at, ", "))
		}
	}
	var unknown []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if b.property(name) == nil {
			unknown = append(unknown, fault.Clip(name))
		}
	}
	if unknown != nil {
		c.say("Unrecognized fields: '%s'", strings.Join(unknown, ", "))
	}
	return out
}

func (c *checker) value(v any, t Type, path []string) any {
	if v == nil && t.Null {
		return nil
	}
	inner := &checker{}
	out := inner.kind(v, t, path)
	if inner.problems == nil {
		return out
	}
	for _, other := range t.Either {
		also := &checker{}
		if out := also.value(v, other, path); also.problems == nil {
			return out
		}
	}
	c.problems = append(c.problems, inner.problems...)
	return nil
}

func (c *checker) kind(v any, t Type, path []string) any {
	switch t.Kind {
	case kindAny:
		return v
	case kindText:
		if s, ok := v.(string); ok {
			return c.text(s, t, path)
		}
	case kindNumber, kindInt:
		if n, ok := v.(json.Number); ok {
			return c.number(n, t, path)
		}
	case kindAmount:
		if a, ok := amount(v); ok {
			return c.number(a, t, path)
		}
	case kindFlag:
		switch v {
		case true, "true":
			return true
		case false, "false":
			return false
		}
	case kindDate:
		if s, ok := v.(string); ok {
			if _, err := time.Parse(time.RFC3339, s); err == nil {
				return s
			}
		}
	case kindObject:
		if o, ok := v.(map[string]any); ok {
			if t.Body == nil {
				return o
			}
			return c.object(o, t.Body, path)
		}
	case kindList:
		if l, ok := v.([]any); ok {
			return c.list(l, t, path)
		}
	}
	c.say("Expected type: '%s' for field '%s', got: '%s'", t.Kind, strings.Join(path, ", "), shown(v))
	return nil
}

func (c *checker) text(s string, t Type, path []string) any {
	field := strings.Join(path, ", ")
	switch {
	case strings.IndexByte(s, 0) >= 0:
		c.say("Field '%s' holds a zero byte", field)
	case t.Enum != nil && !slices.Contains(t.Enum, s):
		c.say("Expected: '%s' for field '%s', but got: '%s'", strings.Join(t.Enum, ", "), field, fault.Clip(s))
	case t.Email:
		if at, err := mail.ParseAddress(s); err != nil || at.Address != s {
			c.say("Field '%s' is no email: '%s'", field, fault.Clip(s))
		}
	}
	return s
}

func (c *checker) number(n json.Number, t Type, path []string) any {
	field := strings.Join(path, ", ")
	f, err := strconv.ParseFloat(n.String(), 64)
	if _, whole := strconv.ParseInt(n.String(), 10, 64); err != nil || t.Kind == kindInt && whole != nil {
		c.say("Expected type: '%s' for field '%s', got: '%s'", t.Kind, field, fault.Clip(n.String()))
		return nil
	}
	if t.Least != nil && (f < *t.Least || t.Above && f == *t.Least) {
		c.say("Value for field '%s' too small, expected at least: '%v'", field, *t.Least)
	}
	return n
}

// amount reads a decimal in each of its forms.
func amount(v any) (json.Number, bool) {
	switch v := v.(type) {
	case json.Number:
		return v, true
	case string:
		_, err := money.Parse(v)
		return json.Number(v), err == nil
	case map[string]any:
		text, ok := v["value"].(string)
		if !ok || len(v) > 2 {
			return "", false
		}
		return amount(text)
	}
	return "", false
}

func (c *checker) list(l []any, t Type, path []string) any {
	if len(l) < t.AtLeast {
		c.say("Value for field '%s' too small, expected at least: '%d'", strings.Join(path, ", "), t.AtLeast)
	}
	out := make([]any, len(l))
	for i, v := range l {
		out[i] = c.value(v, *t.Elements, append(slices.Clip(path), strconv.Itoa(i)))
		if len(c.problems) > maxProblems {
			break
		}
	}
	return out
}

// shown is a value as a message repeats it.
func shown(v any) string {
	if s, ok := v.(string); ok {
		return fault.Clip(s)
	}
	b, _ := json.Marshal(v) // was decoded from JSON
	return fault.Clip(string(b))
}
