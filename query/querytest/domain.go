package querytest

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// test tells whether a value fulfills a condition; nil is null.
type test func(value any) tri

// domain is what the values of a kind have in common: how a value of a request
// is read, and what a stored one is compared as. JSON values are compared by
// their own type.
type domain struct{ kind model.Kind }

func domainOf(k model.Kind) domain { return domain{k} }

// read turns a value of a request into one that stored values compare with.
func (d domain) read(v any) (any, error) {
	out, ok := v, false
	switch d.kind {
	case model.Text, model.TextList:
		out, ok = readText(v)
	case model.Bool:
		out, ok = readBool(v)
	case model.Int:
		out, ok = readInt(v)
	case model.Float:
		out, ok = readFloat(v)
	case model.Decimal:
		out, ok = readDecimal(v)
	case model.Time:
		out, ok = readTime(v)
	case model.JSON:
		out, ok = scalar(v)
	}
	if !ok {
		return nil, fault.New(fault.InvalidData, "%v (%T) is no value of kind %s", v, v, d.kind)
	}
	return out, nil
}

// Text that reads as the kind is taken for it, since requests come from URLs
// and command lines too.

// readText refuses what no database keeps as text.
func readText(v any) (string, bool) {
	text, ok := v.(string)
	return text, ok && utf8.ValidString(text) && !strings.Contains(text, "\x00")
}

func readBool(v any) (bool, bool) {
	if text, ok := v.(string); ok {
		return text == "true", text == "true" || text == "false"
	}
	b, ok := v.(bool)
	return b, ok
}

func readInt(v any) (int64, bool) {
	switch v := v.(type) {
	case string:
		return readInt(json.Number(v))
	case int:
		return int64(v), true
	case int64:
		return v, true
	case float64:
		return int64(v), v == math.Trunc(v) && math.Abs(v) < 1<<53
	case json.Number:
		n, err := v.Int64()
		return n, err == nil
	}
	return 0, false
}

func readFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case string:
		return readFloat(json.Number(v))
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	case json.Number:
		f, err := v.Float64()
		return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
	}
	return 0, false
}

func readDecimal(v any) (money.Amount, bool) {
	switch v := v.(type) {
	case money.Amount:
		return v, true
	case int, int64, float64, string, json.Number:
		a, err := money.Parse(fmt.Sprint(v))
		return a, err == nil
	}
	return money.Zero, false
}

func readTime(v any) (time.Time, bool) {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Truncate(time.Millisecond), true
	case string:
		for _, form := range []string{time.RFC3339Nano, time.DateOnly, time.DateTime} {
			if t, err := time.Parse(form, v); err == nil {
				return t.UTC().Truncate(time.Millisecond), true
			}
		}
	}
	return time.Time{}, false
}

// scalar is a JSON value that can be compared: text, a number, true or false.
func scalar(v any) (any, bool) {
	switch v := v.(type) {
	case string:
		return readText(v)
	case bool:
		return v, true
	case nil:
		return nil, false
	}
	return readDecimal(v)
}

// mixed tells whether a list holds values of more than one JSON type, nulls
// aside.
func mixed(values []any) bool {
	seen := map[string]bool{}
	for _, v := range values {
		switch v := v.(type) {
		case nil:
		case int, int64, float64, json.Number, money.Amount:
			seen["number"] = true
		default:
			seen[fmt.Sprintf("%T", v)] = true
		}
	}
	return len(seen) > 1
}

// comparable makes a stored value ready for comparison; ok is false when it
// cannot be compared with the one asked for.
func (d domain) comparable(stored, asked any) (any, bool) {
	if d.kind != model.JSON {
		return stored, true
	}
	s, ok := scalar(stored)
	return s, ok && fmt.Sprintf("%T", s) == fmt.Sprintf("%T", asked)
}

// compared is a test that is unknown for null, and for JSON values of another
// type than the one asked for.
func (d domain) compared(asked any, fulfills func(order int) bool) test {
	return func(v any) tri {
		if v == nil {
			return unknown
		}
		s, ok := d.comparable(v, asked)
		if !ok {
			return unknown
		}
		return truth(fulfills(compareValues(s, asked)))
	}
}

// matched is a test of text.
func (d domain) matched(fulfills func(text string) bool) test {
	return func(v any) tri {
		text, ok := v.(string)
		if !ok {
			return unknown
		}
		return truth(fulfills(text))
	}
}

// inside is a test of what stands at a key of a JSON object.
func inside(key string, t test) test {
	return func(v any) tri {
		object, _ := v.(map[string]any)
		return t(object[key])
	}
}

func isNull(v any) tri  { return truth(v == nil) }
func notNull(v any) tri { return truth(v != nil) }

func fullText(words string) func(string) bool {
	return func(text string) bool {
		for _, word := range strings.Fields(words) {
			if !containsWord(text, word) {
				return false
			}
		}
		return true
	}
}
