package api_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
)

func TestParameters(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]map[string]any{
		"":                         {},
		"&&a=1&":                   {"a": "1"},
		"a":                        {"a": ""},
		"a=null":                   {"a": nil},
		"a=1&a=2":                  {"a": []any{"1", "2"}},
		"a[]=1":                    {"a": []any{"1"}},
		"a[]=1,2":                  {"a": []any{"1", "2"}},
		"a[]=1,2&a[]=3":            {"a": []any{"1,2", "3"}},
		"a%5B%24gte%5D=1&a[$lt]=5": {"a": map[string]any{"$gte": "1", "$lt": "5"}},
		"a[0][b]=1&a[1][c][d]=2":   {"a": []any{map[string]any{"b": "1"}, map[string]any{"c": map[string]any{"d": "2"}}}},
		"a.b=x+y%2Bz":              {"a.b": "x y+z"},
		"[a]=1":                    {"[a]": "1"},
		"a=b=c":                    {"a": "b=c"},
	} {
		got, err := api.ParseParameters(raw)
		if err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%s: %v %v", raw, err, cmp.Diff(want, got))
		}
	}
	for _, raw := range []string{"a=%zz", "%", "a=%ff", "a=%00", "a[b=1", "a[b]c=1", "a" + strings.Repeat("[b]", 9) + "=1", strings.Repeat("a&", 2000)} {
		if got, err := api.ParseParameters(raw); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%.50s: %v %v", raw, got, err)
		}
	}
}

func TestFieldTokens(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]string{
		"a": "a false false", " a": "a false true", "+a": "a false true", "-a": "a true true", "*a": "a.* false true", "a.*": "a.* false true",
		"*a.*": "a.* false true", "-a.*": "a true true", "+*a": "a.* false true", "*": "* false true", "": " false false", "++a": "a false true",
	} {
		path, removes, signed := api.FieldToken(token)
		if got := fmt.Sprint(path, " ", removes, " ", signed); got != want {
			t.Errorf("%q: %s, want %s", token, got, want)
		}
	}
}

// What a body is told: each kind of value, right and wrong.
func TestBodyRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		of         api.Type
		good, bad  string
		saysOfType string
	}{
		{api.Text, `"x"`, `1`, "string"}, {api.Number, `1.5`, `"1"`, "number"}, {api.Integer, `1`, `1.5`, "integer"}, {api.Flag, `"true"`, `"yes"`, "boolean"},
		{api.Date, `"2026-01-02T03:04:05Z"`, `"today"`, "date"}, {api.Map, `{"a": 1}`, `[]`, "object"}, {api.IDs, `["a"]`, `"a"`, "array"},
		{api.Amount, `{"value": "1.5", "precision": 20}`, `"much"`, "decimal"},
	} {
		b := api.Body{api.Must("x", test.of)}
		if _, err := b.Read([]byte(`{"x": ` + test.good + `}`)); err != nil {
			t.Errorf("%s: %v", test.good, err)
		}
		if _, err := b.Read([]byte(`{"x": ` + test.bad + `}`)); err == nil || !strings.Contains(err.Error(), "Expected type: '"+test.saysOfType+"' for field 'x', got: ") {
			t.Errorf("%s: %v", test.bad, err)
		}
	}
	nested := api.Body{api.May("items", api.List(api.Object(api.Body{api.Must("id", api.Text), api.May("n", api.Number.OrMore(1))})))}
	for text, want := range map[string]string{
		`{"items": [{}]}`:                         "Invalid request: Field 'items, 0, id' is required",
		`{"items": [{"id": "a", "n": 0}]}`:        "Invalid request: Value for field 'items, 0, n' too small, expected at least: '1'",
		`{"items": [{"a": 1}, {"b": 2}, {}, {}]}`: "Invalid request: Field 'items, 0, id' is required; Unrecognized fields: 'a'; Field 'items, 1, id' is required",
		`{"items": null}`:                         "Invalid request: Expected type: 'array' for field 'items', got: 'null'",
	} {
		if _, err := nested.Read([]byte(text)); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func FuzzParameters(f *testing.F) {
	for _, raw := range []string{"a[]=1,2&b[$gt]=1", "a[0][b]=1", "%", "fields=-a,*b, c", "[", "a[b][c]=1&a=2"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		if _, err := api.ParseParameters(raw); err != nil && fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v", raw, err)
		}
		for token := range strings.SplitSeq(raw, ",") {
			if path, _, _ := api.FieldToken(token); len(path) > len(token)+2 {
				t.Errorf("%q grew to %q", token, path)
			}
		}
	})
}

func FuzzBody(f *testing.F) {
	b := api.Body{api.Must("a", api.Text.OrNull()), api.May("b", api.List(api.Object(api.Body{api.May("c", api.Amount)}))), api.May("d", api.Date.Or(api.Flag))}
	for _, text := range []string{`{"a": "x", "b": [{"c": "1.5"}]}`, `{}`, `[`, `{"a": null, "d": true}`, `{"b": [[]]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if v, err := b.Read(text); err == nil && !v.Has("a") || err != nil && fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v %v", text, v, err)
		}
	})
}
