package query

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Values come from Go code, from JSON and from command lines, so text that can be
// parsed as the column's kind is accepted. Anything else is an error that says
// what the column holds.

// valueConverter returns the converter of a filter's value for an operator on a
// column of a kind.
func valueConverter(op string, k model.Kind) converter {
	switch op {
	case "$exists":
		return toBool
	case "$re":
		return toPattern
	case "$fulltext":
		return wordPatterns
	case "$like", "$ilike":
		return toLike
	case "$in", "$nin", "$contains", "$overlap", "$contained":
		return listConverters[k]
	}
	return scalarConverters[k]
}

var scalarConverters = map[model.Kind]converter{
	model.Text: func(v any) (any, error) { return toText(v) }, model.TextList: func(v any) (any, error) { return toText(v) },
	model.Int: func(v any) (any, error) { return toInt(v) }, model.Float: func(v any) (any, error) { return toFloat(v) },
	model.Decimal: func(v any) (any, error) { return toDecimal(v) }, model.Bool: toBool,
	model.Time: func(v any) (any, error) { return toTime(v) },
}

var listConverters = map[model.Kind]converter{
	model.Text: textList, model.TextList: textList,
	model.Int: listOf(toInt), model.Float: listOf(toFloat), model.Decimal: listOf(toDecimal), model.Time: listOf(toTime),
	model.Bool: listOf(func(v any) (bool, error) { b, err := toBool(v); t, _ := b.(bool); return t, err }),
}

func textList(v any) (any, error) {
	if s, ok := v.(string); ok {
		v = []string{s}
	}
	return listOf(toText)(v)
}

// listOf converts each value of a list. Nulls are left out: the condition tests
// for null separately.
func listOf[T any](one func(any) (T, error)) func(any) (any, error) {
	return func(v any) (any, error) {
		values := toList(v)
		out := make([]T, 0, len(values))
		for _, e := range values {
			if classOf(e) == isNull {
				continue
			}
			t, err := one(e)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
		return out, nil
	}
}

// listLen returns the length of a list, or 0 for a single value.
func listLen(v any) int {
	switch l := v.(type) {
	case []string:
		return len(l)
	case []any:
		return len(l)
	case string, int, int64, float64, bool, time.Time, json.Number:
		return 0
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice {
		return rv.Len()
	}
	return 0
}

// plain returns a value without pointers and named types.
func plain(v any) any {
	switch v.(type) {
	case string, int, int64, float64, bool, json.Number, time.Time, money.Amount:
		return v
	}
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.Pointer:
		if !rv.IsNil() {
			return plain(rv.Elem().Interface())
		}
	case reflect.String:
		return rv.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return rv.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(rv.Uint())
	case reflect.Float32, reflect.Float64:
		return rv.Float()
	case reflect.Bool:
		return rv.Bool()
	}
	return v
}

func toText(v any) (string, error) {
	s, ok := plain(v).(string)
	if !ok {
		return "", fmt.Errorf("the column holds text, not %s", describe(v))
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("the text is not valid UTF-8")
	}
	if strings.IndexByte(s, 0) >= 0 {
		return "", fmt.Errorf("the text contains a zero byte")
	}
	return s, nil
}

func toInt(v any) (int64, error) {
	switch n := plain(v).(type) {
	case int:
		return int64(n), nil
	case int64:
		return n, nil
	case float64:
		if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			return int64(n), nil
		}
	case json.Number:
		return toInt(n.String())
	case string:
		if i, err := strconv.ParseInt(n, 10, 64); err == nil {
			return i, nil
		}
		if f, err := strconv.ParseFloat(n, 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f), nil
		}
	}
	return 0, fmt.Errorf("the column holds whole numbers, not %s", describe(v))
}

func toFloat(v any) (float64, error) {
	switch n := plain(v).(type) {
	case int:
		return float64(n), nil
	case int64:
		return float64(n), nil
	case float64:
		if !math.IsNaN(n) && !math.IsInf(n, 0) {
			return n, nil
		}
	case json.Number:
		return toFloat(n.String())
	case string:
		if f, err := strconv.ParseFloat(n, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	}
	return 0, fmt.Errorf("the column holds numbers, not %s", describe(v))
}

// toDecimal returns canonical text, which both databases parse exactly.
func toDecimal(v any) (string, error) {
	var text string
	switch n := plain(v).(type) {
	case money.Amount:
		return n.String(), nil
	case string:
		text = n
	case json.Number:
		text = n.String()
	case int:
		text = strconv.Itoa(n)
	case int64:
		text = strconv.FormatInt(n, 10)
	case float64:
		text = strconv.FormatFloat(n, 'f', -1, 64)
	}
	a, err := money.Parse(text)
	if err != nil {
		return "", fmt.Errorf("the column holds decimal numbers, not %s", describe(v))
	}
	return a.String(), nil
}

func toBool(v any) (any, error) {
	switch b := plain(v).(type) {
	case bool:
		return b, nil
	case string:
		if b == "true" || b == "false" {
			return b == "true", nil
		}
	}
	return nil, fmt.Errorf("the column holds true or false, not %s", describe(v))
}

// timeForms are the accepted layouts of a time. Without a zone, it is in UTC.
var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05", "2006-01-02"}

func toTime(v any) (time.Time, error) {
	switch t := plain(v).(type) {
	case time.Time:
		return t.UTC().Truncate(time.Millisecond), nil
	case string:
		for _, form := range timeForms {
			if at, err := time.Parse(form, t); err == nil {
				return at.UTC().Truncate(time.Millisecond), nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("the column holds times such as 2026-01-31T09:30:00.000Z, not %s", describe(v))
}

// toLike returns a LIKE pattern. It must not end within an escape.
func toLike(v any) (any, error) {
	s, err := toText(v)
	if err != nil {
		return nil, err
	}
	if len(s) > maxPattern {
		return nil, fmt.Errorf("a pattern has at most %d bytes, not %d", maxPattern, len(s))
	}
	if end := len(s) - len(strings.TrimRight(s, `\`)); end%2 == 1 {
		return nil, fmt.Errorf("the pattern ends with a single backslash; write two to match one")
	}
	return s, nil
}

// What a search may have: each word is looked for in every searchable column.
const (
	maxSearch = 200 // characters
	maxWords  = 20
)

// wordPatterns returns the words of a text as ILIKE patterns that match anywhere.
func wordPatterns(v any) (any, error) {
	s, err := toText(v)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(s)
	if len(s) > 4*maxSearch || utf8.RuneCountInString(s) > maxSearch || len(words) > maxWords {
		return nil, fmt.Errorf("a search has at most %d characters and %d words", maxSearch, maxWords)
	}
	for i, w := range words {
		words[i] = anywhere(w)
	}
	if words == nil {
		words = []string{}
	}
	return words, nil
}

// anywhere returns the ILIKE pattern of what contains a word.
func anywhere(word string) string { return "%" + patternEscapes.Replace(word) + "%" }

var patternEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// describe returns a value for a message, shortened.
func describe(v any) string {
	switch v := plain(v).(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(fault.Clip(v))
	case bool, int, int64, float64, json.Number:
		return fmt.Sprint(v)
	case time.Time:
		return "a time"
	}
	return fmt.Sprintf("a %T", v)
}
