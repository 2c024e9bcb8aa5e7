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

// test returns whether a value fulfills a condition; nil is null.
type test func(value any) tri

// domain is a kind of values: it parses the values of requests and compares stored
// values with them. JSON values are compared by their own type.
type domain struct{ kind model.Kind }

func domainOf(k model.Kind) domain { return domain{k} }

// parse converts a value of a request into one that stored values compare with.
func (d domain) parse(v any) (any, error) {
	out, ok := v, false
	switch d.kind {
	case model.Text, model.TextList:
		out, ok = parseText(v)
	case model.Bool:
		out, ok = parseBool(v)
	case model.Int:
		out, ok = parseInt(v)
	case model.Float:
		out, ok = parseFloat(v)
	case model.Decimal:
		out, ok = parseDecimal(v)
	case model.Time:
		out, ok = parseTime(v)
	case model.JSON:
		out, ok = scalar(v)
	}
	if !ok {
		return nil, fault.New(fault.InvalidData, "%v (%T) is not a value of kind %s", v, v, d.kind)
	}
	return out, nil
}

// Text that can be parsed as the kind is accepted, since requests also come from
// URLs and command lines.

// parseText rejects what no database stores as text.
func parseText(v any) (string, bool) {
	text, ok := v.(string)
	return text, ok && utf8.ValidString(text) && !strings.Contains(text, "\x00")
}

func parseBool(v any) (bool, bool) {
	if text, ok := v.(string); ok {
		return text == "true", text == "true" || text == "false"
	}
	b, ok := v.(bool)
	return b, ok
}

func parseInt(v any) (int64, bool) {
	switch v := v.(type) {
	case string:
		return parseInt(json.Number(v))
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

func parseFloat(v any) (float64, bool) {
	switch v := v.(type) {
	case string:
		return parseFloat(json.Number(v))
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

func parseDecimal(v any) (money.Amount, bool) {
	switch v := v.(type) {
	case money.Amount:
		return v, true
	case int, int64, float64, string, json.Number:
		a, err := money.Parse(fmt.Sprint(v))
		return a, err == nil
	}
	return money.Zero, false
}

func parseTime(v any) (time.Time, bool) {
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

// scalar returns a JSON value that can be compared: text, a number, true or false.
func scalar(v any) (any, bool) {
	switch v := v.(type) {
	case string:
		return parseText(v)
	case bool:
		return v, true
	case nil:
		return nil, false
	}
	return parseDecimal(v)
}

// mixed reports whether a list has values of more than one JSON type, apart from
// nulls.
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

// comparable prepares a stored value for a comparison. ok is false if it cannot be
// compared with the requested value.
func (d domain) comparable(stored, requested any) (any, bool) {
	if d.kind != model.JSON {
		return stored, true
	}
	s, ok := scalar(stored)
	return s, ok && fmt.Sprintf("%T", s) == fmt.Sprintf("%T", requested)
}

// compared returns a test that is unknown for null, and for JSON values of a
// different type than the requested one.
func (d domain) compared(requested any, fulfills func(order int) bool) test {
	return func(v any) tri {
		if v == nil {
			return unknown
		}
		s, ok := d.comparable(v, requested)
		if !ok {
			return unknown
		}
		return truth(fulfills(compareValues(s, requested)))
	}
}

// matched returns a test of text.
func (d domain) matched(fulfills func(text string) bool) test {
	return func(v any) tri {
		text, ok := v.(string)
		if !ok {
			return unknown
		}
		return truth(fulfills(text))
	}
}

// inside returns a test of the value at a key of a JSON object.
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
