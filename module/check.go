package module

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// cell checks the value of the column in a record and returns it as a
// statement argument: a pointer to the struct field, or the pointer that the
// field holds.
func (c *column) cell(record reflect.Value) (value any, null bool, err error) {
	field := record.FieldByIndex(c.Path)
	switch p := field.Addr().Interface().(type) {
	case *string:
		err := c.checkText(*p)
		*p = c.Written(*p)
		return p, false, err
	case **string:
		if *p == nil {
			return nil, true, c.checkNull()
		}
		err := c.checkText(**p)
		if text := c.Written(**p); text != **p {
			*p = &text // the caller may share the text
		}
		return *p, false, err
	case *bool, *int, *int64, *money.Amount:
		return p, false, nil
	case *time.Time:
		return p, false, c.checkTime(*p)
	case *model.RawJSON:
		if *p != nil {
			return p, false, c.checkJSON(*p)
		}
		return nil, true, c.checkNull()
	case *[]string:
		if *p != nil {
			return p, false, c.checkList(*p)
		}
		return nil, true, c.checkNull()
	}
	return c.otherCell(field)
}

// otherCell is cell for pointers and named types.
func (c *column) otherCell(field reflect.Value) (value any, null bool, err error) {
	if field.Kind() == reflect.Pointer {
		if field.IsNil() {
			return nil, true, c.checkNull()
		}
		field = field.Elem()
	}
	switch p := field.Addr().Interface().(type) {
	case *time.Time:
		return p, false, c.checkTime(*p)
	case *bool, *int, *int64, *money.Amount:
		return p, false, nil
	}
	switch field.Kind() {
	case reflect.String:
		return field.String(), false, c.checkText(field.String())
	case reflect.Float32, reflect.Float64:
		return field.Float(), false, c.checkFloat(field.Float())
	case reflect.Slice: // of a named string type
		list := make([]string, field.Len())
		for i := range list {
			list[i] = field.Index(i).String()
		}
		return list, false, c.checkList(list)
	}
	return field.Addr().Interface(), false, nil
}

func (c *column) checkNull() error {
	if c.Null {
		return nil
	}
	return fault.New(fault.InvalidData, "%s is missing; it needs a %s", c, c.what())
}

// what describes the kind of value that the field takes.
func (c *column) what() string {
	if c.refersTo != nil {
		return "value: the " + c.refersTo.PrimaryKey() + " of " + fault.Article(c.refersTo.Name)
	}
	if c.Enum != nil {
		return "value: one of " + strings.Join(c.Enum, ", ")
	}
	return "value of kind " + c.Kind.String()
}

func (c *column) checkText(s string) error {
	if !utf8.ValidString(s) {
		return fault.New(fault.InvalidData, "%s is not valid UTF-8 text", c)
	}
	if strings.IndexByte(s, 0) >= 0 {
		return fault.New(fault.InvalidData, "%s holds a NUL character, which cannot be stored", c)
	}
	if s == "" && !c.Null && c.refersTo != nil {
		return c.checkNull()
	}
	if c.Enum != nil && !slices.Contains(c.Enum, s) {
		return fault.New(fault.InvalidData, "%s cannot be %q; it is one of %s", c, s, strings.Join(c.Enum, ", "))
	}
	return nil
}

func (c *column) checkList(list []string) error {
	for _, s := range list {
		if err := c.checkText(s); err != nil {
			return err
		}
	}
	return nil
}

// checkTime rejects years that do not fit the four digits of a timestamp kept
// as text.
func (c *column) checkTime(t time.Time) error {
	if y := t.UTC().Year(); y < 0 || y > 9999 {
		return fault.New(fault.InvalidData, "%s is in the year %d; years range from 0 to 9999", c, y)
	}
	return nil
}

func (c *column) checkFloat(f float64) error {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return fault.New(fault.InvalidData, "%s is not a finite number", c)
	}
	return nil
}

// checkJSON rejects what one of the databases cannot store: invalid JSON, and
// an escaped NUL, which PostgreSQL's jsonb cannot represent.
func (c *column) checkJSON(b []byte) error {
	if !json.Valid(b) {
		return fault.New(fault.InvalidData, "%s is not valid JSON", c)
	}
	if !utf8.Valid(b) {
		return fault.New(fault.InvalidData, "%s is not valid UTF-8 text", c)
	}
	if hasEscapedNUL(b) {
		return fault.New(fault.InvalidData, "%s holds a NUL character, which cannot be stored", c)
	}
	if n := boundless(b); n != nil {
		return fault.New(fault.InvalidData, "%s holds the number %s; databases keep numbers up to 1.797e308", c, fault.Clip(string(n)))
	}
	return nil
}

// boundless returns the first number of valid JSON that is too large for a float64,
// which a database would store as another one; nil if there is none.
func boundless(b []byte) []byte {
	for i := 0; i < len(b); i++ {
		switch at := b[i]; {
		case at == '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
		case at == '-' || at >= '0' && at <= '9':
			end := i + 1
			for end < len(b) && bytes.IndexByte([]byte("+-.0123456789Ee"), b[end]) >= 0 {
				end++
			}
			if _, err := strconv.ParseFloat(string(b[i:end]), 64); err != nil {
				return b[i:end]
			}
			i = end
		}
	}
	return nil
}

// hasEscapedNUL reports whether b has a \u0000 that is preceded by an even
// number of backslashes.
func hasEscapedNUL(b []byte) bool {
	nul := []byte(`\u0000`)
	for at := 0; ; {
		i := bytes.Index(b[at:], nul)
		if i < 0 {
			return false
		}
		at += i
		slashes := 0
		for at-slashes > 0 && b[at-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return true
		}
		at += len(nul)
	}
}
