package fault_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
)

func TestJSONProblem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":              "it ends too early at byte 0",
		`{"a": 1`:       "it ends too early at byte 7",
		`{"a": 1, }`:    "unexpected '}' at byte 10",
		`{'a': 1}`:      "unexpected '\\'' at byte 2",
		`{"a" 1}`:       "unexpected '1' at byte 6",
		`{"a": 1} more`: "unexpected 'm' at byte 10",
	} {
		var v any
		if got := fault.JSONProblem(json.Unmarshal([]byte(text), &v)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
