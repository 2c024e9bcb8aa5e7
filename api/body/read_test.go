package body_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// reading returns what is wrong with a text, of a body that T declares.
func reading[T any]() func(text string) error {
	s := body.For[T]()
	return func(text string) error { _, _, err := s.Decode([]byte(text)); return err }
}

// with is a body with one property.
type with[T any] struct {
	X T `json:"x" body:"required"`
}

type withMap struct {
	X model.RawJSON `json:"x" body:"required,object"`
}

// What a body is told: each kind of value, right and wrong.
func TestBodyRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		read       func(text string) error
		good, bad  string
		saysOfType string
	}{
		{reading[with[string]](), `"x"`, `1`, "string"}, {reading[with[float64]](), `1.5`, `"1"`, "number"}, {reading[with[int64]](), `1`, `1.5`, "integer"},
		{reading[with[bool]](), `"true"`, `"yes"`, "boolean"}, {reading[with[time.Time]](), `"2026-01-02T03:04:05Z"`, `"today"`, "date"},
		{reading[withMap](), `{"a": 1}`, `[]`, "object"}, {reading[with[[]string]](), `["a"]`, `"a"`, "array"},
		{reading[with[money.Amount]](), `{"value": "1.5", "precision": 20}`, `"much"`, "decimal"},
	} {
		if err := test.read(`{"x": ` + test.good + `}`); err != nil {
			t.Errorf("%s: %v", test.good, err)
		}
		if err := test.read(`{"x": ` + test.bad + `}`); err == nil || !strings.Contains(err.Error(), "Expected type: '"+test.saysOfType+"' for field 'x', got: ") {
			t.Errorf("%s: %v", test.bad, err)
		}
	}
	type line struct {
		_  struct{} `body:"unknown=refuse"`
		ID string   `json:"id" body:"required"`
		N  *float64 `json:"n" body:"min=1"`
	}
	nested := body.For[struct {
		Items []line `json:"items"`
	}]()
	for text, want := range map[string]string{
		`{"items": [{}]}`:                         "Invalid request: Field 'items, 0, id' is required",
		`{"items": [{"id": "a", "n": 0}]}`:        "Invalid request: Value for field 'items, 0, n' too small, expected at least: '1'",
		`{"items": [{"a": 1}, {"b": 2}, {}, {}]}`: "Invalid request: Field 'items, 0, id' is required; Unrecognized fields: 'a'; Field 'items, 1, id' is required",
		`{"items": null}`:                         "Invalid request: Expected type: 'array' for field 'items', got: 'null'",
	} {
		if _, _, err := nested.Decode([]byte(text)); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	type open struct {
		ID string   `json:"id" body:"required"`
		N  *float64 `json:"n" body:"min=1"`
	}
	passing := body.For[struct {
		Items []open `json:"items"`
	}]()
	for text, want := range map[string]string{
		`{"items": [{"a": 1}, {"b": 2}]}`: "Invalid request: Field 'items, 0, id' is required; Field 'items, 1, id' is required",
		`{"items": [], "a": 1}`:           "Invalid request: Unrecognized fields: 'a'",
	} {
		if _, _, err := passing.Decode([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if in, passed, err := passing.Decode([]byte(`{"items": [{"id": "a", "x": 1}]}`)); err != nil || in.Items[0].ID != "a" || strings.Join(passed, ";") != "items, 0, x" {
		t.Errorf("%+v %q %v", in, passed, err)
	}
}

func FuzzBody(f *testing.F) {
	s := body.For[struct {
		A *string `json:"a" body:"required,null=zero"`
		B []struct {
			C *money.Amount `json:"c"`
		} `json:"b"`
		D *time.Time `json:"d"`
		E *bool      `json:"e"`
	}]()
	for _, text := range []string{`{"a": "x", "b": [{"c": "1.5"}]}`, `{}`, `[`, `{"a": null, "e": true}`, `{"a": "", "d": "2026-01-02T03:04:05Z"}`, `{"b": [[]]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if v, _, err := s.Decode(text); err == nil && v.A == nil || err != nil && fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%q: %v %v", text, v, err)
		}
	})
}
