package querytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/money"
)

// decode decodes a database's JSON, keeping numbers as they are written.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

// diff returns where a result differs from the evaluator's, or "". The evaluator's
// type decides how numbers compare: a json.Number exactly, a float64 approximately.
func diff(path string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return diffObjects(path, want, got)
		}
	case []any:
		if got, ok := got.([]any); ok {
			return diffLists(path, want, got)
		}
	case json.Number:
		if n, ok := got.(json.Number); ok && equalDecimals(string(want), string(n)) {
			return ""
		}
	case float64:
		if n, ok := got.(json.Number); ok && near(want, n) {
			return ""
		}
	default:
		if want == got {
			return ""
		}
	}
	return fmt.Sprintf("%s: want %s, got %s", path, short(want), short(got))
}

func diffObjects(path string, want, got map[string]any) string {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		g, ok := got[key]
		if !ok {
			return fmt.Sprintf("%s.%s is missing", path, key)
		}
		if d := diff(path+"."+key, want[key], g); d != "" {
			return d
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			return fmt.Sprintf("%s.%s was not requested", path, key)
		}
	}
	return ""
}

func diffLists(path string, want, got []any) string {
	for i := range min(len(want), len(got)) {
		if d := diff(fmt.Sprintf("%s[%d]", path, i), want[i], got[i]); d != "" {
			return d
		}
	}
	if len(want) != len(got) {
		return fmt.Sprintf("%s: want %d elements, got %d", path, len(want), len(got))
	}
	return ""
}

func equalDecimals(a, b string) bool {
	x, errX := money.Parse(a)
	y, errY := money.Parse(b)
	return errX == nil && errY == nil && x.Equal(y)
}

// near allows for the order in which floats are added up.
func near(want float64, got json.Number) bool {
	f, err := got.Float64()
	return err == nil && math.Abs(f-want) <= 1e-9*max(1, math.Abs(want))
}

func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(b) > 300 {
		return string(b[:300]) + "…"
	}
	return strings.TrimSpace(string(b))
}
