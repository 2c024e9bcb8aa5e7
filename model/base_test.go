package model_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"pgregory.net/rapid"
)

var (
	_ driver.Valuer = model.RawJSON{}
	_ sql.Scanner   = (*model.RawJSON)(nil)
)

func TestRawJSONInJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"metadata":{"a":[1,2.50,"x"]}}`: `{"metadata":{"a":[1,2.50,"x"]}}`, // 2.50 is not converted to 2.5
		`{"metadata":null}`:               `{"metadata":null}`,
		`{}`:                              `{"metadata":null}`,
		`{"metadata":"text"}`:             `{"metadata":"text"}`,
		`{"metadata":false}`:              `{"metadata":false}`,
		`{"metadata":[]}`:                 `{"metadata":[]}`,
	} {
		var row struct {
			Metadata model.RawJSON `json:"metadata"`
		}
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(row)
		if err != nil || string(got) != want {
			t.Errorf("%s comes back as %s, %v", text, got, err)
		}
	}
}

func TestRawJSONValue(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		json model.RawJSON
		want driver.Value
	}{
		"nil": {nil, nil}, "empty": {model.RawJSON{}, nil}, "null": {model.RawJSON("null"), "null"},
		"object": {model.RawJSON(`{"a": 1}`), `{"a": 1}`}, "text": {model.RawJSON(`"null"`), `"null"`}, "zero": {model.RawJSON("0"), "0"},
	} {
		if got, err := test.json.Value(); err != nil || got != test.want {
			t.Errorf("%s: the value is %v, %v; want %v", name, got, err, test.want)
		}
	}
}

func TestRawJSONScan(t *testing.T) {
	t.Parallel()
	shared := []byte(`{"a":1}`)
	for name, test := range map[string]struct {
		src  any
		want string
	}{
		"NULL": {nil, "null"}, "text": {`[1]`, `[1]`}, "bytes": {shared, `{"a":1}`}, "empty": {"", "null"},
	} {
		r := model.RawJSON(`"before"`)
		if err := r.Scan(test.src); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, err := json.Marshal(r); err != nil || string(got) != test.want {
			t.Errorf("%s: scanned %s, %v; want %s", name, got, err, test.want)
		}
	}
	var r model.RawJSON
	if err := r.Scan(shared); err != nil {
		t.Fatal(err)
	}
	shared[1] = 'x' // the driver reuses its buffer
	if string(r) != `{"a":1}` {
		t.Errorf("the JSON became %s with the driver's buffer", r)
	}
	if err := r.Scan(int64(1)); err == nil {
		t.Error("a number was read as JSON")
	}
}

func TestRawJSONUnmarshalKeepsACopy(t *testing.T) {
	t.Parallel()
	var r model.RawJSON
	buffer := []byte(`[1]`)
	if err := r.UnmarshalJSON(buffer); err != nil {
		t.Fatal(err)
	}
	if buffer[1] = '2'; string(r) != `[1]` {
		t.Errorf("the JSON became %s with the decoder's buffer", r)
	}
}

func TestToJSON(t *testing.T) {
	t.Parallel()
	if got := model.ToJSON(map[string]int{"a": 1}); string(got) != `{"a":1}` {
		t.Errorf("the JSON is %s", got)
	}
	if got := model.ToJSON(nil); string(got) != "null" {
		t.Errorf("the JSON of nil is %q", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("ToJSON encoded a channel")
		}
	}()
	model.ToJSON(make(chan int))
}

func TestRawJSONRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := model.ToJSON(rapid.MapOf(rapid.String(), rapid.OneOf(rapid.Float64().AsAny(), rapid.String().AsAny(), rapid.Bool().AsAny())).Draw(t, "v"))
		value, err := r.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back model.RawJSON
		if err := back.Scan(value); err != nil || string(back) != string(r) {
			t.Fatalf("%s came back as %s, %v", r, back, err)
		}
	})
}

// The JSON keys of a record are the names of its columns.
func TestBaseInJSON(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 6_000_000, time.UTC)
	got, err := json.Marshal(model.Base{Record: model.Record{ID: "x_1", Times: model.Times{CreatedAt: at, UpdatedAt: at}}, Metadata: model.ToJSON([]int{1})})
	if want := `{"id":"x_1","created_at":"2026-01-02T03:04:05.006Z","updated_at":"2026-01-02T03:04:05.006Z","deleted_at":null,"metadata":[1]}`; err != nil || string(got) != want {
		t.Errorf("the JSON is %s, %v", got, err)
	}
}
