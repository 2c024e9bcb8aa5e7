package body_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// all has a property of each kind.
type all struct {
	_       struct{}          `body:"ignored=extra"`
	Text    string            `json:"text"`
	Level   string            `json:"level" body:"enum=low|high"`
	Email   *string           `json:"email" body:"null,email"`
	Flag    *bool             `json:"flag"`
	Whole   int64             `json:"whole" body:"min=0"`
	Small   int32             `json:"small"`
	Float   *float64          `json:"float" body:"above=0.5"`
	Amount  money.Amount      `json:"amount" body:"min=0"`
	More    *money.Amount     `json:"more" body:"above=0,null"`
	At      *time.Time        `json:"at" body:"null=zero"`
	Raw     model.RawJSON     `json:"raw"`
	Map     model.RawJSON     `json:"map" body:"object"`
	Texts   map[string]string `json:"texts"`
	Ranks   map[string]int64  `json:"ranks"`
	IDs     []string          `json:"ids" body:"minitems=1"`
	Several []string          `json:"several" body:"single,enum=a|b"`
	Items   []*item           `json:"items"`
	Closed  closed            `json:"closed"`
}

type item struct {
	ID    string   `json:"id" body:"required,bare"`
	N     *float64 `json:"n" body:"min=1"`
	Items []ref    `json:"items"`
}

type closed struct {
	_ struct{} `body:"unknown=refuse"`
	A string   `json:"a"`
}

var allSchema = body.For[all]()

func deep(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }

// What is wrong with a body, and what its caller is told.
func TestProblems(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 150)
	for text, want := range map[string]string{
		`{"text": 1}`:                                "Expected type: 'string' for field 'text', got: '1'",
		`{"text": null}`:                             "Expected type: 'string' for field 'text', got: 'null'",
		`{"text": {"b": [1, true]}}`:                 `Expected type: 'string' for field 'text', got: '{"b":[1,true]}'`,
		`{"te\u0078t": "a\u0000"}`:                   "Field 'text' holds a zero byte",
		`{"level": "middle"}`:                        "Expected: 'low, high' for field 'level', but got: 'middle'",
		`{"level": "` + long + `"}`:                  "Expected: 'low, high' for field 'level', but got: '" + long[:100] + "…'",
		`{"text": ["` + long + `"]}`:                 `Expected type: 'string' for field 'text', got: '["` + long[:98] + "…'",
		`{"email": "a@b@c"}`:                         "Field 'email' is not an email address: 'a@b@c'",
		`{"email": "Ada <a@b.c>"}`:                   "Field 'email' is not an email address: 'Ada <a@b.c>'",
		`{"flag": "yes"}`:                            "Expected type: 'boolean' for field 'flag', got: 'yes'",
		`{"flag": null}`:                             "Expected type: 'boolean' for field 'flag', got: 'null'",
		`{"whole": 1.5}`:                             "Expected type: 'integer' for field 'whole', got: '1.5'",
		`{"whole": "1"}`:                             "Expected type: 'integer' for field 'whole', got: '1'",
		`{"whole": 9223372036854775808}`:             "Expected type: 'integer' for field 'whole', got: '9223372036854775808'",
		`{"whole": -1}`:                              "Value for field 'whole' too small, expected at least: '0'",
		`{"small": 2147483648}`:                      "Expected type: 'integer' for field 'small', got: '2147483648'",
		`{"float": 0.5}`:                             "Value for field 'float' too small, expected at least: '0.5'",
		`{"float": 1e999}`:                           "Expected type: 'number' for field 'float', got: '1e999'",
		`{"float": "1"}`:                             "Expected type: 'number' for field 'float', got: '1'",
		`{"amount": -0.01}`:                          "Value for field 'amount' too small, expected at least: '0'",
		`{"more": {"value": "0"}}`:                   "Value for field 'more' too small, expected at least: '0'",
		`{"amount": "much"}`:                         "Expected type: 'decimal' for field 'amount', got: 'much'",
		`{"amount": true}`:                           "Expected type: 'decimal' for field 'amount', got: 'true'",
		`{"amount": {"value": 1}}`:                   `Expected type: 'decimal' for field 'amount', got: '{"value":1}'`,
		`{"amount": {"value": "1", "a": 1, "b": 2}}`: `Expected type: 'decimal' for field 'amount', got: '{"value":"1","a":1,"b":2}'`,
		`{"amount": 1e999}`:                          "Expected type: 'decimal' for field 'amount', got: '1e999'",
		`{"at": "today"}`:                            "Expected type: 'date' for field 'at', got: 'today'",
		`{"at": 1}`:                                  "Expected type: 'date' for field 'at', got: '1'",
		`{"map": []}`:                                "Expected type: 'object' for field 'map', got: '[]'",
		`{"map": null}`:                              "Expected type: 'object' for field 'map', got: 'null'",
		`{"raw": ` + deep(32) + `}`:                  "the body has more than 32 levels",
		`{"extra": {"a": ` + deep(31) + `}}`:         "the body has more than 32 levels",
		`{"items": [{"id": "a", "b": ` + deep(30) + `, "c": ` + deep(30) + `}]}`: "the body has more than 32 levels",
		`{"extra": 1}`:                                   "Expected type: 'object' for field 'extra', got: '1'",
		`{"texts": []}`:                                  "Expected type: 'object' for field 'texts', got: '[]'",
		`{"texts": {"a": 1}}`:                            "Expected type: 'string' for field 'texts, a', got: '1'",
		`{"texts": {"": 1}}`:                             "Expected type: 'string' for field 'texts, ', got: '1'",
		`{"texts": {"a\u0000": ""}}`:                     "Field 'texts' holds a zero byte",
		`{"ranks": {"a": "1"}}`:                          "Expected type: 'integer' for field 'ranks, a', got: '1'",
		`{"ids": "a"}`:                                   "Expected type: 'array' for field 'ids', got: 'a'",
		`{"ids": []}`:                                    "Value for field 'ids' too small, expected at least: '1'",
		`{"ids": ["a", null]}`:                           "Expected type: 'string' for field 'ids, 1', got: 'null'",
		`{"several": 1}`:                                 "Expected type: 'string' for field 'several', got: '1'",
		`{"several": "c"}`:                               "Expected: 'a, b' for field 'several', but got: 'c'",
		`{"several": ["a", "c"]}`:                        "Expected: 'a, b' for field 'several, 1', but got: 'c'",
		`{"items": null}`:                                "Expected type: 'array' for field 'items', got: 'null'",
		`{"items": [1]}`:                                 "Expected type: 'string' for field 'items, 0', got: '1'",
		`{"items": [{"id": "a", "n": 0}]}`:               "Value for field 'items, 0, n' too small, expected at least: '1'",
		`{"items": [{"n": 0}, {}]}`:                      "Field 'items, 0, id' is required; Value for field 'items, 0, n' too small, expected at least: '1'; Field 'items, 1, id' is required",
		`{"items": [{"id": "a", "items": [{"id": 1}]}]}`: "Expected type: 'string' for field 'items, 0, items, 0, id', got: '1'",
		`{"items": [{"id": "a", "items": [1]}]}`:         "Expected type: 'object' for field 'items, 0, items, 0', got: '1'",
		`{"closed": []}`:                                 "Expected type: 'object' for field 'closed', got: '[]'",
		`{"closed": {"b": 1}, "z": 1, "y": 2, "z": 3}`:   "Unrecognized fields: 'b'; Unrecognized fields: 'y, z'",
		`{"b": 1, "level": "x", "text": 1, "a": 2}`:      "Expected type: 'string' for field 'text', got: '1'; Expected: 'low, high' for field 'level', but got: 'x'; Unrecognized fields: 'a, b'",
		`{"ids": [1, 2, 3, 4, 5, 6], "text": 1}`:         "Expected type: 'string' for field 'text', got: '1'; Expected type: 'string' for field 'ids, 0', got: '1'; Expected type: 'string' for field 'ids, 1', got: '2'",
		`{"text": 1, "level": 2, "text": "a"}`:           "Expected type: 'string' for field 'level', got: '2'",
		`{"text": "a", "text": 1}`:                       "Expected type: 'string' for field 'text', got: '1'",
	} {
		got, passed, err := allSchema.Decode([]byte(text))
		if want = "Invalid request: " + want; fault.TypeOf(err) != fault.InvalidData || err.Error() != want || got != nil || passed != nil {
			t.Errorf("%s:\n  %v\nwant\n  %s", text, err, want)
		}
	}
}

// Text that is not one JSON object.
func TestNotAnObject(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"text": 1`:               "the body is not JSON: it ends too early",
		`{"text": 1,}`:             "the body is not JSON: unexpected ','",
		`{"text": 1, "closed": {]`: "the body is not JSON: ",
		`{"ids": [1, }`:            "the body is not JSON: ",
		`{"text": nul}`:            "the body is not JSON: ",
		`{"email": nil}`:           "the body is not JSON: ",
		`{"text": "\ud800"}`:       "the body is not JSON: ",
		`x`:                        "the body is not JSON: ",
		strings.Repeat("[", 1e5):   "the body is not JSON: exceeded max depth",
		`{"text": 1} {}`:           "the body is more than one JSON value",
		`{} x`:                     "the body is more than one JSON value",
		`{} }`:                     "the body is more than one JSON value",
		`1 2`:                      "the body is more than one JSON value",
		`[]`:                       "the body must be a JSON object",
		`null`:                     "the body must be a JSON object",
		` "text" `:                 "the body must be a JSON object",
		"{\"text\": \"\xff\"}":     "the body is not UTF-8",
		`{"` + strings.Repeat("y", 500) + `": {"a": tru}}`: "the body is not JSON: ",
	} {
		_, _, err := allSchema.Decode([]byte(text))
		if fault.TypeOf(err) != fault.InvalidData || !strings.HasPrefix(err.Error(), want) || len(err.Error()) > 150 {
			t.Errorf("%.50s: %v, want %s", text, err, want)
		}
	}
}

func TestNotJSON(t *testing.T) {
	t.Parallel()
	own := fault.New(fault.TooLarge, "too large")
	if got := body.NotJSON(own); !errors.Is(got, own) {
		t.Errorf("%v", got)
	}
	if got := body.NotJSON(io.ErrUnexpectedEOF); got.Error() != "the body is not JSON: it ends too early" {
		t.Errorf("%v", got)
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	_, passed, err := allSchema.Decode([]byte(`{"extra": null, "items": [{"id": "a", "b": [{}], "": 1, "b": 2}, "bare", {"id": "c", "d": {}}]}`))
	if err != nil || strings.Join(passed, "; ") != "items, 0, b; items, 0, ; items, 2, d" {
		t.Errorf("%q %v", passed, err)
	}
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(`, "` + strings.Repeat("n", 200) + strings.Repeat("a", i%7) + string(rune('a'+i%26)) + `": 1, "` + strings.Repeat("s", i) + `": 2`)
		}
		return b.String()
	}
	_, passed, err = allSchema.Decode([]byte(`{"items": [{"id": "a"` + many(30) + `}]}`))
	if err != nil || len(passed) != 20 || len(passed[1]) > 110 {
		t.Errorf("%q %v", passed, err)
	}
	if _, _, err = allSchema.Decode([]byte(`{"text": ""` + many(30) + `}`)); err == nil || len(err.Error()) > 2500 || !strings.HasSuffix(err.Error(), ", …'") {
		t.Errorf("%v", err)
	}
}
